// What pages read from the snapshot: narrow slices that keep their identity between pushes, so that a push only
// re-renders what changed.
import { useShallow } from 'zustand/react/shallow';
import type { CollectorHealth, CollectorState } from '../../../shared/contract/snapshot';
import type { ShownCollector, ShownSnapshot } from '../../../shared/contract/shownSnapshot';
import { outcomeOf } from '../../../shared/contract/tickLine';
import { SLOT_COUNTS, type SlotOutcome } from '../../../shared/domain/collector';
import { useSnapshotStore } from './snapshotStore';

/** Reads from a snapshot that is known to be there: pages render only once the first one has arrived. */
export function useSnapshot<T>(select: (snapshot: ShownSnapshot) => T): T {
  return useSnapshotStore(
    useShallow((state) => {
      if (state.snapshot === null) throw new Error('a page rendered before the first snapshot');
      return select(state.snapshot);
    }),
  );
}

/** Worst first. */
const SEVERITY: Readonly<Record<CollectorHealth, number>> = {
  down: 0,
  degraded: 1,
  late: 2,
  running: 3,
  ok: 3,
  paused: 4,
  no_data: 5,
};

/** Problems first; inside one severity the program's own order stays, so that rows do not jump as runs start and end. */
export function bySeverity<C extends CollectorState>(collectors: readonly C[]): readonly C[] {
  return collectors.toSorted((a, b) => SEVERITY[a.health] - SEVERITY[b.health]);
}

export interface RunTally {
  readonly runs: number;
  readonly good: number;
  readonly missed: number;
}

/** Of runs that came to an end by themselves. */
const RUN_OUTCOMES: ReadonlySet<SlotOutcome> = new Set(['ok', 'partial', 'late', 'failed', 'throttled']);

const tallies = new WeakMap<readonly ShownCollector[], RunTally>();

/** Outcomes of the recent slots of all collectors. Skipped and missed slots are no runs, and what was broken off counts for nothing. */
export function tallyTicks(collectors: readonly ShownCollector[]): RunTally {
  const known = tallies.get(collectors);
  if (known !== undefined) return known;
  let [good, otherRuns, missed] = [0, 0, 0];
  // No lists on the way, and nothing looked up for what nearly all are: this is asked with every push, and there can be very many.
  for (const { ticks } of collectors) {
    for (let at = 0; at < ticks.outcomes.length; at += 1) {
      const outcome = outcomeOf(ticks.outcomes.charCodeAt(at));
      if (outcome === 'ok') good += 1;
      else if (outcome === 'missed') missed += 1;
      else if (!RUN_OUTCOMES.has(outcome)) continue;
      else if (SLOT_COUNTS[outcome] === 'good') good += 1;
      else otherRuns += 1;
    }
  }
  const tally = { runs: good + otherRuns, good, missed };
  tallies.set(collectors, tally);
  return tally;
}

/** How many collectors are how. */
export function countHealths(collectors: readonly CollectorState[]): Readonly<Record<CollectorHealth, number>> {
  const counts: Record<CollectorHealth, number> = {
    ok: 0,
    running: 0,
    late: 0,
    degraded: 0,
    down: 0,
    paused: 0,
    no_data: 0,
  };
  for (const { health } of collectors) counts[health] += 1;
  return counts;
}
