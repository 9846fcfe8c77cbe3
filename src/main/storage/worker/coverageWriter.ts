// Coverage of candle series: unites each stretch with those that are known, so that stretches may come in any order, twice, or
// from two collectors at once. Written in the batch of the bars that it vouches for.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { TABLE_COLUMNS } from '../../../shared/contract/tables';
import { unite } from '../../../shared/util/ranges';
import { rangesOf, rangesText } from '../common/coverageText';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { CHANGED, INSERTED, type RowOutcome, type RowWriter, UNCHANGED } from './rowOutcome';
import { SERIES_COLUMNS, type SeriesKeys } from './seriesKeys';

export class CoverageWriter implements RowWriter {
  readonly #keys: SeriesKeys;
  readonly #find: SqliteStatement<string>;
  readonly #store: SqliteStatement;

  constructor(db: SqliteDatabase, keys: SeriesKeys) {
    const expected = 'poolId timeframe aggregate side currency fromS toS refusedBeforeS newestAtMs observedAtMs';
    if (TABLE_COLUMNS.candle_coverage.join(' ') !== expected)
      throw new Error('the coverage statement does not match its columns');
    this.#keys = keys;
    this.#find = db.prepare<unknown[], string>('SELECT ranges FROM candle_coverage WHERE series_key = ?').pluck();
    this.#store = db.prepare(
      `INSERT INTO candle_coverage (series_key, ranges, refused_before_s, refused_at_ms, newest_at_ms, observed_at_ms)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (series_key) DO UPDATE SET
         ranges = excluded.ranges,
         refused_before_s = COALESCE(excluded.refused_before_s, refused_before_s),
         refused_at_ms = COALESCE(excluded.refused_at_ms, refused_at_ms),
         newest_at_ms = COALESCE(max(excluded.newest_at_ms, newest_at_ms), excluded.newest_at_ms, newest_at_ms),
         observed_at_ms = max(excluded.observed_at_ms, observed_at_ms)`,
    );
  }

  write(row: readonly SqlValue[]): RowOutcome {
    const [fromS, toS, refusedBeforeS = null, newestAtMs = null, observedAtMs = null] = row.slice(SERIES_COLUMNS);
    const key = this.#keys.keyOf(row);
    const known = this.#find.get(key);
    const ranges = rangesText(unite([...rangesOf(known), { from: Number(fromS), to: Number(toS) }]));
    const refusedAtMs = refusedBeforeS === null ? null : observedAtMs;
    this.#store.run(key, ranges, refusedBeforeS, refusedAtMs, newestAtMs, observedAtMs);
    if (known === undefined) return INSERTED;
    // That the same was asked again is noted, but it is no news.
    return ranges === known && refusedBeforeS === null ? UNCHANGED : CHANGED;
  }

  forget(): void {
    this.#keys.forget();
  }
}
