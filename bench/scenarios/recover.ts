// The drill: a full database with a backup and later rows loses one page; how long are writes held up, how long until everything
// that can be saved is back, and what is missing then.
import { openSync, statSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { wait } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';
import { candleRows, openSubject, poolRows, subjectOptions } from '../lib/subject';

const POOLS = 20_000;
const CANDLES_PER_POOL = 10;
const LATER_POOLS = 5_000;
const PAGE_BYTES = 4_096;

export async function runRecover(run: BenchRun): Promise<BenchResult> {
  const { file } = subjectOptions(run);
  const before = await openSubject(run);
  let batch = 0;
  const write = (...parts: Parameters<typeof before.write>[0]['parts']) =>
    before.write({ id: `fill${batch++}`, parts });
  for (let first = 0; first < POOLS; first += 500) {
    await write(poolRows(first, 500, 1));
    for (let step = 0; step < CANDLES_PER_POOL; step += 1) await write(candleRows(first, 500, step));
  }
  const startedBackupMs = performance.now();
  await before.backup();
  const backupMs = performance.now() - startedBackupMs;
  for (let first = 0; first < LATER_POOLS; first += 500) {
    await write(poolRows(first, 500, 50));
    for (let step = 0; step < 4; step += 1) await write(candleRows(first, 500, CANDLES_PER_POOL + step));
  }
  await before.close();
  const expected = counts(file);
  const bytes = statSync(file).size;
  destroyLeafPage(file, run.round);

  const store = await openSubject(run);
  const startedAtMs = performance.now();
  await store.check(false).catch(() => {});
  const detectedMs = performance.now() - startedAtMs;
  let resumedMs = 0;
  while (!store.operations().some(({ detail }) => detail.includes('could be read'))) {
    if (resumedMs === 0 && store.status().breaker.state === 'closed' && store.status().state === 'ok') {
      resumedMs = performance.now() - startedAtMs;
    }
    await wait(5);
  }
  const totalMs = performance.now() - startedAtMs;
  await store.close();
  const found = counts(file);
  return {
    figures: {
      'database MB': bytes / 1e6,
      'backup ms': backupMs,
      'detected ms': detectedMs,
      'writes to the database again ms': resumedMs,
      'all salvaged ms': totalMs,
      'pools missing': expected.pools - found.pools,
      'candles missing': expected.candles - found.candles,
      'later changes missing': expected.changed - found.changed,
      'integrity errors': found.integrity,
    },
    gates: [
      { figure: 'all salvaged ms', atMost: 30_000 },
      { figure: 'pools missing', atMost: 0 },
      { figure: 'candles missing', atMost: 400 },
      { figure: 'integrity errors', atMost: 0 },
    ],
  };
}

function counts(file: string) {
  const db = new Database(file, { readonly: true });
  const one = (sql: string): number => Number(db.prepare(sql).pluck().get());
  const found = {
    pools: one('SELECT count(*) FROM pools'),
    candles: one('SELECT count(*) FROM candles'),
    changed: one('SELECT count(*) FROM pools WHERE buys_h24 = 50'),
    integrity: db.pragma('integrity_check', { simple: true }) === 'ok' ? 0 : 1,
  };
  db.close();
  return found;
}

function destroyLeafPage(file: string, seed: number): void {
  const db = new Database(file, { readonly: true });
  const pages = db
    .prepare<[], number>(
      "SELECT pageno FROM dbstat WHERE name IN ('pools', 'candles') AND pagetype = 'leaf' ORDER BY pageno",
    )
    .pluck()
    .all();
  db.close();
  const page = pages[(seed * 7_919) % pages.length] ?? 2;
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
}
