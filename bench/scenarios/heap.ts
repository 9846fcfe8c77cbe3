// Half an hour of the window with two thousand collectors and ten thousand samples a second: does the page keep what it is told?
import { watchHeap } from '../lib/heapWatch';
import { wait } from '../lib/measure';
import { footprintOf } from '../lib/processTree';
import type { BenchResult, BenchRun } from '../lib/run';
import { onVirtualScreen } from '../lib/screen';
import { openSyntheticWindow } from '../lib/syntheticWindow';

const WATCHED_MS = 30 * 60_000;
const QUICK_MS = 60_000;
const LOOKS = 60;
const WARM_MS = 10_000;

export async function runHeap(run: BenchRun): Promise<BenchResult> {
  return await onVirtualScreen(async (env) => {
    const { program } = await openSyntheticWindow(run, env);
    try {
      await wait(WARM_MS);
      const before = footprintOf(program.pid);
      const watchedMs = run.quick ? QUICK_MS : WATCHED_MS;
      const { heapMb, heapGrowthMb, changesPerSecond } = await watchHeap(program, watchedMs, LOOKS);
      return {
        figures: {
          'minutes watched': watchedMs / 60_000,
          'page heap (MB)': heapMb,
          'page heap growth (MB)': heapGrowthMb,
          'memory growth, PSS (MB)': footprintOf(program.pid).pssMb - before.pssMb,
          'pictures of new data/s': changesPerSecond,
        },
        gates: [
          { figure: 'page heap growth (MB)', atMost: 10 },
          { figure: 'pictures of new data/s', atLeast: 2 },
        ],
      };
    } finally {
      await program.quit();
    }
  });
}
