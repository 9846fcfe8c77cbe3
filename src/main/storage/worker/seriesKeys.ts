// The small integer that stands for a candle series. Looks it up, or makes one.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import type { SqliteDatabase, SqliteStatement } from './driver';

/** Pool, timeframe, aggregate, side, currency: the first travel columns of whatever hangs on a series. */
export const SERIES_COLUMNS = 5;

/** About 5 MB of remembered keys at most. */
const REMEMBERED_SERIES = 50_000;

export class SeriesKeys {
  readonly #find: SqliteStatement<number>;
  readonly #add: SqliteStatement<number>;
  readonly #keys = new Map<string, number>();

  constructor(db: SqliteDatabase) {
    this.#find = db
      .prepare<unknown[], number>(
        'SELECT key FROM candle_series WHERE pool_id = ? AND timeframe = ? AND aggregate = ? AND side = ? AND currency = ?',
      )
      .pluck();
    this.#add = db
      .prepare<unknown[], number>(
        'INSERT INTO candle_series (pool_id, timeframe, aggregate, side, currency) VALUES (?, ?, ?, ?, ?) RETURNING key',
      )
      .pluck();
  }

  keyOf(series: readonly SqlValue[]): number {
    const name = series.join('\u0000');
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.#find.get(...series) ?? this.#add.get(...series);
    if (key === undefined) throw new Error('a new candle series has no key');
    if (this.#keys.size >= REMEMBERED_SERIES) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }

  /** The transaction was rolled back: keys made in it are gone. */
  forget(): void {
    this.#keys.clear();
  }
}
