import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { WriteBatch } from '../../src/shared/contract/storage';
import type { SqlValue } from '../../src/shared/contract/sqlValue';
import { packRows } from '../../src/shared/contract/tables';
import type { WatchlistRow } from '../../src/shared/domain/watchlist';
import { candle, candleBatch, pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const WATCHED: WatchlistRow = {
  id: 'solana_a',
  networkId: 'solana',
  address: 'a',
  symbol: null,
  name: null,
  dexId: null,
  tokenAddress: null,
  groups: '[]',
  note: '',
  active: 1,
  addedBy: 'manual',
  addedAtMs: T0,
  score: null,
  reasons: null,
  updatedAtMs: T0,
};
const MINUTES_OF_TWO_WEEKS = 14 * 24 * 60;

describe('writing observations', () => {
  it('counts new, changed and unchanged rows exactly', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const first = await store.write(poolBatch('a', [pool(1), pool(2), pool(3)]));
    expect(first).toMatchObject({ durability: 'committed', inserted: 3, changed: 0, unchanged: 0, rejected: [] });

    const later = [1, 2, 3].map((n) => pool(n, { observedAtMs: T0 + 1000 }));
    const second = await store.write(poolBatch('b', [...later, pool(4)]));
    expect(second).toMatchObject({ inserted: 1, changed: 0, unchanged: 3 });

    const third = await store.write(poolBatch('c', [pool(1, { observedAtMs: T0 + 2000, reserveUsd: '7' })]));
    expect(third).toMatchObject({ inserted: 0, changed: 1, unchanged: 0 });
  });

  it('does not take a batch that takes long for a disk that does not answer', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const rows = Array.from({ length: MINUTES_OF_TWO_WEEKS }, (_, n) => candle(n));
    const ack = await store.write(candleBatch('large', rows));
    expect(ack).toMatchObject({ durability: 'committed', inserted: rows.length });
    expect(store.operations()).toEqual([]);
  });

  it('keeps a value when the source later says nothing, and keeps decimals to the digit', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const price = '0.00001613691542742065123456789';
    await store.write(poolBatch('a', [pool(1, { basePriceUsd: price })]));
    const ack = await store.write(
      poolBatch('b', [pool(1, { basePriceUsd: null, name: null, buysH24: null, observedAtMs: T0 + 1 })]),
    );
    expect(ack).toMatchObject({ changed: 0, unchanged: 1 });
    await store.close();
    const row = query(options.file, 'SELECT * FROM pools')[0];
    expect(row).toMatchObject({ base_price_usd: price, name: 'TOK1 / SOL', buys_h24: 11, observed_at_ms: T0 + 1 });
  });

  it('does not let an older observation overwrite a newer one', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('new', [pool(1, { observedAtMs: T0 + 10, reserveUsd: '2' })]));
    expect(await store.write(poolBatch('old', [pool(1, { observedAtMs: T0, reserveUsd: '1' })]))).toMatchObject({
      unchanged: 1,
    });
    await store.close();
    expect(query(options.file, 'SELECT reserve_usd FROM pools')).toEqual([{ reserve_usd: '2' }]);
  });

  it('does not let an older watchlist entry or state of an alert overwrite a newer one', async () => {
    const watched = (note: string, updatedAtMs: number): WriteBatch => ({
      id: note,
      parts: [packRows('watchlist', [{ ...WATCHED, note, updatedAtMs }])],
    });
    const market = storeOptions(temporaryFolder());
    const marketStore = await openTestStore(market);
    for (const [note, atMs] of [
      ['new', T0 + 1],
      ['old', T0],
      ['same time', T0 + 1],
    ] as const) {
      await marketStore.write(watched(note, atMs));
    }
    await marketStore.close();
    expect(query(market.file, 'SELECT note FROM watchlist')).toEqual([{ note: 'same time' }]);

    const instance = (body: string, atMs: number, observedMs: number): WriteBatch => ({
      id: body,
      parts: [packRows('alert_instances', [{ key: 'a', atMs, observedMs, body }])],
    });
    const monitor = storeOptions(temporaryFolder(), 'monitor');
    const monitorStore = await openTestStore(monitor);
    const states = ['new', 'old', 'a clock set back', 'observed from nothing'];
    const times = [
      [T0 + 1, 10],
      [T0, 9],
      [T0, 11],
      [T0 + 2, 0],
    ] as const;
    for (const [index, [atMs, observedMs]] of times.entries()) {
      const { changed } = await monitorStore.write(instance(states[index] ?? '', atMs, observedMs));
      expect(changed).toBe(index < 2 ? 0 : 1);
    }
    await monitorStore.close();
    expect(query(monitor.file, 'SELECT body FROM alert_instances')).toEqual([{ body: 'observed from nothing' }]);
  });

  it('remembers when a pool was first seen, last seen and last changed', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('a', [pool(1)]));
    await store.write(poolBatch('b', [pool(1, { observedAtMs: T0 + 1, reserveUsd: '1' })]));
    await store.write(poolBatch('c', [pool(1, { observedAtMs: T0 + 2, reserveUsd: '1' })]));
    await store.close();
    expect(query(options.file, 'SELECT first_seen_at_ms f, changed_at_ms c, observed_at_ms o FROM pools')).toEqual([
      { f: T0, c: T0 + 1, o: T0 + 2 },
    ]);
  });
});

describe('writing candles', () => {
  it('stores a bar once, tells a corrected bar from a repeated one, and keeps a count per series', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const bars = Array.from({ length: 50 }, (_, n) => candle(n));
    expect(await store.write(candleBatch('a', bars))).toMatchObject({ inserted: 50 });
    const again = bars.map((bar) => ({ ...bar, observedAtMs: T0 + 1 }));
    const corrected = { ...again[49], close: '9', poolId: candle(0).poolId } as (typeof bars)[0];
    expect(await store.write(candleBatch('b', [...again.slice(0, 49), corrected, candle(50)]))).toMatchObject({
      inserted: 1,
      changed: 1,
      unchanged: 49,
    });
    await store.close();
    expect(query(options.file, 'SELECT candles FROM candle_series')).toEqual([{ candles: 51 }]);
    expect(query(options.file, 'SELECT count(*) n FROM candles')).toEqual([{ n: 51 }]);
  });

  it('keeps series of one pool apart, and counts those of many batches in one commit', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const minutes = [candle(0), candle(1)];
    const fives = [{ ...candle(0), aggregate: 5 }];
    const ofTheQuote = [{ ...candle(0), side: 'quote' as const }];
    // Sent in one turn: one message, one commit.
    await Promise.all([
      store.write(candleBatch('a', minutes)),
      store.write(candleBatch('b', fives)),
      store.write(candleBatch('c', [...ofTheQuote, candle(2)])),
      store.write(candleBatch('d', [candle(2), candle(3)])),
    ]);
    await store.close();
    expect(query(options.file, 'SELECT aggregate, side, candles FROM candle_series ORDER BY key')).toEqual([
      { aggregate: 1, side: 'base', candles: 4 },
      { aggregate: 5, side: 'base', candles: 1 },
      { aggregate: 1, side: 'quote', candles: 1 },
    ]);
  });
});

const ONE = { turn: 0, slots: 1, untilMs: null };

describe('writing records', () => {
  it('completes a slot that was stored before its run was known', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const slot = { collectorId: 'dexes', slotAtMs: T0, outcome: 'missed', runId: null, detail: 'asleep', ...ONE };
    expect(await store.write({ id: 'a', parts: [packRows('slots', [slot])] })).toMatchObject({ inserted: 1 });
    expect(await store.write({ id: 'b', parts: [packRows('slots', [slot])] })).toMatchObject({ unchanged: 1 });
    const ran = { ...slot, outcome: 'ok', runId: 'run-1', detail: null };
    expect(await store.write({ id: 'c', parts: [packRows('slots', [ran])] })).toMatchObject({ changed: 1 });
    expect(await store.read('slots.recent', { collectorIds: ['dexes'], perCollector: 10 })).toMatchObject([
      { slotAtMs: T0, outcome: 'ok' },
    ]);
  });
});

describe('batches', () => {
  it('stores a repeated batch once and answers it as the first time, also after a restart', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const batch = poolBatch('same', [pool(1), pool(2)]);
    const acks = await Promise.all([store.write(batch), store.write(batch)]);
    expect(acks.map((ack) => ack.inserted)).toEqual([2, 2]);
    expect(await store.write(batch)).toMatchObject({ inserted: 2, unchanged: 0 });
    await store.close();
    const reopened = await openTestStore(options);
    expect(await reopened.write(batch)).toMatchObject({ inserted: 2, unchanged: 0 });
    expect(reopened.status().tables).toContainEqual({ name: 'pools', rows: 2 });
  });

  it('leaves out a row that can never be stored, says why, and stores the rest and the neighbours', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const good = packRows('pools', [pool(1), pool(2)]);
    const bad: SqlValue[] = [...(packRows('pools', [pool(3)]).rows[0] ?? [])];
    bad[1] = null;
    const [mixed, neighbour] = await Promise.all([
      store.write({ id: 'mixed', parts: [{ table: 'pools', rows: [...good.rows, bad] }] }),
      store.write(poolBatch('neighbour', [pool(4)])),
    ]);
    expect(mixed).toMatchObject({
      inserted: 2,
      rejected: [{ table: 'pools', index: 2, code: 'SQLITE_CONSTRAINT_NOTNULL' }],
    });
    expect(mixed.rejected[0]?.reason).toContain('pools.network_id');
    expect(neighbour).toMatchObject({ inserted: 1, rejected: [] });
    const status = await statusWhere(store, ({ tables }) => tables.some((table) => table.rows === 3));
    expect(status).toMatchObject({ rowsRejected: 1, rowsWritten: 3, state: 'ok' });
  });

  it('that break the database’s own rules spoil only themselves, not those they share a commit with', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const db = new Database(options.file);
    db.exec(
      `CREATE TRIGGER spoil BEFORE INSERT ON pools WHEN NEW.name = 'spoil' BEGIN SELECT abs(-9223372036854775807 - 1); END`,
    );
    db.close();
    const results = await Promise.allSettled([
      store.write(poolBatch('first', [pool(1)])),
      store.write(poolBatch('guilty', [pool(2), pool(3, { name: 'spoil' })])),
      store.write(poolBatch('last', [pool(4)])),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await store.close();
    expect(query(options.file, 'SELECT count(*) n FROM pools')).toEqual([{ n: 2 }]);
    expect(query(options.file, 'SELECT count(*) n FROM applied_batches')).toEqual([{ n: 2 }]);
  });

  it('joins batches that wait at the same time into few commits', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await Promise.all(Array.from({ length: 500 }, (_, n) => store.write(poolBatch(`b${n}`, [pool(n)]))));
    expect(store.status().commits).toBeLessThan(20);
  });

  const withValue = (value: unknown): WriteBatch => {
    const { table, rows } = packRows('pools', [pool(1)]);
    const row: unknown[] = [...(rows[0] ?? [])];
    row[4] = value;
    return { id: 'bad', parts: [{ table, rows: [row as SqlValue[]] }] };
  };
  it.each([
    ['NaN', withValue(Number.NaN)],
    ['undefined', withValue(undefined)],
    ['a boolean', withValue(true)],
    ['a date', withValue(new Date())],
    ['an integer beyond 2^53', withValue(2 ** 60)],
    ['too few values', { id: 'short', parts: [{ table: 'pools', rows: [['x']] }] } as WriteBatch],
    ['a table of the other database', { id: 'other', parts: [{ table: 'runs', rows: [] }] } as WriteBatch],
    ['no id', poolBatch('', [pool(1)])],
  ])('refuses a batch with %s before it is queued', async (_, batch) => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await expect(store.write(batch)).rejects.toMatchObject({ code: 'BAD_BATCH' });
    expect(store.status()).toMatchObject({ queuedBatches: 0, commits: 0 });
  });

  it('refuses writes after closing, and finishes what was queued before', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const queued = Array.from({ length: 50 }, (_, n) => store.write(poolBatch(`b${n}`, [pool(n)])));
    await store.close();
    expect(await Promise.all(queued)).toHaveLength(50);
    await expect(store.write(poolBatch('late', [pool(1)]))).rejects.toMatchObject({ code: 'CLOSED' });
    expect(query(options.file, 'SELECT count(*) n FROM pools')).toEqual([{ n: 50 }]);
  });
});

function query(file: string, sql: string): unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}
