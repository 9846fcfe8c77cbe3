// The collectors, worst first. The order stands still while the pointer or the focus is inside: rows must not jump away.
import { type ReactNode, useRef, useState } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import type { CollectorId } from '../../../../shared/domain/collector';
import { Notice } from '../../components/notice';
import { Panel } from '../../components/panel';
import { useRoute } from '../../store/route';
import { bySeverity, useSnapshot } from '../../store/selectors';
import { CollectorRow } from './collectorRow';
import { TickLegend } from './tickLegend';
import { t } from '../../texts/texts';
import classes from './now.module.css';

export function Collectors(): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const { itemId: chosenId } = useRoute();
  const [held, setHeld] = useState(false);
  const ordered = useSteadyOrder(collectors, held);
  return (
    <Panel title={t('now.collectors')} aside={<TickLegend />}>
      {ordered.length === 0 ? (
        <Notice title={t('now.noCollectors')}>{t('now.noCollectorsHint')}</Notice>
      ) : (
        <table
          className={classes.collectors}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <caption className="pw-visually-hidden">{t('now.collectorsCaption')}</caption>
          <thead>
            <tr>
              <th scope="col" className={classes.colStatus}>
                {t('now.columnStatus')}
              </th>
              <th scope="col">{t('now.columnCollector')}</th>
              <th scope="col" className={classes.colTicks}>
                {t('now.columnSlots')}
              </th>
              <th scope="col" className={classes.colTime} data-align="right">
                {t('now.columnLastRun')}
              </th>
              <th scope="col" className={classes.colDuration} data-align="right">
                {t('now.columnTook')}
              </th>
              <th scope="col" className={classes.colNext} data-align="right">
                {t('now.columnNext')}
              </th>
              <th scope="col" className={classes.colRows} data-align="right">
                {t('now.columnRows')}
              </th>
              <th scope="col" className={classes.colStreak} data-align="right">
                {t('now.columnStreak')}
              </th>
              <th scope="col" className={classes.colActions}>
                <span className="pw-visually-hidden">{t('now.columnActions')}</span>
              </th>
            </tr>
          </thead>
          {ordered.map((collector) => (
            <CollectorRow key={collector.id} collector={collector} chosen={collector.id === chosenId} />
          ))}
        </table>
      )}
    </Panel>
  );
}

function useSteadyOrder(collectors: readonly CollectorSlice[], held: boolean): readonly CollectorSlice[] {
  const order = useRef<readonly CollectorId[]>([]);
  const sorted = bySeverity(collectors);
  const known = order.current.length === sorted.length && sorted.every(({ id }) => order.current.includes(id));
  if (!held || !known) order.current = sorted.map(({ id }) => id);
  return order.current.flatMap((id) => sorted.filter((collector) => collector.id === id));
}
