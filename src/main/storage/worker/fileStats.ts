// Sizes on disk and rows per table. Rows are counted once at opening and then by what was inserted: counting millions of rows
// after every commit would cost more than the commit. Only `stat`, never opens the files: closing one would drop SQLite's locks.
import { statSync } from 'node:fs';
import type { TableName } from '../../../shared/contract/tables';
import type { SqliteDatabase } from './driver';
import type { FileStats } from '../common/protocol';

export class RowCounts {
  readonly #counts: Map<TableName, number>;

  constructor(db: SqliteDatabase, tables: readonly TableName[]) {
    this.#counts = new Map(tables.map((table) => [table, countRows(db, table)]));
  }

  add(gained: ReadonlyMap<TableName, number>): void {
    for (const [table, rows] of gained) this.#counts.set(table, (this.#counts.get(table) ?? 0) + rows);
  }

  stats(file: string): FileStats {
    return {
      tables: [...this.#counts].map(([name, rows]) => ({ name, rows })),
      sizeBytes: sizeOf(file),
      walBytes: sizeOf(`${file}-wal`),
    };
  }
}

function countRows(db: SqliteDatabase, table: TableName): number {
  // The series keep their own counts; the candles themselves can be millions.
  const sql =
    table === 'candles' ? 'SELECT coalesce(sum(candles), 0) FROM candle_series' : `SELECT count(*) FROM ${table}`;
  return Number(db.prepare(sql).pluck().get());
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
