import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PoolListArgs } from '../../src/shared/contract/queries';
import { packRows } from '../../src/shared/contract/tables';
import type { PoolRow } from '../../src/shared/domain/market';
import { candle, candleBatch, pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const EVERYTHING = { networkId: null, dexId: null, search: null, minReserveUsd: null };

async function marketWith(pools: readonly PoolRow[]) {
  const store = await openTestStore(storeOptions(temporaryFolder()));
  await store.write(poolBatch('pools', pools));
  return store;
}

function list(change: Partial<PoolListArgs> = {}): PoolListArgs {
  return { filter: EVERYTHING, sortBy: 'reserveUsd', descending: true, offset: 0, limit: 100, ...change };
}

describe('the pool list', () => {
  it('sorts decimals by value, missing values last in both directions', async () => {
    const reserves = ['9', '10', null, '1000000000000.5', '0.00000012'];
    const store = await marketWith(reserves.map((reserveUsd, n) => pool(n, { reserveUsd })));
    const down = await store.read('pools.list', list());
    expect(down.items.map((item) => item.reserveUsd)).toEqual(['1000000000000.5', '10', '9', '0.00000012', null]);
    const up = await store.read('pools.list', list({ descending: false }));
    expect(up.items.map((item) => item.reserveUsd)).toEqual(['0.00000012', '9', '10', '1000000000000.5', null]);
  });

  it('gives each row its names and its number of candles, and the total over all pages', async () => {
    const store = await marketWith([pool(0), pool(1), pool(2)]);
    await store.write({
      id: 'names',
      parts: [
        packRows('dexes', [{ networkId: 'solana', dexId: 'raydium', name: 'Raydium', observedAtMs: T0 }]),
        packRows('tokens', [
          {
            id: 'solana_sol',
            networkId: 'solana',
            address: 'sol',
            symbol: 'SOL',
            name: 'Wrapped',
            decimals: 9,
            observedAtMs: T0,
          },
        ]),
      ],
    });
    await store.write(candleBatch('candles', [candle(0), candle(1), candle(0, { side: 'quote' })]));
    const { total, items } = await store.read('pools.list', list({ limit: 1, offset: 2 }));
    expect(total).toBe(3);
    expect(items).toMatchObject([{ ...pool(0), dexName: 'Raydium', baseSymbol: null, quoteSymbol: 'SOL', candles: 3 }]);
  });

  it.each([
    ['%', 1],
    ['_', 1],
    ['\\', 1],
    ["'; DROP TABLE pools; --", 0],
    ['tok1 /', 1],
    ['', 4],
  ])('searches for %j literally', async (search, found) => {
    const names = ['100 % / SOL', 'a_b / SOL', 'back\\slash', 'TOK1 / SOL'];
    const store = await marketWith(names.map((name, n) => pool(n, { name })));
    const { total, items } = await store.read('pools.list', list({ filter: { ...EVERYTHING, search } }));
    expect([total, items.length]).toEqual([found, found]);
  });

  it('filters by network, DEX and reserve together', async () => {
    const store = await marketWith([0, 1, 2, 3, 4, 5].map((n) => pool(n)));
    const filter = { ...EVERYTHING, networkId: 'solana', dexId: 'raydium', minReserveUsd: 3000 };
    const { items } = await store.read('pools.list', list({ filter }));
    expect(items.map((item) => item.id)).toEqual([pool(4).id, pool(2).id]);
  });
});

describe('other reads', () => {
  it('gives the newest candles, oldest first', async () => {
    const store = await marketWith([pool(0)]);
    await store.write(
      candleBatch(
        'c',
        [3, 1, 2, 0].map((n) => candle(n)),
      ),
    );
    const args = { poolId: pool(0).id, timeframe: 'minute', aggregate: 1, limit: 2 } as const;
    const { candles } = await store.read('candles.series', args);
    expect(candles).toEqual([candle(2), candle(3)]);
  });

  it('gives the largest pools of the named networks', async () => {
    const store = await marketWith([pool(1), pool(2), pool(3, { networkId: 'eth' }), pool(4, { reserveUsd: null })]);
    const largest = await store.read('pools.largest', { networkIds: ['solana', 'bsc'], limit: 10 });
    expect(largest.map((item) => item.id)).toEqual([pool(2).id, pool(1).id]);
  });

  it('refuses a read of the other database', async () => {
    const store = await marketWith([]);
    await expect(store.read('slots.recent', { collectorIds: ['dexes'], perCollector: 1 })).rejects.toThrow(
      /has no read "slots.recent"/,
    );
  });
});

describe('the record of slots and events', () => {
  const slot = { collectorId: 'dexes', outcome: 'ok', runId: null, detail: null, turn: 0, slots: 1, untilMs: null };
  const event = { kind: 'paused', collectorId: 'dexes', host: null, cause: 'Paused by hand.' };

  it('gives slots in the order in which they came, also when the clock was set back between them', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const rows = [
      { ...slot, slotAtMs: T0 + 10 },
      { ...slot, slotAtMs: T0 + 20 },
      { ...slot, slotAtMs: T0 + 10, turn: 1, outcome: 'missed', slots: 3, untilMs: T0 + 12 },
    ];
    await store.write({ id: 'slots', parts: [packRows('slots', rows)] });
    const read = await store.read('slots.recent', { collectorIds: ['dexes', 'ohlcv'], perCollector: 2 });
    expect(read).toMatchObject([
      { slotAtMs: T0 + 20, turn: 0, slots: 1, untilMs: null, expected: true },
      { slotAtMs: T0 + 10, turn: 1, slots: 3, untilMs: T0 + 12, expected: true },
    ]);
  });

  it('gives events newest first, of one collector or of all, and pages back in time', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const rows = [
      { ...event, id: 'a', atMs: T0 },
      { ...event, id: 'b', atMs: T0 + 1, kind: 'resumed' },
      { ...event, id: 'c', atMs: T0 + 2, kind: 'breaker_open', collectorId: null, host: 'api.test' },
    ];
    await store.write({ id: 'events', parts: [packRows('collector_events', rows)] });
    const all = await store.read('events.recent', { collectorId: null, beforeMs: null, limit: 10 });
    expect(all.map(({ kind }) => kind)).toEqual(['breaker_open', 'resumed', 'paused']);
    const own = await store.read('events.recent', { collectorId: 'dexes', beforeMs: T0 + 1, limit: 10 });
    expect(own).toEqual([{ atMs: T0, ...event }]);
  });
});

describe('the reader', () => {
  /** How often this process has the file open. */
  function handlesOn(file: string): number {
    return readdirSync('/proc/self/fd').filter((number) => {
      try {
        return readlinkSync(`/proc/self/fd/${number}`) === file;
      } catch {
        // Closed meanwhile, as the one for this folder is.
        return false;
      }
    }).length;
  }

  it.runIf(process.platform === 'linux').each(['market', 'monitor'] as const)(
    'has %s open before anybody reads, and again when a compaction has replaced the file (Linux only: nothing else tells who has a file open)',
    async (name) => {
      const options = storeOptions(temporaryFolder(), name);
      const store = await openTestStore(options);
      await expect.poll(() => handlesOn(options.file)).toBe(2);
      await store.compact();
      await expect.poll(() => handlesOn(options.file)).toBe(2);
    },
  );
});
