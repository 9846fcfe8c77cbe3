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
import classes from './now.module.css';

export function Collectors(): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const { itemId: chosenId } = useRoute();
  const [held, setHeld] = useState(false);
  const ordered = useSteadyOrder(collectors, held);
  return (
    <Panel title="Collectors" aside={<TickLegend />}>
      {ordered.length === 0 ? (
        <Notice title="No collectors yet">They appear here as soon as the engine has started.</Notice>
      ) : (
        <table
          className={classes.collectors}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <caption className="pw-visually-hidden">Collectors, worst first</caption>
          <thead>
            <tr>
              <th scope="col" className={classes.colStatus}>
                Status
              </th>
              <th scope="col">Collector</th>
              <th scope="col" className={classes.colTicks}>
                Recent slots
              </th>
              <th scope="col" className={classes.colTime} data-align="right">
                Last run
              </th>
              <th scope="col" className={classes.colDuration} data-align="right">
                Took
              </th>
              <th scope="col" className={classes.colNext} data-align="right">
                Next
              </th>
              <th scope="col" className={classes.colRows} data-align="right">
                New / changed
              </th>
              <th scope="col" className={classes.colStreak} data-align="right">
                Streak
              </th>
              <th scope="col" className={classes.colActions}>
                <span className="pw-visually-hidden">Actions</span>
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
