// Which table a row found in a damaged file belongs to. There is no schema to ask, so its shape must tell; where an id repeats
// what other columns say, that must hold, too. Pure.
import type { SqlValue } from '../../../../shared/contract/storage';
import { TABLE_COLUMNS, type TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { RawRecord } from './sqliteRecords';

/** A candle as stored hangs on the number of its series. */
export interface CandleSeries {
  readonly key: number;
  /** Pool, timeframe, aggregate, side, currency: the first travel columns of a candle. */
  readonly columns: readonly SqlValue[];
}

export type Recognised =
  | { readonly kind: 'row'; readonly table: TableName; readonly row: readonly SqlValue[] }
  | { readonly kind: 'series'; readonly series: CandleSeries }
  | { readonly kind: 'candle'; readonly seriesKey: number; readonly columns: readonly SqlValue[] };

/** The shape of stored rows: t text, i whole number, n number; a capital letter may also be NULL. */
const SHAPES = {
  dexes: 'ttTiii',
  tokens: 'tttTTIiii',
  pools: 'ttttTTTITTTTTTTTTTIIiii',
  series: 'Xttitti',
  candles: 'iitttttii',
  slots: 'titTTi',
  runs: 'ttiiinttiiiiiiiiTTi',
  storage_samples: 'titiinnnniiii',
} as const;

const DECIMAL = /^-?\d+(\.\d+)?$/;

export function recognise(database: DatabaseName, { kind, rowid, values }: RawRecord): Recognised | null {
  if (database === 'monitor') return recogniseMonitor(kind, values);
  if (kind === 'index') {
    if (!hasShape(values, SHAPES.candles) || !values.slice(2, 7).every(isDecimal)) return null;
    return { kind: 'candle', seriesKey: Number(values[0]), columns: values.slice(1, -1) };
  }
  if (hasShape(values, SHAPES.series) && rowid !== null) {
    return { kind: 'series', series: { key: rowid, columns: values.slice(1, 6) } };
  }
  if (hasShape(values, SHAPES.dexes)) return row('dexes', values);
  if (hasShape(values, SHAPES.tokens) && values[0] === `${values[1]}_${values[2]}`) return row('tokens', values);
  if (hasShape(values, SHAPES.pools) && values[0] === `${values[1]}_${values[3]}`) return row('pools', values);
  return null;
}

function recogniseMonitor(kind: RawRecord['kind'], values: readonly SqlValue[]): Recognised | null {
  if (kind === 'table') return hasShape(values, SHAPES.runs) ? row('runs', values) : null;
  if (hasShape(values, SHAPES.slots)) return row('slots', values);
  return hasShape(values, SHAPES.storage_samples) ? row('storage_samples', values) : null;
}

/** What travels comes first in every table; what the database adds itself comes after. */
function row(table: TableName, values: readonly SqlValue[]): Recognised {
  return { kind: 'row', table, row: values.slice(0, TABLE_COLUMNS[table].length) };
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
