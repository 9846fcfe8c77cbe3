// How the built-in market is run and collected from: the same market on every first start, at a pace worth watching.
import type { Settings } from '../../shared/domain/settings';
import { startDemoMarket, type DemoMarket } from '../demo/startDemoMarket';

const SEED = 20_250_915;
/** The market moves every five seconds; a longer cache would make its window look asleep. */
const CACHE_TTL_MS = 5_000;

/** The built-in market answers as fast as it is asked; this pace keeps its window lively. */
export const DEMO_CALLS_PER_MINUTE = 240;

export const DEMO_OVERRIDES: Partial<Settings> = {
  networks: [
    { id: 'solana', dexIds: ['raydium', 'pumpswap', 'orca'] },
    { id: 'eth', dexIds: ['uniswap_v3'] },
  ],
  collectors: {
    networks: { intervalMs: 60_000 },
    dexes: { intervalMs: 30_000 },
    top_pools: { intervalMs: 15_000 },
    new_pools: { intervalMs: 15_000 },
    trending: { intervalMs: 30_000 },
    pool_details: { intervalMs: 20_000 },
    token_details: { intervalMs: 20_000 },
    token_infos: { intervalMs: 20_000 },
    ohlcv: { intervalMs: 15_000 },
    trades: { intervalMs: 20_000 },
    watchlist: { intervalMs: 15_000 },
    backfill: { intervalMs: 20_000 },
  },
  topPools: { maxPages: 2, minReserveUsd: 1_000 },
  ohlcv: { pools: 8, bars: [{ timeframe: 'minute', aggregate: 15 }], currency: 'usd', historyDays: 14 },
  watchlist: { autoAdd: { enabled: true, minScore: 75, perDay: 5 } },
};

/** Rejects with a one-line message when the market cannot start. */
export function startDemoProfile(workerFile: string, onFailure: (message: string) => void): Promise<DemoMarket> {
  return startDemoMarket({ workerFile, seed: SEED, port: 0, cacheTtlMs: CACHE_TTL_MS, onFailure });
}
