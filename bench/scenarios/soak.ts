// Memory over time: a thousand rows a second with a long lock in the middle; what has piled up must be gone afterwards.
import { holdLock } from '../lib/holder';
import { wait } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, poolRows, subjectOptions } from '../lib/subject';

const ROWS_PER_BATCH = 20;
const BATCHES_PER_SECOND = 50;
const POOLS = 18_000;
const WARM_UP_MS = 20_000;
const MB = 1024 * 1024;

export async function runSoak(run: BenchRun): Promise<BenchResult> {
  const lastsMs = run.quick ? 90_000 : 600_000;
  const lockMs = run.quick ? 20_000 : 60_000;
  const { file } = subjectOptions(run);
  const store = await openSubject(run);
  const startedAtMs = performance.now();
  let start: NodeJS.MemoryUsage | null = null;
  let peakRss = 0;
  let locked = false;
  let written = 0;
  let durable = 0;
  for (let n = 0; performance.now() - startedAtMs < lastsMs; n += 1) {
    await wait(Math.max(0, startedAtMs + (n * 1_000) / BATCHES_PER_SECOND - performance.now()));
    written += 1;
    void store
      .write({ id: `soak${n}`, parts: [poolRows(n * ROWS_PER_BATCH, ROWS_PER_BATCH, n, POOLS)] })
      .then(({ durability }) => (durable += durability === 'volatile' ? 0 : 1));
    const elapsedMs = performance.now() - startedAtMs;
    if (elapsedMs > WARM_UP_MS) start ??= process.memoryUsage();
    if (n % BATCHES_PER_SECOND === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss());
    if (!locked && elapsedMs > lastsMs / 2) {
      locked = true;
      void holdLock(run.root, file, lockMs);
    }
  }
  while (store.status().breaker.state !== 'closed' || store.status().queuedBatches > 0) await wait(20);
  await wait(2_000);
  const end = process.memoryUsage();
  const { lost } = store.status().spool;
  await store.close();
  if (!start) throw new Error('it ended before it was warm');
  return {
    figures: {
      'RSS at start MB': start.rss / MB,
      'RSS at end MB': end.rss / MB,
      'RSS peak MB': peakRss / MB,
      'RSS growth MB': (end.rss - start.rss) / MB,
      'main heap growth MB': (end.heapTotal - start.heapTotal) / MB,
      'buffers growth MB': (end.external - start.external) / MB,
      'batches not durable': written - durable,
      'batches lost': lost,
    },
    gates: [
      { figure: 'RSS growth MB', atMost: 30 },
      { figure: 'batches not durable', atMost: 0 },
      { figure: 'batches lost', atMost: 0 },
    ],
  };
}
