// Candles: looks up (or makes) the integer key of a series, then upserts the bar. A bar that says the same again costs no write:
// collectors fetch the same hundreds of closed bars at every run.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { TABLE_COLUMNS } from '../../../shared/contract/tables';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { CHANGED, INSERTED, type RowOutcome, type RowWriter, UNCHANGED } from './rowOutcome';
import { SERIES_COLUMNS, type SeriesKeys } from './seriesKeys';

export class CandleWriter implements RowWriter {
  readonly #keys: SeriesKeys;
  readonly #countCandles: SqliteStatement;
  readonly #upsert: SqliteStatement<number>;
  readonly #insertedBySeries = new Map<number, number>();

  constructor(db: SqliteDatabase, keys: SeriesKeys) {
    // The order below is the travel order; a change there must fail here, not shift values silently.
    const expected = 'poolId timeframe aggregate side currency startsAtS open high low close volume observedAtMs';
    if (TABLE_COLUMNS.candles.join(' ') !== expected)
      throw new Error('the candle statement does not match its columns');
    this.#keys = keys;
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
    const key = this.#keys.keyOf(row);
    const revision = this.#upsert.get(key, ...row.slice(SERIES_COLUMNS));
    if (revision === undefined) return UNCHANGED;
    if (revision > 0) return CHANGED;
    this.#insertedBySeries.set(key, (this.#insertedBySeries.get(key) ?? 0) + 1);
    return INSERTED;
  }

  beforeCommit(): void {
    for (const [key, inserted] of this.#insertedBySeries) this.#countCandles.run(inserted, key);
    this.#insertedBySeries.clear();
  }

  forget(): void {
    this.#keys.forget();
    this.#insertedBySeries.clear();
  }
}
