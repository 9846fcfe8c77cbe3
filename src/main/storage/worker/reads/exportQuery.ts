// SQL of an export: one statement over the whole range, in the order of the primary key or of the window's list. Columns carry
// what a file needs to know about them: heading and kind.
import type { ExportSubject, RowRange } from '../../../../shared/contract/exports';
import { TABLE_COLUMNS, type TableName } from '../../../../shared/contract/tables';
import { assertNever } from '../../../../shared/util/assertNever';
import { columnName } from '../columnName';
import { listPools, type Sql } from './poolList';

/**
 * `stored`: as its column is declared. `decimals`: several price columns joined by commas in SQL, so that one string instead of
 * five crosses into JavaScript.
 */
export interface ExportColumn {
  readonly heading: string;
  readonly kind: 'stored' | 'timeMs' | 'timeS' | 'decimals';
}

interface SqlColumn extends ExportColumn {
  readonly sql: string;
}

export interface ExportQuery {
  /** Null where all rows come from one statement; else the series, each with its key and what all its rows share. */
  readonly groups: Sql | null;
  readonly lead: readonly ExportColumn[];
  readonly columns: readonly ExportColumn[];
  /** With groups, the first parameter is the group's key. */
  readonly rows: Sql;
  readonly count: Sql;
}

export class ExportRefusal extends Error {
  readonly code = 'BAD_EXPORT';
}

/** @param joined CSV only: see `decimals` @throws ExportRefusal when the table has no column for a limit */
export function exportQuery(subject: ExportSubject, joined: boolean): ExportQuery {
  switch (subject.kind) {
    case 'pools':
      return poolQuery(subject);
    case 'candles':
      return candleQuery(subject.range, [subject.timeframe, subject.aggregate], joined);
    case 'table':
      return subject.table === 'candles'
        ? candleQuery(subject.range, null, joined)
        : tableQuery(subject.table, subject.range);
    default:
      return assertNever(subject);
  }
}

const POOL_COLUMNS: readonly SqlColumn[] = [
  { heading: 'pool_id', kind: 'stored', sql: 'p.id' },
  { heading: 'network', kind: 'stored', sql: 'p.network_id' },
  { heading: 'dex', kind: 'stored', sql: 'p.dex_id' },
  { heading: 'address', kind: 'stored', sql: 'p.address' },
  { heading: 'name', kind: 'stored', sql: 'p.name' },
  { heading: 'base_symbol', kind: 'stored', sql: 'b.symbol' },
  { heading: 'quote_symbol', kind: 'stored', sql: 'q.symbol' },
  // Identity and names are told by the columns above; everything measured follows as it is stored.
  ...TABLE_COLUMNS.pools.slice(TABLE_COLUMNS.pools.indexOf('createdAtMs')).map((property) => columnOf(property, 'p')),
];

function poolQuery({ filter, sortBy, descending }: Extract<ExportSubject, { kind: 'pools' }>): ExportQuery {
  const { rows, count } = listPools({ filter, sortBy, descending }, POOL_COLUMNS.map(({ sql }) => sql).join(', '));
  return { groups: null, lead: [], columns: POOL_COLUMNS, rows, count };
}

/** What a pool has many of hangs on a number instead of its id. */
const POOL_OF_KEY = 'k.pool_id';

/** Where a table keeps the time and the pool that a range speaks of; what is not here cannot be limited. */
const RANGE_COLUMNS: Readonly<Partial<Record<TableName, { readonly time?: string; readonly pool?: string }>>> = {
  networks: { time: 't.observed_at_ms' },
  dexes: { time: 't.observed_at_ms' },
  tokens: { time: 't.observed_at_ms' },
  token_details: { time: 't.observed_at_ms' },
  token_infos: { time: 't.observed_at_ms' },
  pools: { time: 't.observed_at_ms', pool: 't.id' },
  pool_snapshots: { time: 't.observed_at_ms', pool: POOL_OF_KEY },
  pool_signals: { time: 't.observed_at_ms', pool: POOL_OF_KEY },
  discovery_polls: { time: 't.observed_at_ms' },
  trades: { time: 't.block_at_ms', pool: POOL_OF_KEY },
  slots: { time: 't.slot_at_ms' },
  runs: { time: 't.started_at_ms' },
  storage_samples: { time: 't.at_ms' },
};

function tableQuery(table: TableName, range: RowRange): ExportQuery {
  const limits = RANGE_COLUMNS[table] ?? {};
  const isKeyed = limits.pool === POOL_OF_KEY;
  const columns = TABLE_COLUMNS[table].map((property) => ({
    ...columnOf(property, 't'),
    ...(isKeyed && property === 'poolId' ? { sql: POOL_OF_KEY } : {}),
  }));
  const where = rangeConditions(table, range, limits, 1);
  const joins = isKeyed ? 'JOIN pool_keys k ON k.key = t.pool_key' : '';
  const clause = `${joins} ${where.text === '' ? '' : `WHERE ${where.text}`}`;
  return {
    groups: null,
    lead: [],
    columns,
    rows: {
      text: `SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM ${table} t ${clause}`,
      values: where.values,
    },
    count: { text: `SELECT count(*) FROM ${table} t ${clause}`, values: where.values },
  };
}

function columnOf(property: string, alias: string): SqlColumn {
  const name = columnName(property);
  const sql = `${alias}.${name}`;
  if (/(^a|A)tMs$/.test(property)) return { heading: name.replace(/_ms$/, ''), kind: 'timeMs', sql };
  if (property.endsWith('AtS')) return { heading: name.replace(/_s$/, ''), kind: 'timeS', sql };
  return { heading: name, kind: 'stored', sql };
}

const SERIES_COLUMNS: readonly SqlColumn[] = (
  ['poolId', 'timeframe', 'aggregate', 'side', 'currency'] as const satisfies readonly (keyof CandleProperties)[]
).map((property) => columnOf(property, 's'));
const PRICE_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const satisfies readonly (keyof CandleProperties)[];
type CandleProperties = Readonly<Record<(typeof TABLE_COLUMNS.candles)[number], unknown>>;

function candleQuery(range: RowRange, kind: readonly [string, number] | null, joined: boolean): ExportQuery {
  const series = kind ? ['s.timeframe = ? AND s.aggregate = ?', "s.side = 'base'", "s.currency = 'usd'"] : [];
  const values: (string | number)[] = kind ? [...kind] : [];
  if (range.poolIds !== null) {
    series.push('s.pool_id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(range.poolIds));
  }
  const ofSeries = series.length > 0 ? `WHERE ${series.join(' AND ')}` : '';
  const times = rangeConditions('candles', { ...range, poolIds: null }, { time: 'c.starts_at_s' }, 1_000);
  const ofTimes = times.text === '' ? '' : `AND ${times.text}`;
  const prices: readonly SqlColumn[] = joined
    ? [
        {
          heading: PRICE_COLUMNS.join(','),
          kind: 'decimals',
          sql: `concat_ws(',', ${PRICE_COLUMNS.map((name) => `c.${name}`).join(', ')})`,
        },
      ]
    : PRICE_COLUMNS.map((name) => columnOf(name, 'c'));
  const columns = [columnOf('startsAtS', 'c'), ...prices, columnOf('observedAtMs', 'c')];
  return {
    groups: {
      text: `SELECT s.key, ${SERIES_COLUMNS.map(({ sql }) => sql).join(', ')} FROM candle_series s ${ofSeries}
        ORDER BY s.pool_id, s.timeframe, s.aggregate, s.side, s.currency`,
      values,
    },
    lead: SERIES_COLUMNS,
    columns,
    rows: {
      text: `SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM candles c WHERE c.series_key = ? ${ofTimes} ORDER BY c.starts_at_s`,
      values: times.values,
    },
    // With a range this is an upper limit: counting the rows would read them all twice.
    count: { text: `SELECT coalesce(sum(s.candles), 0) FROM candle_series s ${ofSeries}`, values },
  };
}

function rangeConditions(
  table: TableName,
  { poolIds, fromMs, toMs }: RowRange,
  columns: { readonly time?: string; readonly pool?: string },
  unitMs: number,
): Sql {
  const text: string[] = [];
  const values: (string | number)[] = [];
  if (poolIds !== null) {
    if (columns.pool === undefined) throw new ExportRefusal(`The table ${table} cannot be limited to pools.`);
    text.push(`${columns.pool} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(poolIds));
  }
  for (const [limit, sign] of [
    [fromMs, '>='],
    [toMs, '<'],
  ] as const) {
    if (limit === null) continue;
    if (columns.time === undefined) throw new ExportRefusal(`The table ${table} cannot be limited to a time.`);
    text.push(`${columns.time} ${sign} ?`);
    values.push(Math.ceil(limit / unitMs));
  }
  return { text: text.join(' AND '), values };
}
