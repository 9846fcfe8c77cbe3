// A backup while writes go on: how long it takes, what the writes feel of it, and whether the copy is whole.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { quantile, wait } from '../lib/measure';
import { fillPools, PACED_POOLS, writePaced } from '../lib/pace';
import type { BenchResult, BenchRun } from '../lib/run';
import { candleRows, openSubject, subjectOptions } from '../lib/subject';

const TRANSACTIONS_PER_SECOND = 100;
const ALONE_MS = 3_000;
const CANDLES_PER_POOL = 10;

export async function runBackup(run: BenchRun): Promise<BenchResult> {
  const { file } = subjectOptions(run);
  const store = await openSubject(run);
  await fillPools(store);
  for (let step = 0; step < CANDLES_PER_POOL; step += 1) {
    for (let first = 0; first < PACED_POOLS; first += 1_000) {
      await store.write({ id: `bars${step}-${first}`, parts: [candleRows(first, 1_000, step)] });
    }
  }
  await wait(1_000);
  const alone = await during(ALONE_MS, (isOver) => writePaced(store, TRANSACTIONS_PER_SECOND, 'alone', isOver));

  let over = false;
  const startedAtMs = performance.now();
  const writing = writePaced(store, TRANSACTIONS_PER_SECOND, 'beside', () => over);
  await store.backup();
  const backupMs = performance.now() - startedAtMs;
  over = true;
  const beside = await writing;
  const { sizeBytes } = store.status();
  await store.close();

  const copy = inspect(newestCopy(file));
  return {
    figures: {
      'database MB': sizeBytes / 1e6,
      'backup ms': backupMs,
      'writes alone p99 ms': quantile(alone.tookMs, 0.99),
      'writes beside the backup p99 ms': quantile(beside.tookMs, 0.99),
      'writes beside the backup max ms': Math.max(...beside.tookMs),
      'writes not committed': alone.otherwise + beside.otherwise,
      'rows missing in the copy': PACED_POOLS * (1 + CANDLES_PER_POOL) - copy.pools - copy.candles,
      'copy damaged': copy.isWhole ? 0 : 1,
    },
    gates: [
      { figure: 'writes not committed', atMost: 0 },
      { figure: 'rows missing in the copy', atMost: 0 },
      { figure: 'copy damaged', atMost: 0 },
    ],
  };
}

async function during<T>(ms: number, work: (isOver: () => boolean) => Promise<T>): Promise<T> {
  const endsAtMs = performance.now() + ms;
  return await work(() => performance.now() >= endsAtMs);
}

function newestCopy(file: string): string {
  const folder = join(dirname(file), 'backups');
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .at(-1);
  if (!newest) throw new Error(`no backup in ${folder}`);
  return join(folder, newest);
}

function inspect(file: string) {
  const db = new Database(file, { readonly: true });
  const count = (table: string): number => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const found = {
    isWhole: db.pragma('quick_check', { simple: true }) === 'ok',
    pools: count('pools'),
    candles: count('candles'),
  };
  db.close();
  return found;
}
