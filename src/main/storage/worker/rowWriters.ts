// One prepared statement per table, built from the column lists that rows travel by. Each stores one row and says what became
// of it. A blank (NULL) never overwrites a value; an older observation never overwrites a newer one.
import type { SqlValue } from '../../../shared/contract/storage';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import type { SqliteDatabase } from './driver';
import { CandleWriter } from './candleWriter';
import { CHANGED, INSERTED, type RowOutcome, type RowWriter, UNCHANGED } from './rowOutcome';
import { columnName } from './columnName';

type Row = readonly SqlValue[];

export function createRowWriters(db: SqliteDatabase, tables: readonly TableName[]): ReadonlyMap<TableName, RowWriter> {
  return new Map(tables.map((table) => [table, createRowWriter(db, table)]));
}

function createRowWriter(db: SqliteDatabase, table: TableName): RowWriter {
  switch (table) {
    case 'dexes':
      return observationWriter(db, table, ['network_id', 'dex_id']);
    case 'tokens':
    case 'pools':
      return observationWriter(db, table, ['id']);
    case 'candles':
      return new CandleWriter(db);
    case 'slots':
      return recordWriter(db, table, ['collector_id', 'slot_at_ms']);
    case 'runs':
      return recordWriter(db, table, ['id']);
    case 'storage_samples':
      return recordWriter(db, table, ['database', 'at_ms']);
  }
}

/** Things seen again and again: keeps when a thing was first seen, last seen, and when one of its values last changed. */
function observationWriter(db: SqliteDatabase, table: TableName, key: readonly string[]): RowWriter {
  const columns = TABLE_COLUMNS[table].map(columnName);
  const values = columns.filter((column) => !key.includes(column) && column !== 'observed_at_ms');
  const merged = values.map((column) => `COALESCE(excluded.${column}, ${table}.${column})`);
  const stored = values.map((column) => `${table}.${column}`);
  const statement = db
    .prepare<unknown[], RowOutcome>(
      `INSERT INTO ${table} (${columns.join(', ')}, first_seen_at_ms, changed_at_ms)
       VALUES (${columns.map(() => '?').join(', ')}, ?, ?)
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET
         ${values.map((column, index) => `${column} = ${merged[index]}`).join(', ')},
         changed_at_ms = CASE WHEN (${merged.join(', ')}) IS NOT (${stored.join(', ')})
           THEN excluded.observed_at_ms ELSE ${table}.changed_at_ms END,
         observed_at_ms = excluded.observed_at_ms
       WHERE excluded.observed_at_ms > ${table}.observed_at_ms
       RETURNING CASE WHEN first_seen_at_ms = observed_at_ms THEN 1 WHEN changed_at_ms = observed_at_ms THEN 2 ELSE 0 END`,
    )
    .pluck();
  const observedAt = columns.indexOf('observed_at_ms');
  return {
    write: (row: Row) => statement.get(...row, row[observedAt], row[observedAt]) ?? UNCHANGED,
  };
}

/** Facts about one moment: written once, at most completed or corrected later. */
function recordWriter(db: SqliteDatabase, table: TableName, key: readonly string[]): RowWriter {
  const columns = TABLE_COLUMNS[table].map(columnName);
  const values = columns.filter((column) => !key.includes(column));
  const merged = values.map((column) => `COALESCE(excluded.${column}, ${table}.${column})`);
  const stored = values.map((column) => `${table}.${column}`);
  const statement = db
    .prepare<unknown[], number>(
      `INSERT INTO ${table} (${columns.join(', ')})
       VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET
         ${values.map((column, index) => `${column} = ${merged[index]}`).join(', ')},
         revision = ${table}.revision + 1
       WHERE (${merged.join(', ')}) IS NOT (${stored.join(', ')})
       RETURNING revision`,
    )
    .pluck();
  return {
    write(row: Row) {
      const revision = statement.get(...row);
      if (revision === undefined) return UNCHANGED;
      return revision === 0 ? INSERTED : CHANGED;
    },
  };
}
