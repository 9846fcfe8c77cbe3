// Counts the rows of every table of collected data and how many of them have their key fields filled. One pass over each table.
import type { ReadAnswer } from '../../../../shared/contract/reads';
import { KEY_FIELDS } from '../../../../shared/domain/quality';
import { columnName } from '../columnName';
import type { StatementCache } from './statementCache';

/** What tells one row of a table from another. */
const IDENTITIES = {
  networks: ['network_id'],
  dexes: ['network_id', 'dex_id'],
  tokens: ['id'],
  token_details: ['id'],
  pools: ['id'],
  pool_snapshots: ['pool_key', 'observed_at_ms'],
  trades: ['pool_key', 'tx_hash', 'log_index'],
  watchlist: ['id'],
} as const;

/** Duplicates are looked for by sorting; beyond this many rows the tables' own unique keys have to be enough. */
const MAX_COMPARED_ROWS = 200_000;

export function tableQuality(statements: StatementCache): ReadAnswer<'quality.tables'> {
  return [
    ...Object.entries(IDENTITIES).map(([table, identity]) => ofTable(statements, table, identity)),
    candles(statements),
  ];
}

function ofTable(
  statements: StatementCache,
  table: string,
  identity: readonly string[],
): ReadAnswer<'quality.tables'>[number] {
  const fields = KEY_FIELDS[table] ?? [];
  const filled = fields.map((field, index) => `count(nullif(${columnName(field)}, '')) AS f${index}`);
  const time = table === 'watchlist' ? 'updated_at_ms' : 'observed_at_ms';
  const found = statements.get<Readonly<Record<string, number | null>>>(
    `SELECT ${[`count(*) AS total`, `max(${time}) AS newest`, ...filled].join(', ')} FROM ${table}`,
    [],
  );
  const rows = found?.['total'] ?? 0;
  return {
    table,
    rows,
    newestAtMs: found?.['newest'] ?? null,
    duplicates: rows > MAX_COMPARED_ROWS ? 0 : rows - distinct(statements, table, identity),
    fields: fields.map((field, index) => ({ field, filled: found?.[`f${index}`] ?? 0 })),
  };
}

function distinct(statements: StatementCache, table: string, identity: readonly string[]): number {
  const sql = `SELECT count(*) AS total FROM (SELECT DISTINCT ${identity.join(', ')} FROM ${table})`;
  return statements.get<{ total: number }>(sql, [])?.total ?? 0;
}

/** Candles have no field that may be blank, and are too many to look at: their series keep count. */
function candles(statements: StatementCache): ReadAnswer<'quality.tables'>[number] {
  const counted = statements.get<{ total: number | null; newest: number | null }>(
    `SELECT (SELECT sum(candles) FROM candle_series) AS total, (SELECT max(observed_at_ms) FROM candle_coverage) AS newest`,
    [],
  );
  return {
    table: 'candles',
    rows: counted?.total ?? 0,
    newestAtMs: counted?.newest ?? null,
    duplicates: 0,
    fields: [],
  };
}
