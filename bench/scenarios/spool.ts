// The spool by itself: how fast a batch is made durable in it, how fast it comes home, and what is left after kills at random
// moments of which each finds the database locked or the spool being replayed.
import { Spool } from '../../src/main/storage/spool/spool';
import { quantile, wait } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, poolRows } from '../lib/subject';
import { KILL_GATES, runLives } from './kill';

const ROWS_PER_BATCH = 20;
const APPENDS = 300;
const CALLERS = 4;
const SPOOLED_BATCHES = 1_000;
const LIVES = 100;
const QUICK_LIVES = 10;

export async function runSpool(run: BenchRun): Promise<BenchResult> {
  const figures = {
    ...(await append(run)),
    ...(await replay({ ...run, folder: `${run.folder}/replay` })),
    ...(await runLives({ ...run, folder: `${run.folder}/kill` }, run.quick ? QUICK_LIVES : LIVES, () => true)),
  };
  return { figures, gates: [...KILL_GATES, { figure: 'spooled rows lost', atMost: 0 }] };
}

async function append({ folder }: BenchRun): Promise<Record<string, number>> {
  const spool = new Spool({ folder: `${folder}/append`, prefix: 'market', limitBytes: Infinity });
  await spool.open();
  const part = poolRows(0, ROWS_PER_BATCH, 1);
  const tookMs: number[] = [];
  const startedAtMs = performance.now();
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let n = next++; n < APPENDS; n = next++) {
      const fromMs = performance.now();
      await spool.append({ id: `a${n}`, parts: [part] });
      tookMs.push(performance.now() - fromMs);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const ms = performance.now() - startedAtMs;
  await spool.close();
  return {
    'durable in the spool p50 ms': quantile(tookMs, 0.5),
    'durable in the spool p99 ms': quantile(tookMs, 0.99),
    'spooled rows/s': (APPENDS * ROWS_PER_BATCH * 1_000) / ms,
  };
}

async function replay(run: BenchRun): Promise<Record<string, number>> {
  const store = await openSubject(run);
  store.isolate();
  const writes = Array.from({ length: SPOOLED_BATCHES }, (_, n) =>
    store.write({ id: `r${n}`, parts: [poolRows(n * ROWS_PER_BATCH, ROWS_PER_BATCH, 1)] }),
  );
  await Promise.all(writes);
  const { bytes } = store.status().spool;
  const startedAtMs = performance.now();
  store.rejoin();
  while (store.status().breaker.state !== 'closed') await wait(1);
  const ms = performance.now() - startedAtMs;
  await wait(300);
  const rows = store.status().tables.find(({ name }) => name === 'pools')?.rows ?? 0;
  await store.close();
  return {
    'spool MB': bytes / 1e6,
    'replayed rows/s': (SPOOLED_BATCHES * ROWS_PER_BATCH * 1_000) / ms,
    'spooled rows lost': SPOOLED_BATCHES * ROWS_PER_BATCH - rows,
  };
}
