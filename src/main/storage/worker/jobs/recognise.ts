// Which table a row found in a damaged file belongs to. There is no schema to ask, so its shape must tell; where an id repeats
// what other columns say, that must hold, too. Pure.
import type { SqlValue } from '../../../../shared/contract/sqlValue';
import { TABLE_COLUMNS, type TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import { SAMPLE_TIERS } from '../../../../shared/domain/series';
import { rowOfToday } from '../../common/earlierColumns';
import type { RawRecord } from './sqliteRecords';

/** Tables of numbers that other rows hang on: the series of a candle, the pool of everything else. */
export type KeyTable = 'candle_series' | 'pool_keys';

export type Recognised =
  | { readonly kind: 'row'; readonly table: TableName; readonly row: readonly SqlValue[] }
  /** `columns` are the first travel columns of whatever hangs on `key`. */
  | { readonly kind: 'key'; readonly of: KeyTable; readonly key: number; readonly columns: readonly SqlValue[] }
  | {
      readonly kind: 'keyed';
      readonly of: KeyTable;
      readonly key: number;
      readonly table: TableName;
      readonly columns: readonly SqlValue[];
    };

const FIGURES = 'TTTTTTTTTTTTTIIIIII';

/** The shape of stored rows: t text, i whole number, n number; a capital letter may also be NULL. */
const SHAPES = {
  networks: 'tTTiii',
  dexes: 'ttTiii',
  tokens: 'tttTTIiii',
  token_details: 'tttTTTTTTTTTITIiii',
  token_infos: 'tttTTTTTTTTTTTIITIIIITTIiii',
  pools10: 'ttttTTTITTTTTTTTTTIIiii',
  pools: `ttttTTTI${FIGURES}TTiii`,
  pool_keys: 'Xt',
  pool_snapshots: `iit${FIGURES}i`,
  pool_signals: 'iinnnnnnnnttiti',
  discovery_polls: 'tiiiiIIINITi',
  watchlist: 'tttTTTTttitiNTii',
  series: 'Xttitti',
  candles: 'iitttttii',
  trades: 'itiiitttttTTTTTii',
  slots: 'titTTiiIi',
  runs: 'ttiiinttiiiiiiiiTTITi',
  collector_events: 'titTTti',
  storage_samples: 'titiinnnniiii',
  alert_rules: 'tititi',
  alert_instances: 'tinti',
  alert_transitions: 'tttittttiiNttii',
  incidents: 'tiittti',
  incident_events: 'tittti',
  silences: 'tiiti',
  notices: 'tittttiti',
  sample_layouts: 'tti',
  sample_ticks: 'itti',
  sample_seals: 'iii',
  sample_chunks: 'ttitii',
  sample_rollups: 'ttiiti',
  baselines: 'titi',
  deliveries: 'tttTttiiti',
} as const;

/** Before schema 20: a file can be damaged before it was brought up to date. */
const OLD_SHAPES = { slots: 'titTTi', runs: 'ttiiinttiiiiiiiiTTi' } as const;

/** Of monitor.db, told apart by their shapes alone. */
const RECORD_TABLES = [
  'collector_events',
  'alert_rules',
  'alert_instances',
  'alert_transitions',
  'incidents',
  'incident_events',
  'silences',
  'notices',
] as const;

const DECIMAL = /^-?\d+(\.\d+)?$/;

export function recognise(database: DatabaseName, { kind, rowid, values }: RawRecord): Recognised | null {
  if (database === 'monitor') return recogniseMonitor(kind, values);
  return kind === 'index' ? recogniseWithoutRowid(values) : recogniseMarketRow(rowid, values);
}

function recogniseWithoutRowid(values: readonly SqlValue[]): Recognised | null {
  if (hasShape(values, SHAPES.candles) && values.slice(2, 7).every(isDecimal)) {
    return keyed('candle_series', 'candles', values);
  }
  if (hasShape(values, SHAPES.pool_snapshots)) return keyed('pool_keys', 'pool_snapshots', values);
  if (hasShape(values, SHAPES.pool_signals)) return keyed('pool_keys', 'pool_signals', values);
  if (hasShape(values, SHAPES.discovery_polls)) return row('discovery_polls', values);
  return hasShape(values, SHAPES.networks) ? row('networks', values) : null;
}

function recogniseMarketRow(rowid: number | null, values: readonly SqlValue[]): Recognised | null {
  if (rowid !== null) {
    if (hasShape(values, SHAPES.series)) {
      return { kind: 'key', of: 'candle_series', key: rowid, columns: values.slice(1, 6) };
    }
    if (hasShape(values, SHAPES.pool_keys)) {
      return { kind: 'key', of: 'pool_keys', key: rowid, columns: values.slice(1) };
    }
  }
  if (hasShape(values, SHAPES.dexes)) return row('dexes', values);
  if (hasShape(values, SHAPES.trades)) return keyed('pool_keys', 'trades', values);
  if (isNamedAfter(values, 2)) {
    for (const table of ['tokens', 'token_details', 'token_infos', 'watchlist'] as const) {
      if (hasShape(values, SHAPES[table])) return row(table, values);
    }
  }
  if (!isNamedAfter(values, 3)) return null;
  // A file from before schema 20 can still be the one that is damaged.
  if (hasShape(values, SHAPES.pools10))
    return { kind: 'row', table: 'pools', row: rowOfToday('pools', values.slice(0, -2)) };
  return hasShape(values, SHAPES.pools) ? row('pools', values) : null;
}

/** Ids are made of the network and an address, which stands at `address`. */
function isNamedAfter(values: readonly SqlValue[], address: number): boolean {
  return values[0] === `${values[1]}_${values[address]}`;
}

function recogniseMonitor(kind: RawRecord['kind'], values: readonly SqlValue[]): Recognised | null {
  if (kind === 'table') {
    if (hasShape(values, SHAPES.runs)) return row('runs', values);
    if (hasShape(values, OLD_SHAPES.runs)) return earlierRow('runs', values);
    if (hasShape(values, SHAPES.sample_chunks)) return row('sample_chunks', values);
    if (hasShape(values, SHAPES.sample_rollups)) return row(rollupTable(Number(values[3])), values);
    if (hasShape(values, SHAPES.deliveries) && isDelivery(values)) return row('deliveries', values);
    const table = RECORD_TABLES.find((name) => hasShape(values, SHAPES[name]));
    return table ? row(table, values) : null;
  }
  if (hasShape(values, SHAPES.slots)) return row('slots', values);
  if (hasShape(values, OLD_SHAPES.slots)) return earlierRow('slots', values);
  if (hasShape(values, SHAPES.storage_samples)) return row('storage_samples', values);
  // The index of chunks has the shape of ticks.
  if (hasShape(values, SHAPES.sample_ticks)) return isArray(values[2]) ? row('sample_ticks', values) : null;
  for (const table of MONITOR_RECORDS) if (hasShape(values, SHAPES[table])) return row(table, values);
  return null;
}

const MONITOR_RECORDS = ['sample_layouts', 'sample_seals', 'baselines'] as const;

function isArray(value: SqlValue | undefined): boolean {
  return typeof value === 'string' && value.startsWith('[');
}

/** Rollups look the same in every tier; the width of a bucket tells them apart, and only days differ among themselves. */
function rollupTable(widthS: number): TableName {
  return SAMPLE_TIERS.find((tier) => tier.id !== 'raw' && tier.widthS === widthS)?.table ?? 'sample_days';
}

/** Keys are made of the notice and the channel. */
function isDelivery([key, channelId, noticeId]: readonly SqlValue[]): boolean {
  return key === `${noticeId}|${channelId}`;
}

function earlierRow(table: TableName, values: readonly SqlValue[]): Recognised {
  return { kind: 'row', table, row: rowOfToday(table, values.slice(0, -1)) };
}

/** What travels comes first in every table; what the database adds itself comes after. */
function row(table: TableName, values: readonly SqlValue[]): Recognised {
  return { kind: 'row', table, row: values.slice(0, TABLE_COLUMNS[table].length) };
}

/** The key stands first, what the database adds itself comes last. */
function keyed(of: KeyTable, table: TableName, values: readonly SqlValue[]): Recognised {
  return { kind: 'keyed', of, key: Number(values[0]), table, columns: values.slice(1, -1) };
}

function hasShape(values: readonly SqlValue[], shape: string): boolean {
  return values.length === shape.length && values.every((value, index) => fits(value, shape[index] ?? ''));
}

function fits(value: SqlValue, letter: string): boolean {
  if (value === null) return letter === letter.toUpperCase();
  const expected = letter.toLowerCase();
  if (expected === 't') return typeof value === 'string';
  if (expected === 'i') return typeof value === 'number' && Number.isSafeInteger(value);
  return expected === 'n' && typeof value === 'number';
}

function isDecimal(value: SqlValue): boolean {
  return typeof value === 'string' && DECIMAL.test(value);
}
