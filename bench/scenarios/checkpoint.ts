// Who pays for moving the log into the database: `inline` is SQLite's own way (some commit pays, every 1,000 pages), `store` moves
// it between commits. Then a foreign reader pins the log for ten seconds: it grows, and must be small again afterwards.
import { statSync } from 'node:fs';
import { createRowWriters } from '../../src/main/storage/worker/rowWriters';
import { openForWriting } from '../../src/main/storage/worker/open';
import { holdLock } from '../lib/holder';
import { quantile, wait } from '../lib/measure';
import { fillPools, PACED_POOLS, PACED_ROWS, writePaced } from '../lib/pace';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, poolRows, subjectOptions } from '../lib/subject';

const TRANSACTIONS_PER_SECOND = 100;
/** What a busy program writes; ten seconds at full speed would only measure the disk. */
const PINNED_TRANSACTIONS_PER_SECOND = 20;
const LASTS_MS = 5_000;
const PINNED_MS = 10_000;
const QUICK_PINNED_MS = 5_000;
const SETTLES_MS = 4_000;
const LOOK_EVERY_MS = 20;

export async function runCheckpoint(run: BenchRun): Promise<BenchResult> {
  return run.variant === 'inline' ? await inline(run) : await throughStore(run);
}

async function inline(run: BenchRun): Promise<BenchResult> {
  const { file } = subjectOptions(run);
  const { db } = openForWriting('market', file);
  const pools = createRowWriters(db, ['pools']).get('pools');
  if (!pools) throw new Error('no statement for pools');
  db.pragma('wal_autocheckpoint = 1000');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const store = (n: number, first: number, count: number): number => {
    const part = poolRows(first, count, n, PACED_POOLS);
    const startedAtMs = performance.now();
    begin.run();
    for (const row of part.rows) pools.write(row);
    commit.run();
    return performance.now() - startedAtMs;
  };
  for (let first = 0; first < PACED_POOLS; first += 1_000) store(0, first, 1_000);
  const tookMs: number[] = [];
  const wal = watchWal(file);
  const startedAtMs = performance.now();
  for (let n = 1; performance.now() - startedAtMs < LASTS_MS; n += 1) {
    await wait(Math.max(0, startedAtMs + (n * 1_000) / TRANSACTIONS_PER_SECOND - performance.now()));
    tookMs.push(store(n, n * PACED_ROWS, PACED_ROWS));
  }
  const walMb = wal.stop();
  db.close();
  return { figures: { ...commitFigures(tookMs), 'log MB': walMb }, gates: [] };
}

async function throughStore(run: BenchRun): Promise<BenchResult> {
  const { file } = subjectOptions(run);
  const store = await openSubject(run);
  await fillPools(store);
  await wait(1_000);
  const until = (ms: number): (() => boolean) => {
    const endsAtMs = performance.now() + ms;
    return () => performance.now() >= endsAtMs;
  };
  const wal = watchWal(file);
  const { tookMs } = await writePaced(store, TRANSACTIONS_PER_SECOND, 'free', until(LASTS_MS));
  const walMb = wal.stop();

  const pinnedMs = run.quick ? QUICK_PINNED_MS : PINNED_MS;
  const pinnedWal = watchWal(file);
  const reader = holdLock(run.root, file, pinnedMs, 'read');
  let released = false;
  void reader.then(() => (released = true));
  const pinned = await writePaced(store, PINNED_TRANSACTIONS_PER_SECOND, 'pinned', () => released);
  const pinnedWalMb = pinnedWal.stop();
  await writePaced(store, PINNED_TRANSACTIONS_PER_SECOND, 'after', until(SETTLES_MS));
  const afterMb = walMbOf(file);
  await store.close();
  return {
    figures: {
      ...commitFigures(tookMs),
      'log MB': walMb,
      'log MB, reader pins it': pinnedWalMb,
      'log MB, reader gone': afterMb,
      'writes p99 ms, reader pins the log': quantile(pinned.tookMs, 0.99),
      'writes not committed': pinned.otherwise,
    },
    gates: [
      { figure: 'log MB', atMost: 64 },
      { figure: 'log MB, reader gone', atMost: 64 },
      { figure: 'writes not committed', atMost: 0 },
    ],
  };
}

function commitFigures(tookMs: readonly number[]): Record<string, number> {
  return {
    'write p50 ms': quantile(tookMs, 0.5),
    'write p99 ms': quantile(tookMs, 0.99),
    'write max ms': Math.max(...tookMs),
  };
}

/** The largest size that the log's file had. */
function watchWal(file: string) {
  let largestMb = 0;
  const look = (): void => void (largestMb = Math.max(largestMb, walMbOf(file)));
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return largestMb;
    },
  };
}

function walMbOf(file: string): number {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / 1e6;
}
