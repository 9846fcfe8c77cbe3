// How many bytes of a file a row takes, indexes included: estimated from the values of a few rows by the rules of SQLite's record
// format. Measuring the pages themselves would mean to read the whole file.
import type { SqliteDatabase } from '../driver';

const SAMPLED_ROWS = 200;
/** Pages are seldom full: rows that come in order leave them at nine tenths, rows that come anywhere at two thirds. */
const PAGE_FILL = 0.8;
/** Length of the record and of its header, row id or key, and the pointer to the cell. */
const CELL_OVERHEAD = 6;

type Value = number | bigint | string | Buffer | null;

/** On average over some of the first and last rows of the table; 0 when it is empty. */
export function estimatedRowBytes(db: SqliteDatabase, table: string): number {
  const indexes = indexedColumns(db, table);
  const rows = sampledRows(db, table);
  const bytes = rows.map((row) =>
    [Object.keys(row), ...indexes].reduce(
      (sum, columns) => sum + entryBytes(columns.map((name) => row[name] ?? null)),
      0,
    ),
  );
  return rows.length === 0 ? 0 : bytes.reduce((sum, one) => sum + one, 0) / rows.length / PAGE_FILL;
}

function sampledRows(db: SqliteDatabase, table: string): readonly Readonly<Record<string, Value>>[] {
  const half = SAMPLED_ROWS / 2;
  const key = primaryKey(db, table);
  const ends = ['ASC', 'DESC'].map(
    (direction) =>
      `SELECT * FROM (SELECT * FROM ${table} ORDER BY ${key.map((column) => `${column} ${direction}`).join(', ')} LIMIT ${half})`,
  );
  return db.prepare<[], Readonly<Record<string, Value>>>(ends.join(' UNION ALL ')).all();
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

function primaryKey(db: SqliteDatabase, table: string): readonly string[] {
  const columns = db.pragma(`table_info(${table})`) as readonly Column[];
  const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return key.length === 0 ? ['rowid'] : key.map(({ name }) => name);
}

/** The columns of every index that is not the table itself. */
function indexedColumns(db: SqliteDatabase, table: string): readonly (readonly string[])[] {
  const isTable =
    db.prepare<[string], number>('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 1;
  const indexes = db.pragma(`index_list(${table})`) as readonly { readonly name: string; readonly origin: string }[];
  return indexes
    .filter(({ origin }) => !(isTable && origin === 'pk'))
    .map(({ name }) =>
      (db.pragma(`index_info(${name})`) as readonly { readonly name: string }[]).map((column) => column.name),
    );
}

function entryBytes(values: readonly Value[]): number {
  return values.reduce<number>((sum, value) => sum + 1 + valueBytes(value), CELL_OVERHEAD);
}

function valueBytes(value: Value): number {
  if (value === null || value === 0 || value === 1) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'object') return value.length;
  if (typeof value === 'number' && !Number.isInteger(value)) return 8;
  const magnitude = Math.abs(Number(value));
  return INTEGER_LIMITS.find(({ below }) => magnitude < below)?.bytes ?? 8;
}

const INTEGER_LIMITS = [1, 2, 3, 4, 6].map((bytes) => ({ bytes, below: 2 ** (bytes * 8 - 1) }));
