// Every text of the window in German, by page.
import type { english } from '../en/english';
import type { Translated } from '../translated';
import { alerts } from './alerts';
import { charts } from './charts';
import { collector } from './collector';
import { common } from './common';
import { database } from './database';
import { diagnostics } from './diagnostics';
import { incidents } from './incidents';
import { market } from './market';
import { now } from './now';
import { operations } from './operations';
import { outage } from './outage';
import { palette } from './palette';
import { range } from './range';
import { settings } from './settings';
import { shell } from './shell';
import { shortcuts } from './shortcuts';
import { slots } from './slots';
import { status } from './status';
import { timeline } from './timeline';

export const german = {
  alerts,
  charts,
  collector,
  common,
  database,
  diagnostics,
  incidents,
  market,
  now,
  operations,
  outage,
  palette,
  range,
  settings,
  shell,
  shortcuts,
  slots,
  status,
  timeline,
} satisfies Translated<typeof english>;
