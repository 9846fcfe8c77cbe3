// What a database holds that an older copy of it does not: the answer to "what would I lose by going back?". Reads only.
import type { TableDifference } from '../../common/protocol';
import type { SqliteDatabase } from '../driver';
import { openForReading } from '../open';
import { tableNames } from './checkTables';
import { KEY_TABLE_NAMES, KEY_TABLES, ownerOf } from './keyTables';
import type { KeyTable } from './recognise';
import { type JobSteps, progress } from './steps';

/** Bookkeeping of ours that nobody would miss by itself. */
const BOOKKEEPING: readonly string[] = ['applied_batches', ...KEY_TABLE_NAMES];
/** What tells how new a row is, best first. */
const TIME_COLUMNS = ['observed_at_ms', 'ended_at_ms', 'at_ms', 'slot_at_ms'] as const;

interface Column {
  readonly name: string;
  /** Position in the primary key, from 1; 0 when it is not part of it. */
  readonly pk: number;
}

/** Rows are told apart by what they mean, never by a number that a database gave them itself. */
interface Comparison {
  readonly sameRow: string;
  readonly time: string | null;
}

export function* compareWithCopy(file: string, copy: string): JobSteps<readonly TableDifference[]> {
  const db = openForReading(file);
  try {
    // The schema of the copy may be older: a table that it lacks counts as empty there.
    db.prepare('ATTACH ? AS copy').run(copy);
    const tables = tableNames(db).filter((name) => !BOOKKEEPING.includes(name));
    const known = new Set(db.prepare<[], string>('SELECT name FROM copy.sqlite_schema').pluck().all());
    const differences: TableDifference[] = [];
    for (const [index, name] of tables.entries()) {
      yield progress(`comparing ${name}`, index, tables.length, 'steps');
      differences.push(known.has(name) ? compareTable(db, name) : onlyPresent(db, name));
    }
    return differences;
  } finally {
    db.close();
  }
}

function compareTable(db: SqliteDatabase, name: string): TableDifference {
  const { sameRow, time } = comparisonOf(db, name);
  const isNewer = time === null ? '' : ` AND old.${time} >= now.${time}`;
  const newer = `SELECT count(*) FROM ${source('main', name)} AS now
    WHERE NOT EXISTS (SELECT 1 FROM ${source('copy', name)} AS old WHERE ${sameRow}${isNewer})`;
  return {
    name,
    presentRows: number(db, `SELECT count(*) FROM main.${name}`) ?? 0,
    copyRows: number(db, `SELECT count(*) FROM copy.${name}`) ?? 0,
    newerRows: number(db, newer) ?? 0,
    presentNewestAtMs: newest(db, 'main', name, time),
    copyNewestAtMs: newest(db, 'copy', name, time),
  };
}

function onlyPresent(db: SqliteDatabase, name: string): TableDifference {
  const { time } = comparisonOf(db, name);
  const rows = number(db, `SELECT count(*) FROM main.${name}`) ?? 0;
  const newestAtMs = newest(db, 'main', name, time);
  return {
    name,
    presentRows: rows,
    copyRows: 0,
    newerRows: rows,
    presentNewestAtMs: newestAtMs,
    copyNewestAtMs: null,
  };
}

function comparisonOf(db: SqliteDatabase, name: string): Comparison {
  const columns = db.pragma(`main.table_info(${name})`) as readonly Column[];
  const time = TIME_COLUMNS.find((column) => columns.some((present) => present.name === column)) ?? null;
  const keyColumns = columns.filter(({ pk }) => pk > 0).map((column) => column.name);
  // Trades have row ids; what makes one unique is an index.
  const key = keyColumns.length > 0 ? keyColumns : uniqueColumns(db, name);
  const owner = ownerOf(columns.map((column) => column.name));
  const same = key.map((column) =>
    owner && column === KEY_TABLES[owner].pointer ? sameOwner(owner) : `old.${column} = now.${column}`,
  );
  return { sameRow: same.join(' AND '), time };
}

function uniqueColumns(db: SqliteDatabase, table: string): readonly string[] {
  const indexes = db.pragma(`main.index_list(${table})`) as readonly {
    readonly name: string;
    readonly unique: number;
  }[];
  const unique = indexes.find((index) => index.unique === 1);
  if (!unique) throw new Error(`rows of ${table} cannot be told apart`);
  return (db.pragma(`main.index_info(${unique.name})`) as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** The number that the copy gave to what a number of the present database stands for. */
function sameOwner(owner: KeyTable): string {
  const { columns, pointer } = KEY_TABLES[owner];
  return `old.${pointer} = (SELECT theirs.key FROM main.${owner} AS ours
    JOIN copy.${owner} AS theirs USING (${columns.join(', ')}) WHERE ours.key = now.${pointer})`;
}

function newest(db: SqliteDatabase, schema: string, name: string, time: string | null): number | null {
  return time === null ? null : number(db, `SELECT max(${time}) FROM ${source(schema, name)}`);
}

function source(schema: string, name: string): string {
  return `${schema}.${name}`;
}

function number(db: SqliteDatabase, sql: string): number | null {
  const value = db.prepare(sql).pluck().get();
  return value === null || value === undefined ? null : Number(value);
}
