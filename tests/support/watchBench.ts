// Collectors over a real client, a real stand-in market and a real database on disk; time moves by hand.
import { join } from 'node:path';
import { backfillCollector } from '../../src/main/collectors/backfill';
import type { Collector } from '../../src/main/collectors/collector';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { systemClock } from '../../src/main/engine/systemClock';
import { runCollector } from '../../src/main/scheduling/collectorRun';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import { createGeckoTerminalClient } from '../../src/main/sources/geckoterminal/client';
import type { MarketSource } from '../../src/main/sources/marketSource';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { packRows } from '../../src/shared/contract/tables';
import type { RunReport } from '../../src/shared/domain/collector';
import type { PoolRow } from '../../src/shared/domain/market';
import type { Settings } from '../../src/shared/domain/settings';
import type { WatchlistRow } from '../../src/shared/domain/watchlist';
import { WORKERS } from './engineBench';
import { FakeClock } from './fakeClock';
import { MemoryLimiterState } from './memoryLimiterState';
import { overTime } from './overTime';
import { requestsAnswered } from './requestsUnderWay';

/** In the middle of a minute, so that the newest bar is open. */
export const START_MS = Date.UTC(2026, 5, 1, 12, 0, 20);

export const WATCH_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  networks: [{ id: 'solana', dexIds: ['raydium'] }],
  topPools: { maxPages: 1, minReserveUsd: 0 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 1, bars: [{ timeframe: 'minute', aggregate: 1 }], historyDays: 3 },
};

export interface WatchBench {
  readonly clock: FakeClock;
  readonly market: MarketServer;
  readonly client: MarketSource;
  readonly store: Store;
  /** Puts a pool that is seldom traded on the watchlist; returns its id. */
  watchQuietPool(): Promise<string>;
  run(collector: Collector, settings?: Settings, signal?: AbortSignal): Promise<RunReport>;
  /** Runs the backfill until nothing is missing; returns the calls that it took. */
  backfillAll(settings?: Settings): Promise<number>;
  close(): Promise<void>;
}

/** A watchlist entry as a person would make it. */
export function watched(
  { id, networkId, address }: Pick<PoolRow, 'id' | 'networkId' | 'address'>,
  change: Partial<WatchlistRow> = {},
): WatchlistRow {
  return {
    id,
    networkId,
    address,
    symbol: null,
    name: null,
    dexId: null,
    tokenAddress: null,
    groups: '[]',
    note: '',
    active: 1,
    addedBy: 'manual',
    addedAtMs: START_MS,
    score: null,
    reasons: null,
    updatedAtMs: START_MS,
    ...change,
  };
}

let storageCalls = 0;

async function counted<T>(call: Promise<T>): Promise<T> {
  storageCalls += 1;
  try {
    return await call;
  } finally {
    storageCalls -= 1;
  }
}

/** Fake time stands still while a request or the database takes real time, however long on a busy machine. */
async function everythingAnswered(): Promise<void> {
  do await requestsAnswered();
  while (storageCalls > 0);
}

/** `folder` keeps the database; a bench that is opened on it again continues there. */
export async function openWatchBench(
  folder: string,
  clock = new FakeClock(START_MS, everythingAnswered),
): Promise<WatchBench> {
  const market = await createMarketServer({
    seed: 7,
    port: 0,
    control: true,
    cacheTtlMs: 0,
    rateLimit: { capacity: 10_000, refillMs: 1 },
    nowMs: () => clock.wallMs(),
  });
  const client = createGeckoTerminalClient({
    baseUrl: market.baseUrl,
    callsPerMinute: 1_000,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
  });
  const store = await openStore({
    name: 'market',
    file: join(folder, 'market.db'),
    spoolDir: folder,
    workers: WORKERS,
    clock: systemClock,
  });
  let runs = 0;
  const run: WatchBench['run'] = (collector, settings = WATCH_SETTINGS, signal = new AbortController().signal) =>
    overTime(
      clock,
      runCollector(
        {
          clock,
          write: (batch) => counted(store.write(batch)),
          context: { client, clock, settings, read: (name, args) => counted(store.read(name, args)) },
          classify: (error) => ({ class: 'internal', message: String(error) }),
          counted: (_, step) => step(),
          countsOf: () => ({ calls: 0, throttles: 0 }),
          isHeldUp: () => false,
        },
        {
          runId: `run-${(runs += 1)}`,
          collector,
          slotAtMs: clock.wallMs(),
          trigger: 'schedule',
          priority: 'normal',
          deadlineMs: Number.POSITIVE_INFINITY,
          signal,
          onStep: () => undefined,
        },
      ),
    );
  return {
    clock,
    market,
    client,
    store,
    run,
    async backfillAll(settings = WATCH_SETTINGS) {
      const before = market.ledger().calls;
      for (;;) {
        const calls = market.ledger().calls;
        await run(backfillCollector, settings);
        if (market.ledger().calls === calls) return calls - before;
      }
    },
    async watchQuietPool() {
      const { items } = await store.read('pools.list', {
        filter: { networkId: 'solana', dexId: null, search: null, minReserveUsd: null },
        sortBy: 'volumeUsdH24',
        descending: false,
        offset: 0,
        limit: 1,
      });
      const [quiet] = items;
      if (!quiet) throw new Error('the market has no pools');
      await store.write({ id: 'watched', parts: [packRows('watchlist', [watched(quiet)])] });
      return quiet.id;
    },
    async close() {
      await store.close();
      await client.close();
      await market.stop();
    },
  };
}
