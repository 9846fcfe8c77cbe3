// Candles: looks up (or makes) the integer key of a series, then upserts the bar. A bar that says the same again costs no write:
// collectors fetch the same hundreds of closed bars at every run.
import type { SqlValue } from '../../../shared/contract/storage';
import { TABLE_COLUMNS } from '../../../shared/contract/tables';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { CHANGED, INSERTED, type RowOutcome, type RowWriter, UNCHANGED } from './rowOutcome';

const SERIES_COLUMNS = 5;
/** About 5 MB of remembered keys at most. */
const REMEMBERED_SERIES = 50_000;

export class CandleWriter implements RowWriter {
  readonly #findSeries: SqliteStatement<number>;
  readonly #addSeries: SqliteStatement<number>;
  readonly #countCandles: SqliteStatement;
  readonly #upsert: SqliteStatement<number>;
  readonly #keys = new Map<string, number>();
  readonly #insertedBySeries = new Map<number, number>();

  constructor(db: SqliteDatabase) {
    // The order below is the travel order; a change there must fail here, not shift values silently.
    const expected = 'poolId timeframe aggregate side currency startsAtS open high low close volume observedAtMs';
    if (TABLE_COLUMNS.candles.join(' ') !== expected)
      throw new Error('the candle statement does not match its columns');
    this.#findSeries = db
      .prepare<unknown[], number>(
        'SELECT key FROM candle_series WHERE pool_id = ? AND timeframe = ? AND aggregate = ? AND side = ? AND currency = ?',
      )
      .pluck();
    this.#addSeries = db
      .prepare<unknown[], number>(
        'INSERT INTO candle_series (pool_id, timeframe, aggregate, side, currency) VALUES (?, ?, ?, ?, ?) RETURNING key',
      )
      .pluck();
    this.#countCandles = db.prepare('UPDATE candle_series SET candles = candles + ? WHERE key = ?');
    this.#upsert = db
      .prepare<unknown[], number>(
        `INSERT INTO candles (series_key, starts_at_s, open, high, low, close, volume, observed_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (series_key, starts_at_s) DO UPDATE SET
           open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
           volume = excluded.volume, observed_at_ms = excluded.observed_at_ms, revision = candles.revision + 1
         WHERE excluded.observed_at_ms > candles.observed_at_ms
           AND (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
             IS NOT (candles.open, candles.high, candles.low, candles.close, candles.volume)
         RETURNING revision`,
      )
      .pluck();
  }

  write(row: readonly SqlValue[]): RowOutcome {
    const key = this.#seriesKey(row.slice(0, SERIES_COLUMNS));
    const revision = this.#upsert.get(key, ...row.slice(SERIES_COLUMNS));
    if (revision === undefined) return UNCHANGED;
    if (revision > 0) return CHANGED;
    this.#insertedBySeries.set(key, (this.#insertedBySeries.get(key) ?? 0) + 1);
    return INSERTED;
  }

  finishBatch(): void {
    for (const [key, inserted] of this.#insertedBySeries) this.#countCandles.run(inserted, key);
    this.#insertedBySeries.clear();
  }

  forget(): void {
    this.#keys.clear();
    this.#insertedBySeries.clear();
  }

  #seriesKey(series: readonly SqlValue[]): number {
    const name = series.join('\u0000');
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.#findSeries.get(...series) ?? this.#addSeries.get(...series);
    if (key === undefined) throw new Error('a new candle series has no key');
    if (this.#keys.size >= REMEMBERED_SERIES) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}
