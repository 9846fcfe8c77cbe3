// Every collector, in the order in which the window lists them and the first runs start: each feeds the next.
import { backfillCollector } from './backfill';
import type { Collector } from './collector';
import { dexesCollector } from './dexes';
import { networksCollector } from './networks';
import { newPoolsCollector } from './newPools';
import { ohlcvCollector } from './ohlcv';
import { poolDetailsCollector } from './poolDetails';
import { tokenDetailsCollector } from './tokenDetails';
import { tokenInfosCollector } from './tokenInfos';
import { topPoolsCollector } from './topPools';
import { tradesCollector } from './trades';
import { trendingCollector } from './trending';
import { watchlistCollector } from './watchlist';

export function createCollectors(): readonly Collector[] {
  return [
    networksCollector,
    dexesCollector,
    topPoolsCollector,
    newPoolsCollector,
    trendingCollector,
    watchlistCollector,
    ohlcvCollector,
    backfillCollector,
    tradesCollector,
    poolDetailsCollector,
    tokenDetailsCollector,
    tokenInfosCollector,
  ];
}
