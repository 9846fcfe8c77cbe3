// Now: is everything all right, if not why and since when, and how is each collector.
import type { ReactNode } from 'react';
import { ApiHosts } from './apiHosts';
import { Collectors } from './collectors';
import { OtherIncidents } from './openIncidents';
import { Totals } from './totals';
import { Verdict } from './verdict';
import { WaitingRows } from './waitingRows';
import { Panel } from '../../components/panel';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function NowPage(): ReactNode {
  return (
    <div className={classes.page} data-testid="page-now">
      <Verdict />
      <OtherIncidents />
      <Totals />
      <Collectors />
      <ApiHosts />
    </div>
  );
}

/** Before the first snapshot. @param children what is said of it */
export function NowWaiting({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className={classes.page}>
      <div className={classes.waitingHead}>{children}</div>
      <Panel title={t('now.collectors')}>
        <WaitingRows />
      </Panel>
    </div>
  );
}
