// SQL of the filtered, sorted pool list: by page for the window, whole for exports.
// Missing sort values come last in both directions; the id breaks ties, so the order is total.
import type { PoolFilter, PoolListArgs, PoolSortColumn } from '../../../../shared/contract/queries';
import { selectList } from './selectList';

export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

// Decimals are stored as text; as text "9" would sort above "10".
const SORT_EXPRESSIONS: Readonly<Record<PoolSortColumn, string>> = {
  reserveUsd: 'CAST(p.reserve_usd AS REAL)',
  volumeUsdH24: 'CAST(p.volume_usd_h24 AS REAL)',
  basePriceUsd: 'CAST(p.base_price_usd AS REAL)',
  changePctH24: 'CAST(p.change_pct_h24 AS REAL)',
  createdAtMs: 'p.created_at_ms',
  name: 'p.name COLLATE NOCASE',
  observedAtMs: 'p.observed_at_ms',
};

const MAX_PAGE_ROWS = 5_000;

const JOINS = `
  LEFT JOIN dexes d ON d.network_id = p.network_id AND d.dex_id = p.dex_id
  LEFT JOIN tokens b ON b.id = p.base_token_id
  LEFT JOIN tokens q ON q.id = p.quote_token_id`;

const ITEM_COLUMNS = `${selectList('pools', 'p')}, d.name AS dexName, b.symbol AS baseSymbol, q.symbol AS quoteSymbol,
  (SELECT coalesce(sum(s.candles), 0) FROM candle_series s WHERE s.pool_id = p.id) AS candles`;

export function countPools(filter: PoolFilter): Sql {
  const where = conditions(filter);
  // Only a search looks beyond the pools themselves.
  const joins = filter.search ? JOINS : '';
  return { text: `SELECT count(*) AS total FROM pools p ${joins} ${whereClause(where.text)}`, values: where.values };
}

/** Finds the rows of the page first: sorting whole rows, with what hangs on them, took seconds where there are 100,000 pools. */
export function pagePools(args: PoolListArgs): Sql {
  const where = conditions(args.filter);
  const joins = args.filter.search ? JOINS : '';
  const sorted = order(args.sortBy, args.descending);
  return {
    text: `SELECT ${ITEM_COLUMNS} FROM pools p ${JOINS} WHERE p.id IN (
      SELECT p.id FROM pools p ${joins} ${whereClause(where.text)} ${sorted} LIMIT ? OFFSET ?
    ) ${sorted}`,
    values: [...where.values, pageSize(args.limit), Math.max(0, args.offset)],
  };
}

/** The whole list with columns of the caller's choice (p: pools, b and q: their tokens), and how many rows it has. */
export function listPools(
  { filter, sortBy, descending }: Omit<PoolListArgs, 'offset' | 'limit'>,
  columns: string,
): { readonly rows: Sql; readonly count: Sql } {
  const where = conditions(filter);
  return {
    rows: {
      text: `SELECT ${columns} FROM pools p ${JOINS} ${whereClause(where.text)} ${order(sortBy, descending)}`,
      values: where.values,
    },
    count: countPools(filter),
  };
}

export function pageSize(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE_ROWS);
}

interface Conditions {
  readonly text: readonly string[];
  readonly values: readonly (string | number)[];
}

function conditions(filter: PoolFilter): Conditions {
  const text: string[] = [];
  const values: (string | number)[] = [];
  if (filter.networkId !== null) {
    text.push('p.network_id = ?');
    values.push(filter.networkId);
  }
  if (filter.dexId !== null) {
    text.push('p.dex_id = ?');
    values.push(filter.dexId);
  }
  if (filter.minReserveUsd !== null) {
    text.push('CAST(p.reserve_usd AS REAL) >= ?');
    values.push(filter.minReserveUsd);
  }
  if (filter.search) {
    const searched = ['p.name', 'p.address', 'b.symbol', 'q.symbol'];
    text.push(`(${searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    values.push(...searched.map(() => pattern));
  }
  return { text, values };
}

function order(sortBy: PoolSortColumn, descending: boolean): string {
  return `ORDER BY ${SORT_EXPRESSIONS[sortBy]} ${descending ? 'DESC' : 'ASC'} NULLS LAST, p.id`;
}

function whereClause(parts: readonly string[]): string {
  return parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
}
