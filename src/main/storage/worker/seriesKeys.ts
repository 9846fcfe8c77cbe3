// The small integer that stands for a candle series. Looks it up, or makes one.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { copyOf } from '../common/rowsOnTheWire';
import type { SqliteDatabase, SqliteStatement } from './driver';

/** Pool, timeframe, aggregate, side, currency: the first travel columns of whatever hangs on a series. */
export const SERIES_COLUMNS = 5;

/** About 5 MB of remembered keys at most. */
const REMEMBERED_SERIES = 50_000;

interface KnownSeries {
  readonly series: readonly SqlValue[];
  readonly key: number;
}

export class SeriesKeys {
  readonly #find: SqliteStatement<number>;
  readonly #add: SqliteStatement<number>;
  /** By pool, which has a few: a text made of all columns would have to be made and hashed for every bar. */
  readonly #ofPools = new Map<SqlValue, KnownSeries[]>();
  #remembered = 0;

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

  /** @param row whose first columns are the series */
  keyOf(row: readonly SqlValue[]): number {
    for (const known of this.#ofPools.get(row[0] ?? null) ?? []) if (isOf(row, known.series)) return known.key;
    const series = row.slice(0, SERIES_COLUMNS);
    const key = this.#find.get(...series) ?? this.#add.get(...series);
    if (key === undefined) throw new Error('a new candle series has no key');
    this.#remember(series, key);
    return key;
  }

  /** The transaction was rolled back: keys made in it are gone. */
  forget(): void {
    this.#ofPools.clear();
    this.#remembered = 0;
  }

  #remember(row: readonly SqlValue[], key: number): void {
    if (this.#remembered >= REMEMBERED_SERIES) this.forget();
    const series = row.map((value) => (typeof value === 'string' ? copyOf(value) : value));
    const [poolId = null] = series;
    const known = this.#ofPools.get(poolId);
    if (known) known.push({ series, key });
    else this.#ofPools.set(poolId, [{ series, key }]);
    this.#remembered += 1;
  }
}

/** The pool is known to be the same. */
function isOf(row: readonly SqlValue[], series: readonly SqlValue[]): boolean {
  for (let column = 1; column < SERIES_COLUMNS; column += 1) if (row[column] !== series[column]) return false;
  return true;
}
