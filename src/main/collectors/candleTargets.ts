// Which candle series are collected: those of every watched pool, then those of the largest pools, each in every kind of bar that
// the settings name.
import type { PoolReference } from '../../shared/contract/reads';
import { barName, type Series } from '../../shared/domain/bars';
import type { Settings } from '../../shared/domain/settings';
import { followedSide, type WatchlistItem } from '../../shared/domain/watchlist';
import type { CollectContext } from './collector';

export interface CandleTarget {
  readonly series: Series;
  readonly networkId: string;
  readonly poolAddress: string;
  /** For messages, for example "solana / BONK / SOL, 15 minutes". */
  readonly label: string;
  readonly watched: boolean;
}

export async function candleTargets(
  read: CollectContext['read'],
  { networks, ohlcv }: Pick<Settings, 'networks' | 'ohlcv'>,
): Promise<readonly CandleTarget[]> {
  const watched = await read('watchlist.list', { activeOnly: true });
  const networkIds = networks.map(({ id }) => id);
  const largest = ohlcv.pools === 0 ? [] : await read('pools.largest', { networkIds, limit: ohlcv.pools });
  const isWatched = new Set(watched.map(({ id }) => id));
  return [
    ...watched.flatMap((item) => targetsOf(watchedPool(item), sideOf(item), true, ohlcv)),
    ...largest.filter(({ id }) => !isWatched.has(id)).flatMap((pool) => targetsOf(pool, 'base', false, ohlcv)),
  ];
}

function watchedPool({ id, networkId, address, poolName, symbol }: WatchlistItem): NamedPool {
  return { id, networkId, address, name: poolName ?? symbol };
}

/** Of a pool whose quote token is the followed one, the base side would be the price of something else. */
function sideOf(item: WatchlistItem): 'base' | 'quote' {
  return followedSide(item.networkId, item.tokenAddress, item);
}

type NamedPool = Pick<PoolReference, 'id' | 'networkId' | 'address' | 'name'>;

function targetsOf(
  pool: NamedPool,
  side: 'base' | 'quote',
  watched: boolean,
  { bars, currency }: Settings['ohlcv'],
): readonly CandleTarget[] {
  return bars.map((kind) => ({
    series: { poolId: pool.id, timeframe: kind.timeframe, aggregate: kind.aggregate, side, currency },
    networkId: pool.networkId,
    poolAddress: pool.address,
    label: `${pool.networkId} / ${pool.name ?? pool.address}, ${barName(kind)}`,
    watched,
  }));
}
