// The watchlist and the coverage of candle series as they are stored and read.
import { describe, expect, it } from 'vitest';
import { packRows } from '../../src/shared/contract/tables';
import type { CoverageRow } from '../../src/shared/domain/coverage';
import { watched } from '../support/watchBench';
import { signal } from './support/historyRows';
import { candle, pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const START_S = T0 / 1_000;
const SERIES = { poolId: pool(0).id, timeframe: 'minute', aggregate: 1, side: 'base', currency: 'usd' } as const;

function coverage(from: number, to: number, change: Partial<CoverageRow> = {}): CoverageRow {
  const [fromS, toS] = [START_S + 60 * from, START_S + 60 * to];
  return { ...SERIES, fromS, toS, refusedBeforeS: null, newestAtMs: null, observedAtMs: T0, ...change };
}

const bars = (from: number, to: number): { from: number; to: number } => ({
  from: START_S + 60 * from,
  to: START_S + 60 * to,
});

describe('the coverage of a candle series', () => {
  it('unites stretches that come in any order and twice, and keeps refusals', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const rows = [coverage(10, 20), coverage(0, 5), coverage(4, 10), coverage(30, 30, { refusedBeforeS: 7 })];
    expect(await store.write({ id: 'a', parts: [packRows('candle_coverage', rows)] })).toMatchObject({
      inserted: 1,
      changed: 3,
    });
    const again = await store.write({
      id: 'b',
      parts: [packRows('candle_coverage', [coverage(1, 3, { newestAtMs: 9 })])],
    });
    expect(again).toMatchObject({ changed: 0, unchanged: 1 });
    const state = await store.read('candles.state', { series: SERIES, window: bars(0, 40) });
    expect(state).toMatchObject({ coverage: [bars(0, 20)], refused: { beforeS: 7, atMs: T0 }, newestAtMs: 9 });
  });

  it('tells finished bars outside of it from one that was still open when it was seen', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const seenAtMs = T0 + 60_000 * 8 + 30_000;
    await store.write({
      id: 'a',
      parts: [
        packRows('pools', [pool(0)]),
        packRows(
          'candles',
          [1, 5, 6, 8].map((n) => candle(n, { observedAtMs: seenAtMs })),
        ),
        packRows('candle_coverage', [coverage(0, 3)]),
      ],
    });
    const state = await store.read('candles.state', { series: SERIES, window: bars(0, 10) });
    expect(state).toMatchObject({ present: 4, loose: [START_S + 300, START_S + 360], looseBars: 3 });
    const other = { ...SERIES, side: 'quote' } as const;
    expect(await store.read('candles.state', { series: other, window: bars(0, 10) })).toMatchObject({
      coverage: [],
      present: 0,
    });
  });
});

describe('the watchlist', () => {
  it('lists entries with what is known of their pools, also of those that were never collected', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    const unknown = watched({ id: 'eth_0xab', networkId: 'eth', address: '0xab' }, { addedAtMs: 2, active: 0 });
    await store.write(poolBatch('p', [pool(0)]));
    await store.write({ id: 'w', parts: [packRows('watchlist', [watched(pool(0), { addedAtMs: 1 }), unknown])] });
    const all = await store.read('watchlist.list', { activeOnly: false });
    expect(all.map(({ id, poolName }) => [id, poolName])).toEqual([
      [pool(0).id, pool(0).name],
      ['eth_0xab', null],
    ]);
    expect(await store.read('watchlist.list', { activeOnly: true })).toHaveLength(1);
  });

  it('offers pools by their best late score, without those that are or were on it', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await store.write(poolBatch('p', [pool(0), pool(1), pool(2)]));
    const scored = (n: number, score: number, observedAtMs: number) =>
      signal(n, { poolId: pool(n).id, score, observedAtMs, reasons: '["busy"]' });
    const signals = [scored(0, 90, T0), scored(1, 80, T0), scored(1, 85, T0 + 1), scored(2, 95, T0 - 9_999_999)];
    await store.write({
      id: 's',
      parts: [packRows('pool_signals', signals), packRows('watchlist', [watched(pool(0), { active: 0 })])],
    });
    const asked = { minScore: 75, sinceMs: T0 - 1_000, addedSinceMs: 0, limit: 10 };
    expect(await store.read('watchlist.candidates', asked)).toMatchObject({
      candidates: [{ id: pool(1).id, score: 85, reasons: '["busy"]' }],
      autoAdded: 0,
    });
  });
});

describe('the quality of tables', () => {
  it('counts rows, blanks in key fields and the newest observation', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await store.write(poolBatch('p', [pool(0), pool(1, { name: null, observedAtMs: T0 + 5 }), pool(2, { name: '' })]));
    const tables = await store.read('quality.tables', null);
    const pools = tables.find(({ table }) => table === 'pools');
    expect(pools).toMatchObject({ rows: 3, duplicates: 0, newestAtMs: T0 + 5 });
    expect(pools?.fields).toContainEqual({ field: 'name', filled: 1 });
  });
});
