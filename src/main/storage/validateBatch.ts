// Refuses what SQLite's binding would store as something else (NaN and undefined become NULL, large integers are rounded) or
// throw on, before a row is queued. Pure.
import type { WriteBatch } from '../../shared/contract/storage';
import type { SqlValue } from '../../shared/contract/sqlValue';
import { TABLE_COLUMNS, type TableName } from '../../shared/contract/tables';
import { DATABASE_TABLES } from './common/databaseTables';
import type { DatabaseName } from '../../shared/domain/database';
import { StorageError } from './store';

/** Returns the number of rows. Throws a StorageError BAD_BATCH that names the first offending place. */
export function validateBatch(database: DatabaseName, batch: WriteBatch): number {
  if (typeof batch.id !== 'string' || batch.id === '') throw bad('a batch needs an id');
  let rowCount = 0;
  for (const { table, rows } of batch.parts) {
    if (!DATABASE_TABLES[database].includes(table))
      throw bad(`the ${database} database has no table "${String(table)}"`);
    const columns = TABLE_COLUMNS[table];
    rowCount += rows.length;
    for (const [index, row] of rows.entries()) {
      if (row.length !== columns.length) {
        throw bad(`${table} row ${index} has ${row.length} values, ${columns.length} expected`);
      }
      for (let column = 0; column < row.length; column += 1) {
        if (!isStorable(row[column])) throw badValue(table, index, columns[column] ?? '?', row[column]);
      }
    }
  }
  return rowCount;
}

/** For rows that nobody has validated, as those of a damaged file. */
export function isStorableRow(row: readonly SqlValue[]): boolean {
  return row.every(isStorable);
}

function isStorable(value: SqlValue | undefined): boolean {
  if (typeof value === 'string' || value === null) return true;
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return !Number.isInteger(value) || Number.isSafeInteger(value);
}

function badValue(table: TableName, index: number, column: string, value: unknown): StorageError {
  return bad(`${table} row ${index}: ${column} cannot be stored as ${typeof value} ${String(value)}`);
}

function bad(message: string): StorageError {
  return new StorageError('BAD_BATCH', message);
}
