// Memory over time: a thousand rows a second with a long lock in the middle; what has piled up must be gone afterwards.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { wait } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, poolRows, subjectOptions } from '../lib/subject';

const ROWS_PER_BATCH = 20;
const BATCHES_PER_SECOND = 50;
const WARM_UP_MS = 20_000;

export async function runSoak(run: BenchRun): Promise<BenchResult> {
  const lastsMs = run.quick ? 90_000 : 600_000;
  const lockMs = run.quick ? 20_000 : 60_000;
  const { file } = subjectOptions(run);
  const store = await openSubject(run);
  const startedAtMs = performance.now();
  let startRss = 0;
  let peakRss = 0;
  let locked = false;
  let written = 0;
  let durable = 0;
  for (let n = 0; performance.now() - startedAtMs < lastsMs; n += 1) {
    await wait(Math.max(0, startedAtMs + (n * 1_000) / BATCHES_PER_SECOND - performance.now()));
    written += 1;
    void store
      .write({ id: `soak${n}`, parts: [poolRows((n * ROWS_PER_BATCH) % 18_000, ROWS_PER_BATCH, n)] })
      .then(({ durability }) => (durable += durability === 'volatile' ? 0 : 1));
    const elapsedMs = performance.now() - startedAtMs;
    if (elapsedMs > WARM_UP_MS && startRss === 0) startRss = process.memoryUsage.rss();
    if (n % BATCHES_PER_SECOND === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss());
    if (!locked && elapsedMs > lastsMs / 2) {
      locked = true;
      const script = join(run.root, 'tests', 'support', 'lockHolder.mjs');
      spawn(process.execPath, [script, file, 'write', String(lockMs)], { stdio: ['pipe', 'ignore', 'inherit'] });
    }
  }
  while (store.status().breaker.state !== 'closed' || store.status().queuedBatches > 0) await wait(20);
  await wait(2_000);
  const endRss = process.memoryUsage.rss();
  const { lost } = store.status().spool;
  await store.close();
  const MB = 1024 * 1024;
  return {
    figures: {
      'RSS at start MB': startRss / MB,
      'RSS at end MB': endRss / MB,
      'RSS peak MB': peakRss / MB,
      'RSS growth MB': (endRss - startRss) / MB,
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
