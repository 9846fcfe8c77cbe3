// Faults of a run: the collector of top pools misbehaves, or nobody starts it.
import type { Mischief } from '../faultBench';
import { CULPRIT, type FaultBench } from '../faultBench';
import { wait } from '../measure';
import type { Fault } from './fault';

/** Enough runs are usual within the time in which the network settles. */
const OFTEN_MS = 4_000;
const USUAL_RUNS = 7;

/** Counts from the run that meets it. */
const misbehaving =
  (mischief: Mischief): Fault['make'] =>
  async (bench) => {
    const runs = endedRuns(bench);
    bench.mischief = mischief;
    while (endedRuns(bench) === runs && !isRunning(bench)) await wait(5);
    return () => bench.release();
  };

function endedRuns({ slots }: FaultBench): number {
  return slots.filter(({ collectorId, run }) => collectorId === CULPRIT && run !== null).length;
}

function isRunning({ engine }: FaultBench): boolean {
  return engine.scheduler.slice(CULPRIT)?.running !== null;
}

async function untilUsual(bench: FaultBench): Promise<void> {
  while (endedRuns(bench) < USUAL_RUNS) await wait(100);
}

export const RUN_FAULTS: readonly Fault[] = [
  {
    id: 'run-throws',
    area: 'run',
    title: 'a run throws',
    expects: 'incident',
    names: /has a mistake/,
    make: misbehaving('throw'),
  },
  {
    id: 'run-hangs',
    area: 'run',
    title: 'a run hangs',
    expects: 'incident',
    names: /hangs[\s\S]*page 7/,
    make: misbehaving('hang'),
  },
  {
    id: 'run-never-starts',
    area: 'run',
    title: 'runs that are due do not begin',
    expects: 'incident',
    names: /has not begun|have not begun|held up|do not begin/,
    async make(bench) {
      bench.isDeaf = true;
      const due = (): boolean =>
        bench.engine.scheduler.slices().some(({ nextDueAtMs }) => nextDueAtMs !== null && nextDueAtMs < Date.now());
      while (!due()) await wait(10);
      return () => void bench.hearAgain();
    },
  },
  {
    id: 'run-partial',
    area: 'run',
    title: 'four of ten rows of a run are not valid',
    expects: 'incident',
    names: /not valid[\s\S]*price is not a number/,
    intervalMs: OFTEN_MS,
    make: misbehaving('reject'),
  },
  {
    id: 'run-few-rows',
    area: 'run',
    title: 'a run succeeds with 3 % of its rows',
    expects: 'incident',
    names: /far fewer rows[\s\S]*instead of the usual/,
    intervalMs: OFTEN_MS,
    prepare: untilUsual,
    make: misbehaving('few_rows'),
  },
];
