// Every collector, in the order in which the window lists them and the first runs start: each feeds the next.
import type { Collector } from './collector';
import { dexesCollector } from './dexes';
import { ohlcvCollector } from './ohlcv';
import { topPoolsCollector } from './topPools';

export function createCollectors(): readonly Collector[] {
  return [dexesCollector, topPoolsCollector, ohlcvCollector];
}
