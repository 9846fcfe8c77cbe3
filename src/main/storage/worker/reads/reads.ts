// Finds the implementation of a named read. A database answers only its own reads.
import type { ReadName } from '../../../../shared/contract/reads';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { SqliteDatabase } from '../driver';
import { createAddonReads } from './addonReads';
import { createAlertReads } from './alertReads';
import { createDeliveryReads } from './deliveryReads';
import { createHistoryReads } from './historyReads';
import { createMarketReads } from './marketReads';
import { createMonitorReads } from './monitorReads';
import { createSampleReads } from './sampleReads';
import { createTimelineReads } from './timelineReads';
import type { ReadTable } from './readTable';
import { createRetentionReads } from './retentionReads';

export type ReadRunner = (name: ReadName, args: unknown) => unknown;

export function createReads(database: DatabaseName, db: SqliteDatabase): ReadRunner {
  const own: ReadTable =
    database === 'market'
      ? { ...createMarketReads(db), ...createHistoryReads(db) }
      : {
          ...createMonitorReads(db),
          ...createAlertReads(db),
          ...createSampleReads(db),
          ...createDeliveryReads(db),
          ...createTimelineReads(db),
        };
  const table: ReadTable = {
    ...own,
    ...createRetentionReads(database, db),
    ...createAddonReads(db),
  };
  return (name, args) => {
    const read = table[name] as ((args: unknown) => unknown) | undefined;
    if (!read) throw new Error(`the ${database} database has no read "${name}"`);
    return read(args);
  };
}
