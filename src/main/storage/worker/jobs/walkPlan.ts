// How the rows of each table are asked for in the order of their key, in the form in which rows travel. Asks the file itself which
// columns it has: one that an older schema lacks is NULL.
import { TABLE_COLUMNS, type TableName } from '../../../../shared/contract/tables';
import { columnName } from '../columnName';
import type { SqliteDatabase } from '../driver';
import { KEY_TABLES, ownerOf } from './keyTables';
import type { KeyTable } from './recognise';

export interface WalkPlan {
  /** The SQL name of what is walked. */
  readonly source: string;
  /** One expression per travel column; of rows that hang on a number, that number stands for the first ones. */
  readonly columns: readonly string[];
  /** A single whole number (the row id), or the columns of the primary key. */
  readonly key: readonly string[];
  /** The table that says what the first column means; null when it means itself. */
  readonly owner: KeyTable | null;
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

/** Null when the file has no such table. */
export function walkPlan(db: SqliteDatabase, table: TableName): WalkPlan | null {
  const columns = db.pragma(`table_info(${table})`) as readonly Column[];
  if (columns.length === 0) return null;
  const present = columns.map(({ name }) => name);
  const owner = ownerOf(present);
  const travelling = TABLE_COLUMNS[table].map(columnName);
  const wanted = owner
    ? [KEY_TABLES[owner].pointer, ...travelling.slice(KEY_TABLES[owner].columns.length)]
    : travelling;
  const primaryKey = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return {
    source: table,
    columns: wanted.map((column) => (present.includes(column) ? column : 'NULL')),
    key: hasRowIds(db, table) ? ['rowid'] : primaryKey.map(({ name }) => name),
    owner,
  };
}

export function keyTablePlan(table: KeyTable): WalkPlan {
  return { source: table, columns: ['key', ...KEY_TABLES[table].columns], key: ['rowid'], owner: null };
}

function hasRowIds(db: SqliteDatabase, table: string): boolean {
  const row = db.prepare<[string], number>('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table);
  return row === 0;
}
