// The list of collectors before there is one: rows without words in the place that the first ones will have. They are made as rows are,
// so what a first row costs is spent while there is nothing else to do; not when the data are as good as there.
import { useTimeout } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { TICKS_PER_COLLECTOR } from '../../../../shared/contract/snapshot';
import type { ShownCollector } from '../../../../shared/contract/shownSnapshot';
import { tickLineOf } from '../../../../shared/contract/tickLine';
import { usePalette } from '../../theme/useScheme';
import { CollectorRow } from './collectorRow';
import { CollectorsHead } from './collectorsHead';
import classes from './now.module.css';

const AFTER_MS = 300;
const ROWS = 10;
const MINUTE_MS = 60_000;

/** @param children what is said in front of it */
export function WaitingRows({ children = null }: { readonly children?: ReactNode }): ReactNode {
  const palette = usePalette();
  const [isLong, setIsLong] = useState(false);
  useTimeout(() => setIsLong(true), AFTER_MS, { autoInvoke: true });
  if (!isLong) return children;
  return (
    <div className={classes.waiting}>
      <table className={classes.collectors} aria-hidden="true" inert>
        <CollectorsHead />
        {WAITING.map((collector) => (
          <CollectorRow
            key={collector.id}
            collector={collector}
            chosen={false}
            places={TICKS_PER_COLLECTOR}
            palette={palette}
            waiting
          />
        ))}
      </table>
      {children !== null && <div className={classes.waitingFor}>{children}</div>}
    </div>
  );
}

/** Of no collector that there is; as full as rows are, since only what is drawn is drawn sooner the next time. */
const WAITING: readonly ShownCollector[] = Array.from({ length: ROWS }, (_, place) => {
  const id = `waiting-${place}` as ShownCollector['id'];
  const run = {
    id,
    collectorId: id,
    slotAtMs: 0,
    startedAtMs: 0,
    endedAtMs: 0,
    durationMs: 1_000,
    trigger: 'schedule',
    outcome: 'ok',
    fetched: 1,
    valid: 1,
    inserted: 1,
    changed: 0,
    unchanged: 0,
    rejected: [],
    calls: 1,
    throttles: 0,
    error: null,
  } as const;
  return {
    id,
    title: id,
    description: '',
    health: 'ok',
    cause: null,
    intervalMs: MINUTE_MS,
    cadence: { baseMs: MINUTE_MS, nowMs: MINUTE_MS, because: null },
    pause: null,
    running: null,
    nextDueAtMs: 0,
    lastRun: run,
    lastSuccessAtMs: 0,
    lastError: null,
    streak: { failures: 0, successes: 1 },
    cooldownUntilMs: null,
    ticks: tickLineOf(
      Array.from({ length: TICKS_PER_COLLECTOR }, (_tick, at) => ({
        slotAtMs: at * MINUTE_MS,
        outcome: 'ok',
        durationMs: 1_000,
        rows: 1,
        slots: 1,
      })),
    ),
  };
});
