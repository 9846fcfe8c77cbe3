// Which of the original's tables a set of columns is, and how its rows become ours. Columns tell it, not file names: people
// rename files.
import type { TableName } from '../../../shared/contract/tables';
import type { Cells } from '../cells';
import { mapCandle, mapQlibCandle } from './candles';
import type { MapContext } from './mapContext';
import { mapDex, mapPool, mapSnapshot, mapToken } from './names';
import { mapTrade } from './trades';
import { mapWatched } from './watchlist';

export const SOURCE_TABLES = [
  'trades',
  'ohlcv_data',
  'qlib',
  'new_pools_history',
  'pools',
  'tokens',
  'dexes',
  'watchlist',
  'own_records',
] as const;
export type SourceTable = (typeof SOURCE_TABLES)[number];

/** All of the first, at least one of the second, none of the third. Most specific first. */
const SIGNATURES: readonly (readonly [SourceTable, readonly string[], readonly string[], readonly string[]])[] = [
  ['own_records', ['collector_type'], ['collector_type'], []],
  ['own_records', ['discovery_type'], ['discovery_type'], []],
  ['trades', ['pool_id', 'from_token_amount', 'to_token_amount', 'side'], ['id', 'tx_hash'], []],
  ['ohlcv_data', ['pool_id', 'timeframe', 'open_price', 'close_price'], ['timestamp', 'datetime'], []],
  ['qlib', ['datetime', 'symbol', 'open', 'high', 'low', 'close'], ['volume'], []],
  ['new_pools_history', ['pool_id', 'collected_at'], ['reserve_in_usd', 'base_token_price_usd'], []],
  ['watchlist', ['tokenSymbol', 'poolAddress'], ['tokenSymbol'], []],
  ['watchlist', ['pool_id', 'token_symbol'], ['pool_id'], []],
  ['pools', ['id', 'address', 'dex_id'], ['name', 'reserve_usd', 'reserve_in_usd'], []],
  ['tokens', ['symbol', 'decimals'], ['id', 'address'], []],
  ['dexes', ['id', 'name', 'network'], ['id'], ['address', 'symbol']],
];

export interface TableMapper {
  readonly into: TableName;
  readonly map: (cells: Cells, context: MapContext) => object;
  /** What makes a row the same thing as another one. */
  readonly key: readonly string[];
}

export const MAPPERS: Readonly<Record<SourceTable, TableMapper | null>> = {
  trades: { into: 'trades', map: mapTrade, key: ['poolId', 'txHash', 'logIndex'] },
  ohlcv_data: { into: 'candles', map: mapCandle, key: ['poolId', 'timeframe', 'aggregate', 'startsAtS'] },
  qlib: { into: 'candles', map: mapQlibCandle, key: ['poolId', 'timeframe', 'aggregate', 'startsAtS'] },
  new_pools_history: { into: 'pool_snapshots', map: mapSnapshot, key: ['poolId', 'observedAtMs'] },
  pools: { into: 'pools', map: mapPool, key: ['id'] },
  tokens: { into: 'tokens', map: mapToken, key: ['id'] },
  dexes: { into: 'dexes', map: mapDex, key: ['networkId', 'dexId'] },
  watchlist: { into: 'watchlist', map: mapWatched, key: ['id'] },
  own_records: null,
};

export function recogniseTable(columns: readonly string[]): SourceTable | null {
  const present = new Set(columns);
  const found = SIGNATURES.find(
    ([, all, some, none]) =>
      all.every((column) => present.has(column)) &&
      some.some((column) => present.has(column)) &&
      !none.some((column) => present.has(column)),
  );
  return found?.[0] ?? null;
}
