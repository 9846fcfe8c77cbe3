// The promise of the whole: what the source served is what the database holds, no more and no less.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../src/main/collectors/collector';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import type { CollectorSlice } from '../../src/shared/contract/snapshot';
import { COLLECTOR_IDS, type CollectorId } from '../../src/shared/domain/collector';
import { parseDecimal } from '../../src/shared/util/decimal';
import { QUICK_SETTINGS, startBench, until, type EngineBench } from '../support/engineBench';

let dir: string;
let market: MarketServer;
let bench: EngineBench | null = null;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-engine-'));
  market = await createMarketServer({
    seed: 7,
    port: 0,
    control: true,
    rateLimit: { capacity: 10_000, refillMs: 1 },
  });
});
afterEach(async () => {
  await bench?.engine.stop();
  bench = null;
  await market.stop();
  rmSync(dir, { recursive: true, force: true });
});

const successes = (id: CollectorId): number =>
  bench?.slots.filter(({ collectorId, outcome }) => collectorId === id && outcome === 'ok').length ?? 0;

async function collectAWhile(): Promise<EngineBench> {
  bench = await startBench(dir, market.baseUrl);
  await until('three successes of every collector', () => COLLECTOR_IDS.every((id) => successes(id) >= 3));
  await bench.engine.scheduler.stop('The test has seen enough.', 10_000);
  return bench;
}

const sliceOf = ({ engine }: EngineBench, collectorId: CollectorId): CollectorSlice | undefined =>
  engine.scheduler.slices().find(({ id }) => id === collectorId);

/** The status tells the rows of tables a moment later. */
const SOON = { timeout: 5_000 };
const rowsOf = ({ engine }: EngineBench): Record<string, number> =>
  Object.fromEntries(engine.market.status().tables.map(({ name, rows }) => [name, rows]));

describe('the engine on the stand-in market', () => {
  it('that cannot be put together leaves no database open behind the lock that it gives back', async () => {
    const faulty: Collector = {
      ...createCollectors()[0]!,
      reachesBackMs: () => {
        throw new Error('the collector is faulty');
      },
    };
    const starting = startBench(dir, market.baseUrl, QUICK_SETTINGS, { collectors: [faulty] });
    await expect(starting).rejects.toThrow('the collector is faulty');
    // SQLite takes the log away with the last connection.
    expect(readdirSync(join(dir, 'profile')).filter((name) => name.includes('.db-'))).toEqual([]);
  });

  it('stores exactly what the server served, value by value, and a second session adds no duplicates', async () => {
    const first = await collectAWhile();
    const { counts } = market.ledger();
    expect(counts.pools).toBeGreaterThan(50);
    await expect.poll(() => rowsOf(first), SOON).toMatchObject(counts);
    await first.engine.stop();

    const second = await collectAWhile();
    const ledger = market.ledger();
    await expect.poll(() => rowsOf(second), SOON).toMatchObject(ledger.counts);
    const { items, total } = await second.engine.market.read('pools.list', {
      filter: { networkId: null, dexId: null, search: null, minReserveUsd: null },
      sortBy: 'reserveUsd',
      descending: true,
      offset: 0,
      limit: 500,
    });
    expect(total).toBe(ledger.counts.pools);
    for (const pool of items) {
      const served = ledger.pools[pool.id];
      expect(pool.basePriceUsd).toBe(parseDecimal(served?.['base_token_price_usd'] as string));
      expect(pool.reserveUsd).toBe(parseDecimal(served?.['reserve_in_usd'] as string));
    }
    const charted = items.find(({ candles }) => candles > 0);
    const { candles } = await second.engine.market.read('candles.series', {
      poolId: charted?.id ?? '',
      timeframe: 'minute',
      aggregate: 15,
      limit: 1_000,
    });
    expect(candles.length).toBeGreaterThan(10);
    for (const { startsAtS, close } of candles) {
      const served = ledger.candles[`${charted?.networkId}/${charted?.address}/minute/15/base/usd/${startsAtS}`];
      expect(close).toBe(parseDecimal(served?.[3] ?? null));
    }
  });

  it('remembers its history and its pauses across a restart', async () => {
    const first = await collectAWhile();
    first.engine.scheduler.pause('dexes', null);
    const ticks = sliceOf(first, 'dexes')?.ticks.length ?? 0;
    await first.engine.stop();
    bench = await startBench(dir, market.baseUrl);
    const [dexes, pools] = [sliceOf(bench, 'dexes'), sliceOf(bench, 'top_pools')];
    expect(dexes).toMatchObject({ health: 'paused' });
    expect(dexes?.ticks.length).toBeGreaterThanOrEqual(ticks);
    expect(pools?.lastRun?.outcome).toBe('ok');
    expect(pools?.streak.successes).toBeGreaterThanOrEqual(3);
    // That needs no market.db: the window has it while that is being opened.
    const { collectors, market: marketThen } = bench.firstPicture;
    expect(collectors?.find(({ id }) => id === 'top_pools')?.lastRun?.outcome).toBe('ok');
    expect(marketThen?.state).toBe('starting');
    expect(bench.engine.market.status().state).not.toBe('starting');
  });

  it('names the fault of a broken source in plain words, and recovers by itself when it is gone', async () => {
    const settings = { ...QUICK_SETTINGS, networks: [{ id: 'solana', dexIds: ['raydium'] }] };
    market.inject({ match: '/dexes?', kind: 'html', times: null, delayMs: 0 });
    bench = await startBench(dir, market.baseUrl, settings);
    await until('a failed run', () => bench?.slots.some(({ outcome }) => outcome === 'failed') ?? false);
    const failed = bench.slots.find(({ outcome }) => outcome === 'failed');
    expect(failed?.run?.error?.class).toBe('malformed');
    expect(failed?.run?.error?.message).toMatch(/web page/);
    market.clearFaults();
    await until('a success', () => successes('dexes') >= 1);
    expect(sliceOf(bench, 'dexes')?.streak.failures).toBe(0);
  });

  it('refuses a profile that is in use, and leaves the first one alone', async () => {
    bench = await startBench(dir, market.baseUrl);
    await expect(startBench(dir, market.baseUrl)).rejects.toThrow('Another Poolwatch');
    await until('rows', () => successes('dexes') >= 1);
  });
});
