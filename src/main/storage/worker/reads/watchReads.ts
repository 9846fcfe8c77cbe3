// Reads of market.db about the watchlist and about how complete candle series are.
import type { PoolFigureRecord, ReadArgs } from '../../../../shared/contract/reads';
import { barSeconds } from '../../../../shared/domain/bars';
import type { SeriesState } from '../../../../shared/domain/coverage';
import type { WatchCandidate, WatchlistItem } from '../../../../shared/domain/watchlist';
import { type Range, unite, without } from '../../../../shared/util/ranges';
import { rangesOf } from '../../common/coverageText';
import type { SqliteDatabase } from '../driver';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import type { StatementCache } from './statementCache';

const MAX_WATCHED = 5_000;

type WatchReads = Pick<ReadTable, 'candles.state' | 'watchlist.list' | 'watchlist.candidates' | 'pools.figures'>;

export function createWatchReads(db: SqliteDatabase, statements: StatementCache): WatchReads {
  return {
    // One transaction: coverage that was extended between two statements would make bars look left out.
    'candles.state': (args) => db.transaction(() => seriesState(statements, args))(),

    'watchlist.list': ({ activeOnly }) =>
      statements.all<WatchlistItem>(
        `SELECT ${selectList('watchlist', 'w')}, p.name AS poolName, p.base_token_id AS baseTokenId,
           p.quote_token_id AS quoteTokenId, p.base_price_usd AS basePriceUsd, p.quote_price_usd AS quotePriceUsd,
           p.reserve_usd AS reserveUsd, p.volume_usd_h24 AS volumeUsdH24, p.change_pct_h24 AS changePctH24,
           p.created_at_ms AS poolCreatedAtMs, p.observed_at_ms AS poolObservedAtMs
         FROM watchlist w LEFT JOIN pools p ON p.id = w.id
         WHERE w.active >= ? ORDER BY w.added_at_ms, w.id LIMIT ?`,
        [activeOnly ? 1 : 0, MAX_WATCHED],
      ),

    'watchlist.candidates': ({ minScore, sinceMs, addedSinceMs, limit }) => ({
      candidates: statements.all<WatchCandidate>(
        `SELECT p.id, p.network_id AS networkId, p.address, p.dex_id AS dexId, p.base_token_id AS baseTokenId,
           b.symbol, b.name, max(s.score) AS score, s.reasons
         FROM pool_signals s JOIN pool_keys k ON k.key = s.pool_key JOIN pools p ON p.id = k.pool_id
           LEFT JOIN tokens b ON b.id = p.base_token_id
         WHERE s.observed_at_ms >= ? AND s.score >= ? AND NOT EXISTS (SELECT 1 FROM watchlist w WHERE w.id = p.id)
         GROUP BY s.pool_key ORDER BY score DESC, p.id LIMIT ?`,
        [sinceMs, minScore, limit],
      ),
      autoAdded:
        statements.get<{ added: number }>(
          "SELECT count(*) AS added FROM watchlist WHERE added_by = 'auto' AND added_at_ms >= ?",
          [addedSinceMs],
        )?.added ?? 0,
    }),

    'pools.figures': ({ ids }) =>
      statements.all<PoolFigureRecord>(
        `SELECT id, base_price_usd AS basePriceUsd, reserve_usd AS reserveUsd, volume_usd_h24 AS volumeUsdH24,
           observed_at_ms AS observedAtMs
         FROM pools WHERE id IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(ids)],
      ),
  };
}

interface StoredSeries {
  readonly key: number;
  readonly ranges: string | null;
  readonly refusedBeforeS: number | null;
  readonly refusedAtMs: number | null;
  readonly newestAtMs: number | null;
}

function seriesState(statements: StatementCache, { series, window }: ReadArgs<'candles.state'>): SeriesState {
  const stored = statements.get<StoredSeries>(
    `SELECT s.key, c.ranges, c.refused_before_s AS refusedBeforeS, c.refused_at_ms AS refusedAtMs,
       c.newest_at_ms AS newestAtMs
     FROM candle_series s LEFT JOIN candle_coverage c ON c.series_key = s.key
     WHERE s.pool_id = ? AND s.timeframe = ? AND s.aggregate = ? AND s.side = ? AND s.currency = ?`,
    [series.poolId, series.timeframe, series.aggregate, series.side, series.currency],
  );
  const poolCreatedAtMs =
    statements.get<{ createdAtMs: number | null }>('SELECT created_at_ms AS createdAtMs FROM pools WHERE id = ?', [
      series.poolId,
    ])?.createdAtMs ?? null;
  if (!stored)
    return { coverage: [], refused: null, present: 0, loose: [], looseBars: 0, newestAtMs: null, poolCreatedAtMs };
  const coverage = rangesOf(stored.ranges ?? undefined);
  const counted = statements.get<{ present: number }>(
    'SELECT count(*) AS present FROM candles WHERE series_key = ? AND starts_at_s >= ? AND starts_at_s < ?',
    [stored.key, window.from, window.to],
  );
  const { refusedBeforeS, refusedAtMs } = stored;
  return {
    coverage,
    refused: refusedBeforeS === null || refusedAtMs === null ? null : { beforeS: refusedBeforeS, atMs: refusedAtMs },
    present: counted?.present ?? 0,
    ...looseBars(statements, stored.key, barSeconds(series), without(window, coverage)),
    newestAtMs: stored.newestAtMs,
    poolCreatedAtMs,
  };
}

/** Bars in the stretches that were not asked for; a bar that begins before such a stretch and reaches into it counts, too. */
function looseBars(
  statements: StatementCache,
  key: number,
  barS: number,
  stretches: readonly Range[],
): Pick<SeriesState, 'loose' | 'looseBars'> {
  const whole = unite(stretches.map(({ from, to }) => ({ from: Math.floor(from / barS) * barS, to })));
  const bars = whole.flatMap(({ from, to }) =>
    statements.all<{ startsAtS: number; observedAtMs: number }>(
      `SELECT starts_at_s AS startsAtS, observed_at_ms AS observedAtMs FROM candles
       WHERE series_key = ? AND starts_at_s >= ? AND starts_at_s < ? ORDER BY starts_at_s`,
      [key, from, to],
    ),
  );
  const finished = bars.filter(({ startsAtS, observedAtMs }) => observedAtMs >= (startsAtS + barS) * 1_000);
  return { loose: finished.map(({ startsAtS }) => startsAtS), looseBars: bars.length };
}
