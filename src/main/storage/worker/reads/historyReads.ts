// Reads by which collectors decide what to ask for next: the past of pools, the last look at launches, what has grown old.
import type { PoolHistoryPoint, PoolReference, TokenReference } from '../../../../shared/contract/reads';
import type { DiscoveryPollRow } from '../../../../shared/domain/poolHistory';
import type { SqliteDatabase } from '../driver';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

export const POOL_REFERENCE = `p.id, p.network_id AS networkId, p.address, p.name, p.base_token_id AS baseTokenId,
  p.quote_token_id AS quoteTokenId`;

/** The latest score of a pool; its key is looked up on the way. */
const LATEST_SCORE = `(SELECT s.score FROM pool_signals s WHERE s.pool_key = k.key ORDER BY s.observed_at_ms DESC LIMIT 1)`;

export function createHistoryReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    'pools.toRevisit': ({ networkIds, createdSinceMs, youngBeforeMs, otherBeforeMs, limit }) => {
      const half = Math.ceil(pageSize(limit) / 2);
      return statements
        .all<PoolReference>(
          `WITH due AS MATERIALIZED (
             SELECT ${POOL_REFERENCE}, ${LATEST_SCORE} AS score
             FROM pools p LEFT JOIN pool_keys k ON k.pool_id = p.id
             WHERE p.network_id IN (SELECT value FROM json_each(?))
               AND ((p.created_at_ms >= ? AND p.observed_at_ms < ?) OR p.observed_at_ms < ?))
           SELECT id, networkId, address, name, baseTokenId, quoteTokenId
             FROM (SELECT * FROM due ORDER BY score DESC NULLS LAST, id LIMIT ?)
           UNION
           SELECT id, networkId, address, name, baseTokenId, quoteTokenId
             FROM (SELECT * FROM due ORDER BY random() LIMIT ?)`,
          [JSON.stringify(networkIds), createdSinceMs, youngBeforeMs, otherBeforeMs, half, half],
        )
        .slice(0, limit);
    },

    'pools.history': ({ poolIds, sinceMs }) =>
      statements.all<PoolHistoryPoint>(
        `SELECT k.pool_id AS poolId, h.observed_at_ms AS observedAtMs, h.volume_usd_h24 AS volumeUsdH24,
           h.reserve_usd AS reserveUsd, h.buys_h24 AS buysH24, h.sells_h24 AS sellsH24
         FROM pool_keys k JOIN pool_snapshots h ON h.pool_key = k.key
         WHERE k.pool_id IN (SELECT value FROM json_each(?)) AND h.observed_at_ms >= ?
         ORDER BY h.pool_key, h.observed_at_ms`,
        [JSON.stringify(poolIds), sinceMs],
      ),

    'discovery.last': ({ networkId }) =>
      statements.get<DiscoveryPollRow>(
        `SELECT ${selectList('discovery_polls', 'd')} FROM discovery_polls d
         WHERE d.network_id = ? ORDER BY d.observed_at_ms DESC LIMIT 1`,
        [networkId],
      ) ?? null,

    'tokens.due': ({ about, networkIds, observedBeforeMs, limit }) =>
      statements.all<TokenReference>(
        `WITH worth AS (
           SELECT id, max(usd) AS usd FROM (
             SELECT base_token_id AS id, CAST(reserve_usd AS REAL) AS usd FROM pools
             UNION ALL SELECT quote_token_id, CAST(reserve_usd AS REAL) FROM pools)
           GROUP BY id)
         SELECT t.id, t.network_id AS networkId, t.address
         FROM tokens t LEFT JOIN ${about} a ON a.id = t.id LEFT JOIN worth w ON w.id = t.id
         WHERE t.network_id IN (SELECT value FROM json_each(?)) AND (a.id IS NULL OR a.observed_at_ms < ?)
         ORDER BY a.id IS NOT NULL, w.usd DESC NULLS LAST, t.id LIMIT ?`,
        [JSON.stringify(networkIds), observedBeforeMs, pageSize(limit)],
      ),

    'trades.newest': ({ poolIds }) =>
      statements.all<{ poolId: string; blockAtMs: number }>(
        `SELECT poolId, blockAtMs FROM (
           SELECT k.pool_id AS poolId, (SELECT max(t.block_at_ms) FROM trades t WHERE t.pool_key = k.key) AS blockAtMs
           FROM pool_keys k WHERE k.pool_id IN (SELECT value FROM json_each(?)))
         WHERE blockAtMs IS NOT NULL`,
        [JSON.stringify(poolIds)],
      ),
  };
}
