// What a pool has many of: history, scores, trades. And what becomes of data that an earlier version of the program wrote.
import { openSync, closeSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Spool } from '../../src/main/storage/spool/spool';
import { market10 } from '../../src/main/storage/worker/migrations/market10';
import { SCHEMAS } from '../../src/main/storage/worker/schema';
import type { SqlValue } from '../../src/shared/contract/sqlValue';
import { packRows, type TableName } from '../../src/shared/contract/tables';
import { historyParts, signal, snapshot, tokenDetail, trade } from './support/historyRows';
import { pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const ROWS = 300;
const TABLES = historyParts(1).map(({ table }) => table);

/** A pool in the column order of schema 10. */
const POOL_10 = [
  ...['solana_p', 'solana', 'orca', 'p', 'A / SOL', 'solana_a', 'solana_sol', T0, '0.5', '171', '1000', '9', null],
  ...['12.5', '300', '-0.5', '1.25', '-12', 7, 5, T0],
] as const satisfies readonly SqlValue[];

describe('the history of pools', () => {
  it('is stored once, however often the same is seen', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const first = await store.write({ id: 'a', parts: historyParts(ROWS) });
    expect(first).toMatchObject({ inserted: ROWS * TABLES.length, rejected: [] });
    const again = await store.write({ id: 'b', parts: historyParts(ROWS) });
    expect(again).toMatchObject({ inserted: 0, changed: 0, unchanged: ROWS * TABLES.length });
    await store.close();
    expect(TABLES.map((table) => count(options.file, table))).toEqual(TABLES.map(() => ROWS));
    expect(count(options.file, 'pool_keys')).toBe(20);
  });

  it('keeps the figures of one moment beside those of another', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const poolId = pool(1).id;
    const rows = [1, 2].map((n) => snapshot(n, { poolId, reserveUsd: `${n}00.125` }));
    await store.write({ id: 'a', parts: [packRows('pool_snapshots', rows), packRows('pool_signals', [signal(1)])] });
    await store.close();
    const stored = all(options.file, 'SELECT observed_at_ms, reserve_usd, seen_by FROM pool_snapshots ORDER BY 1');
    expect(stored).toEqual([
      { observed_at_ms: T0 + 1, reserve_usd: '100.125', seen_by: 'top_pools' },
      { observed_at_ms: T0 + 2, reserve_usd: '200.125', seen_by: 'top_pools' },
    ]);
  });

  it('takes a trade for the same when transaction and log index are, and for another when either differs', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const rows = [
      trade(1),
      trade(1, { observedAtMs: T0 + 60_000 }),
      trade(1, { logIndex: 6 }),
      trade(1, { txHash: 'other' }),
    ];
    const ack = await store.write({ id: 'a', parts: [packRows('trades', rows)] });
    expect(ack).toMatchObject({ inserted: 3, changed: 0, unchanged: 1 });
    const blank = trade(1, { priceUsd: null, observedAtMs: T0 + 90_000 });
    expect(await store.write({ id: 'b', parts: [packRows('trades', [blank])] })).toMatchObject({ unchanged: 1 });
  });

  it('never lets a blank overwrite what is known about a token', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const blank = tokenDetail(1, { priceUsd: null, totalSupply: null, fdvUsd: '5', observedAtMs: T0 + 1 });
    await store.write({ id: 'a', parts: [packRows('token_details', [tokenDetail(1)])] });
    await store.write({ id: 'b', parts: [packRows('token_details', [blank])] });
    await store.close();
    expect(all(options.file, 'SELECT price_usd, total_supply, fdv_usd FROM token_details')).toEqual([
      { price_usd: '2.0174050182', total_supply: '999999108.407137', fdv_usd: '5' },
    ]);
  });

  it('comes out of a file whose beginning is destroyed', async () => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write({ id: 'a', parts: historyParts(ROWS) });
    await before.close();
    destroyHeader(options.file);
    const store = await openTestStore(options);
    await statusWhere(store, ({ tables }) => TABLES.every((table) => rowsOf(tables, table) === ROWS));
    await store.close();
    expect(all(options.file, SAMPLE)).toEqual([{ pool_id: trade(4).poolId, price_usd: trade(4).priceUsd }]);
  });
});

describe('a database of the version before', () => {
  it('is brought up to date with every row in place, and takes new figures', async () => {
    const options = storeOptions(temporaryFolder());
    makeVersion10(options.file);
    const store = await openTestStore(options);
    expect(store.status()).toMatchObject({ state: 'ok', schemaVersion: 30 });
    const known = pool(0, { id: 'solana_p', address: 'p', name: null, volumeUsdM5: '3', observedAtMs: T0 + 5 });
    expect(await store.write(poolBatch('a', [known]))).toMatchObject({ inserted: 0, changed: 1 });
    await store.close();
    const columns = 'name, created_at_ms, volume_usd_m5, volume_usd_h24, buys_h1, sells_h24, first_seen_at_ms';
    expect(all(options.file, `SELECT ${columns} FROM pools`)).toEqual([
      {
        name: 'A / SOL',
        created_at_ms: T0,
        volume_usd_m5: '3',
        volume_usd_h24: '300',
        buys_h1: 2,
        sells_h24: 5,
        first_seen_at_ms: T0,
      },
    ]);
    expect(all(options.file, 'SELECT open FROM candles')).toEqual([{ open: '1' }]);
  });

  it('is salvaged as well when it is damaged', async () => {
    const options = storeOptions(temporaryFolder());
    makeVersion10(options.file);
    destroyHeader(options.file);
    const store = await openTestStore(options);
    await statusWhere(store, ({ tables }) => rowsOf(tables, 'pools') === 1 && rowsOf(tables, 'candles') === 1);
    await store.close();
    expect(all(options.file, 'SELECT id, sells_h24, buys_h1 FROM pools')).toEqual([
      { id: 'solana_p', sells_h24: 5, buys_h1: null },
    ]);
  });

  it('leaves batches in the spool that still find their columns', async () => {
    const options = storeOptions(temporaryFolder());
    const spool = new Spool({ folder: options.spoolDir, prefix: 'market', limitBytes: 1e9 });
    await spool.open();
    await spool.append({ id: 'old', parts: [{ table: 'pools', rows: [POOL_10] }] });
    await spool.close();
    const store = await openTestStore(options);
    await statusWhere(store, ({ tables }) => rowsOf(tables, 'pools') === 1);
    await store.close();
    expect(all(options.file, 'SELECT id, change_pct_h24, sells_h24, volume_usd_m5 FROM pools')).toEqual([
      { id: 'solana_p', change_pct_h24: '-12', sells_h24: 5, volume_usd_m5: null },
    ]);
  });
});

const SAMPLE = `SELECT k.pool_id, t.price_usd FROM trades t JOIN pool_keys k ON k.key = t.pool_key WHERE t.tx_hash = '${trade(4).txHash}'`;

function makeVersion10(file: string): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  market10.up(db);
  db.pragma(`application_id = ${SCHEMAS.market.applicationId}`);
  db.pragma('user_version = 10');
  const marks = [...POOL_10, T0, T0].map(() => '?').join(', ');
  db.prepare(`INSERT INTO pools VALUES (${marks})`).run(...POOL_10, T0, T0);
  db.exec(`
    INSERT INTO candle_series (key, pool_id, timeframe, aggregate, side, currency, candles)
      VALUES (1, 'solana_p', 'minute', 1, 'base', 'usd', 1);
    INSERT INTO candles VALUES (1, ${T0 / 1000}, '1', '1', '1', '1', '1', ${T0}, 0);`);
  db.close();
}

function destroyHeader(file: string): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(100, 0xff), 0, 100, 0);
  closeSync(descriptor);
}

function rowsOf(tables: readonly { readonly name: string; readonly rows: number }[], name: string): number | null {
  return tables.find((table) => table.name === name)?.rows ?? null;
}

function all(file: string, sql: string): unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

function count(file: string, table: TableName | 'pool_keys'): unknown {
  return all(file, `SELECT count(*) AS rows FROM ${table}`).map((row) => (row as { rows: number }).rows)[0];
}
