// Fills the gaps of collected candle series when the source has calls to spare. Its queue is what is missing in the database, so
// it needs no memory of its own: cut off anywhere, it goes on where it was.
import { fillGaps } from './backfill/fillGaps';
import { quietTurn } from './backfill/quietTurn';
import { collectedSeries, type GapTools, readGaps } from './backfill/seriesGaps';
import type { Collector } from './collector';
import { shortfallPage } from './pages';
import { PartFailures } from './partFailures';

/** Enough to get on, few enough that a run ends before anybody wonders. */
const CALLS_PER_RUN = 30;
const PATIENCE_MS = 20_000;

export const backfillCollector: Collector = {
  id: 'backfill',
  title: 'Backfill',
  priority: 'backfill',
  description: 'Missing price bars, fetched when the source has calls to spare.',
  async *collect(context) {
    const { client, clock, signal } = context;
    const failures = new PartFailures();
    let callsLeft = CALLS_PER_RUN;
    let isBusy = false;
    const tools: GapTools = { ...context, planDays: client.historyDays };
    for (const target of await collectedSeries(tools)) {
      if (isBusy || callsLeft === 0) break;
      const gaps = await readGaps(tools, target);
      if (gaps.missing === 0) continue;
      const turn = async (): Promise<boolean> => {
        context.progress(target.label);
        if (callsLeft === 0) return false;
        callsLeft -= 1;
        isBusy = !(await quietTurn({ status: () => client.status(), clock, signal, patienceMs: PATIENCE_MS }));
        return !isBusy;
      };
      try {
        yield* fillGaps({ client, clock, signal, turn }, target, gaps.ranges);
        failures.succeeded();
      } catch (error) {
        yield shortfallPage(failures.failed(target.label, error));
      }
    }
    failures.finish();
  },
};
