// SQL of the filtered, sorted pool list: by page for the window, by keyset for walks over everything.
// Missing sort values come last in both directions; the id breaks ties, so the order is total.
import type { PoolCursor, ReadArgs } from '../../../../shared/contract/reads';
import type { PoolFilter, PoolListItem, PoolSortColumn } from '../../../../shared/contract/queries';
import { selectList } from './selectList';

export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

export interface WalkedPool extends PoolListItem {
  readonly sortValue: string | number | null;
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

export function pagePools(args: ReadArgs<'pools.list'>): Sql {
  const where = conditions(args.filter);
  return {
    text: `SELECT ${ITEM_COLUMNS} FROM pools p ${JOINS} ${whereClause(where.text)} ${order(args.sortBy, args.descending)} LIMIT ? OFFSET ?`,
    values: [...where.values, pageSize(args.limit), Math.max(0, args.offset)],
  };
}

export function walkPools(args: ReadArgs<'pools.walk'>): Sql {
  const where = conditions(args.filter);
  const after = args.after ? afterCursor(args.sortBy, args.descending, args.after) : { text: [], values: [] };
  const sort = SORT_EXPRESSIONS[args.sortBy];
  return {
    text: `SELECT ${ITEM_COLUMNS}, ${sort} AS sortValue FROM pools p ${JOINS} ${whereClause([...where.text, ...after.text])} ${order(args.sortBy, args.descending)} LIMIT ?`,
    values: [...where.values, ...after.values, pageSize(args.limit)],
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

function afterCursor(sortBy: PoolSortColumn, descending: boolean, { sortValue, id }: PoolCursor): Conditions {
  const sort = SORT_EXPRESSIONS[sortBy];
  if (sortValue === null) return { text: [`${sort} IS NULL`, 'p.id > ?'], values: [id] };
  const beyond = descending ? '<' : '>';
  return {
    text: [`(${sort} ${beyond} ? OR (${sort} = ? AND p.id > ?) OR ${sort} IS NULL)`],
    values: [sortValue, sortValue, id],
  };
}

function order(sortBy: PoolSortColumn, descending: boolean): string {
  return `ORDER BY ${SORT_EXPRESSIONS[sortBy]} ${descending ? 'DESC' : 'ASC'} NULLS LAST, p.id`;
}

function whereClause(parts: readonly string[]): string {
  return parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
}
