// Tables whose numbers stand for what rows travel with: the series of a candle, the pool of its history. Another database may have
// given the same number to something else, so rows of two databases are compared and carried over by what the numbers mean.
import type { KeyTable } from './recognise';

export interface KeyTableForm {
  /** The column by which other tables point here. */
  readonly pointer: string;
  /** What the number stands for; the first travel columns of whatever points here. */
  readonly columns: readonly string[];
}

export const KEY_TABLES: Readonly<Record<KeyTable, KeyTableForm>> = {
  candle_series: { pointer: 'series_key', columns: ['pool_id', 'timeframe', 'aggregate', 'side', 'currency'] },
  pool_keys: { pointer: 'pool_key', columns: ['pool_id'] },
};
export const KEY_TABLE_NAMES = ['candle_series', 'pool_keys'] as const satisfies readonly KeyTable[];

/** The table whose numbers a row with these columns begins with, or null. */
export function ownerOf(columns: readonly string[]): KeyTable | null {
  return KEY_TABLE_NAMES.find((name) => columns.includes(KEY_TABLES[name].pointer)) ?? null;
}
