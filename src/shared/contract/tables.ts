// Which tables can be written and in which column order rows travel. The writer's statements are built from the same lists.
import type { CandleRow, DexRow, PoolRow, TokenRow } from '../domain/market';

export interface SlotRow {
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly outcome: string;
  readonly runId: string | null;
  readonly detail: string | null;
}

export interface RunRow {
  readonly id: string;
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly trigger: string;
  readonly outcome: string;
  readonly fetched: number;
  readonly valid: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly calls: number;
  readonly throttles: number;
  readonly errorClass: string | null;
  readonly errorMessage: string | null;
}

export interface StorageSampleRow {
  readonly database: string;
  readonly atMs: number;
  readonly state: string;
  readonly commits: number;
  readonly rows: number;
  readonly commitP50Ms: number;
  readonly commitP95Ms: number;
  readonly lockWaitP95Ms: number;
  readonly lockWaitMaxMs: number;
  readonly queuedBatches: number;
  readonly sizeBytes: number;
  readonly walBytes: number;
}

interface RowTypes {
  dexes: DexRow;
  tokens: TokenRow;
  pools: PoolRow;
  candles: CandleRow;
  slots: SlotRow;
  runs: RunRow;
  storage_samples: StorageSampleRow;
}

export type TableName = keyof RowTypes;
export type RowOf<T extends TableName> = RowTypes[T];

/** Property names in travel order. */
export const TABLE_COLUMNS = {
  dexes: ['networkId', 'dexId', 'name', 'observedAtMs'],
  tokens: ['id', 'networkId', 'address', 'symbol', 'name', 'decimals', 'observedAtMs'],
  pools: [
    'id',
    'networkId',
    'dexId',
    'address',
    'name',
    'baseTokenId',
    'quoteTokenId',
    'createdAtMs',
    'basePriceUsd',
    'quotePriceUsd',
    'reserveUsd',
    'fdvUsd',
    'marketCapUsd',
    'volumeUsdH1',
    'volumeUsdH24',
    'changePctM5',
    'changePctH1',
    'changePctH24',
    'buysH24',
    'sellsH24',
    'observedAtMs',
  ],
  candles: [
    'poolId',
    'timeframe',
    'aggregate',
    'side',
    'currency',
    'startsAtS',
    'open',
    'high',
    'low',
    'close',
    'volume',
    'observedAtMs',
  ],
  slots: ['collectorId', 'slotAtMs', 'outcome', 'runId', 'detail'],
  runs: [
    'id',
    'collectorId',
    'slotAtMs',
    'startedAtMs',
    'endedAtMs',
    'durationMs',
    'trigger',
    'outcome',
    'fetched',
    'valid',
    'inserted',
    'changed',
    'unchanged',
    'rejected',
    'calls',
    'throttles',
    'errorClass',
    'errorMessage',
  ],
  storage_samples: [
    'database',
    'atMs',
    'state',
    'commits',
    'rows',
    'commitP50Ms',
    'commitP95Ms',
    'lockWaitP95Ms',
    'lockWaitMaxMs',
    'queuedBatches',
    'sizeBytes',
    'walBytes',
  ],
} as const satisfies { readonly [T in TableName]: readonly (keyof RowTypes[T])[] };

/** What SQLite can bind. NaN, undefined, booleans and dates are refused before the queue: the binding would store NULL or throw. */
export type SqlValue = string | number | null;

export interface TableRows {
  readonly table: TableName;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Packs objects into travel form. */
export function packRows<T extends TableName>(table: T, rows: readonly RowOf<T>[]): TableRows {
  const columns: readonly string[] = TABLE_COLUMNS[table];
  return {
    table,
    rows: rows.map((row) =>
      columns.map((column) => (row as unknown as Readonly<Record<string, SqlValue>>)[column] ?? null),
    ),
  };
}
