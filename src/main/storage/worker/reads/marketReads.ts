// Reads of market.db. Each answers from one or two prepared statements and reads all its rows at once: an open cursor would
// pin the WAL.
import type { PoolReference } from '../../../../shared/contract/reads';
import type { PoolListItem } from '../../../../shared/contract/queries';
import type { CandleRow } from '../../../../shared/domain/market';
import type { SqliteDatabase } from '../driver';
import { POOL_REFERENCE } from './historyReads';
import { countPools, pagePools, pageSize } from './poolList';
import { tableQuality } from './qualityReads';
import type { ReadTable } from './readTable';
import { StatementCache } from './statementCache';
import { createWatchReads } from './watchReads';

export function createMarketReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    ...createWatchReads(db, statements),
    'quality.tables': () => tableQuality(statements),

    'pools.list': (args) => {
      const count = countPools(args.filter);
      const page = pagePools(args);
      // One transaction: the total belongs to the same moment as the page.
      return db.transaction(() => ({
        total: statements.get<{ total: number }>(count.text, count.values)?.total ?? 0,
        items: statements.all<PoolListItem>(page.text, page.values),
      }))();
    },

    'pools.tokenPairs': () =>
      statements.all(
        `SELECT id, base_token_id AS baseTokenId, quote_token_id AS quoteTokenId FROM pools
         WHERE base_token_id IS NOT NULL AND quote_token_id IS NOT NULL`,
        [],
      ),

    'pools.facets': () => {
      const rows = statements.all<{ networkId: string; dexId: string }>(
        'SELECT DISTINCT network_id AS networkId, dex_id AS dexId FROM pools ORDER BY network_id, dex_id',
        [],
      );
      const networks = new Map<string, string[]>();
      for (const { networkId, dexId } of rows) networks.set(networkId, [...(networks.get(networkId) ?? []), dexId]);
      return { networks: [...networks].map(([id, dexIds]) => ({ id, dexIds })) };
    },

    'pools.largest': ({ networkIds, limit }) =>
      statements.all<PoolReference>(
        `SELECT ${POOL_REFERENCE} FROM pools p
         WHERE p.network_id IN (SELECT value FROM json_each(?)) AND p.reserve_usd IS NOT NULL
         ORDER BY CAST(p.reserve_usd AS REAL) DESC, p.id LIMIT ?`,
        [JSON.stringify(networkIds), pageSize(limit)],
      ),

    'candles.series': ({ poolId, timeframe, aggregate, limit }) => ({
      poolId,
      candles: statements
        .all<CandleRow>(
          `SELECT s.pool_id AS poolId, s.timeframe, s.aggregate, s.side, s.currency, c.starts_at_s AS startsAtS,
             c.open, c.high, c.low, c.close, c.volume, c.observed_at_ms AS observedAtMs
           FROM candle_series s JOIN candles c ON c.series_key = s.key
           WHERE s.key = (
             SELECT key FROM candle_series WHERE pool_id = ? AND timeframe = ? AND aggregate = ? AND candles > 0
             ORDER BY side = 'base' DESC, currency = 'usd' DESC LIMIT 1)
           ORDER BY c.starts_at_s DESC LIMIT ?`,
          [poolId, timeframe, aggregate, pageSize(limit)],
        )
        .reverse(),
    }),
  };
}
