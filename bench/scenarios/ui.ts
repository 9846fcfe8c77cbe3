// The window with two thousand collectors and ten thousand samples a second, and 100,000 pools, beside an empty window of the same
// size: how soon the list is there, whether scrolling and keys are felt, what it keeps.
import type { ElectronProgram } from '../lib/devtools';
import { watchHeap } from '../lib/heapWatch';
import { quantile, wait } from '../lib/measure';
import { keyLatencies, longestTasks, paintedAt, type Recording } from '../lib/pageProbe';
import { footprintOf } from '../lib/processTree';
import type { BenchResult, BenchRun } from '../lib/run';
import { onVirtualScreen } from '../lib/screen';
import { openBareWindow, openSyntheticWindow, SAMPLES_PER_SECOND, samplesOf } from '../lib/syntheticWindow';
import { heapMb, recordKeys, recordScrolling } from '../lib/windowDriver';

const SCROLL_MS = 15_000;
const QUICK_SCROLL_MS = 6_000;
const KEYS = 60;
const QUICK_KEYS = 20;
/** Three screens of rows a second; through the pools ten. */
const LIST_STEP = 40;
const POOLS_STEP = 120;
const HEAP_MS = 60_000;
const QUICK_HEAP_MS = 15_000;
const SETTLE_MS = 3_000;

export async function runUi(run: BenchRun): Promise<BenchResult> {
  return await onVirtualScreen(async (env) => {
    const { program, paintedAfterMs } = await openSyntheticWindow(run, env);
    const app = await thenQuit(program, measureWindow(program, run.quick));
    const bareProgram = await openBareWindow(run, env, app.size);
    const bare = await thenQuit(bareProgram, measureBare(bareProgram, run.quick));
    return {
      figures: {
        'list painted after data (ms)': paintedAfterMs,
        'samples/s arrived': app.samplesPerSecond,
        'pictures of new data/s': app.changesPerSecond,
        ...shown('list', app.list),
        ...shown('100,000 pools', app.pools),
        'frame p95, bare (ms)': quantile(bare.scrolling.frames, 0.95),
        'frame p95, list ÷ bare': ratio(app.list.frames, bare.scrolling.frames),
        'key to picture p95 (ms)': quantile(app.keys, 0.95),
        'key to picture max (ms)': Math.max(...app.keys),
        'key to picture p95, bare (ms)': quantile(bare.keys, 0.95),
        'page heap (MB)': app.heapMb,
        'page heap growth (MB)': app.heapGrowthMb,
        'page heap, bare (MB)': bare.heapMb,
        'memory, PSS (MB)': app.pssMb,
        'memory, PSS ÷ bare': app.pssMb / bare.pssMb,
      },
      gates: [
        { figure: 'list painted after data (ms)', atMost: 300 },
        { figure: 'samples/s arrived', atLeast: 0.98 * SAMPLES_PER_SECOND },
        { figure: 'pictures of new data/s', atLeast: 2 },
        { figure: 'longest task in 0.1 s, list, p95 (ms)', atMost: 50 },
        { figure: 'longest task in 0.1 s, 100,000 pools, p95 (ms)', atMost: 50 },
        { figure: 'key to picture p95 (ms)', atMost: 100 },
        { figure: 'page heap growth (MB)', atMost: 10 },
      ],
    };
  });
}

async function thenQuit<T>(program: ElectronProgram, measuring: Promise<T>): Promise<T> {
  try {
    return await measuring;
  } finally {
    await program.quit();
  }
}

async function measureWindow(program: ElectronProgram, quick: boolean) {
  await wait(SETTLE_MS);
  const size = await program.evaluate<string>('`${innerWidth}x${innerHeight}`');
  const from = { atMs: performance.now(), samples: samplesOf(program) };
  const list = await recordScrolling(program, { forMs: quick ? QUICK_SCROLL_MS : SCROLL_MS, step: LIST_STEP });
  const keys = await pressKeys(program, quick);
  const heap = await watchHeap(program, quick ? QUICK_HEAP_MS : HEAP_MS);
  const samplesPerSecond = ((samplesOf(program) - from.samples) / (performance.now() - from.atMs)) * 1_000;
  const { pssMb } = footprintOf(program.pid);
  await program.evaluate('void (location.hash = "#/market")');
  await program.evaluate(paintedAt('[data-testid="pool-row"]'));
  const pools = await recordScrolling(program, { forMs: quick ? QUICK_SCROLL_MS : SCROLL_MS, step: POOLS_STEP });
  return { size, list, keys, ...heap, samplesPerSecond, pssMb, pools };
}

async function measureBare(program: ElectronProgram, quick: boolean) {
  await wait(SETTLE_MS);
  const scrolling = await recordScrolling(program, { forMs: QUICK_SCROLL_MS, step: LIST_STEP });
  const keys = await pressKeys(program, quick);
  return { scrolling, keys, heapMb: await heapMb(program), pssMb: footprintOf(program.pid).pssMb };
}

/** Down the list and up again, row by row. */
async function pressKeys(program: ElectronProgram, quick: boolean): Promise<readonly number[]> {
  const half = (quick ? QUICK_KEYS : KEYS) / 2;
  const keys = [...Array.from({ length: half }, () => 'j'), ...Array.from({ length: half }, () => 'k')];
  return keyLatencies(await recordKeys(program, keys), keys.length);
}

function shown(what: string, recording: Recording): Readonly<Record<string, number>> {
  const tasks = longestTasks(recording);
  return {
    [`frame p50, ${what} (ms)`]: quantile(recording.frames, 0.5),
    [`frame p95, ${what} (ms)`]: quantile(recording.frames, 0.95),
    [`frame p99, ${what} (ms)`]: quantile(recording.frames, 0.99),
    [`longest task in 0.1 s, ${what}, p95 (ms)`]: quantile(tasks, 0.95),
    [`longest task, ${what} (ms)`]: Math.max(...tasks),
  };
}

function ratio(frames: readonly number[], bare: readonly number[]): number {
  return quantile(frames, 0.95) / quantile(bare, 0.95);
}
