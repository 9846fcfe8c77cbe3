// Stores several client batches in one transaction that is already open. Each batch has a savepoint: what goes wrong with one
// is undone without its neighbours, and a row that can never be stored is left out by name while the rest of its batch goes in.
import type { RejectedRow } from '../../../shared/contract/storage';
import type { TableName } from '../../../shared/contract/tables';
import { AppliedBatches } from './appliedBatches';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { describeError } from '../common/errorClass';
import type { BatchOutcome, BatchResult, WriteEntry } from '../common/protocol';
import { CHANGED, INSERTED, type RowWriter } from './rowOutcome';
import { createRowWriters } from './rowWriters';

export interface PickedEntry extends WriteEntry {
  readonly pickedAtMs: number;
  readonly rowCount: number;
}

export class GroupCommit {
  readonly #db: SqliteDatabase;
  readonly applied: AppliedBatches;
  readonly #writers: ReadonlyMap<TableName, RowWriter>;
  readonly #savepoint: SqliteStatement;
  readonly #release: SqliteStatement;
  readonly #rollbackTo: SqliteStatement;
  readonly #inserted = new Map<TableName, number>();

  constructor(db: SqliteDatabase, tables: readonly TableName[]) {
    this.#db = db;
    this.applied = new AppliedBatches(db);
    this.#writers = createRowWriters(db, tables);
    this.#savepoint = db.prepare('SAVEPOINT batch');
    this.#release = db.prepare('RELEASE batch');
    this.#rollbackTo = db.prepare('ROLLBACK TO batch');
  }

  /** @throws when the transaction as a whole cannot go on; the caller rolls back and calls `rolledBack` */
  execute(entry: PickedEntry): BatchResult {
    const { seq, pickedAtMs } = entry;
    const known = this.applied.find(entry.id);
    if (known) return { seq, pickedAtMs, outcome: known };
    this.#savepoint.run();
    const insertedBefore = new Map(this.#inserted);
    try {
      const outcome = this.#storeRows(entry);
      this.applied.record(entry.id, outcome);
      this.#release.run();
      return { seq, pickedAtMs, outcome };
    } catch (error) {
      const problem = describeError(error);
      if (problem.class !== 'bug' || !this.#db.inTransaction) throw error;
      this.#rollbackTo.run();
      this.#release.run();
      this.#forget();
      this.#inserted.clear();
      insertedBefore.forEach((count, table) => this.#inserted.set(table, count));
      return { seq, pickedAtMs, problem };
    }
  }

  /** The transaction is durable. Returns how many rows each table gained. */
  committed(): ReadonlyMap<TableName, number> {
    this.applied.committed();
    const gained = new Map(this.#inserted);
    this.#inserted.clear();
    return gained;
  }

  rolledBack(): void {
    this.applied.rolledBack();
    this.#inserted.clear();
    this.#forget();
  }

  #storeRows(entry: WriteEntry): BatchOutcome {
    const counts = [0, 0, 0];
    const rejected: RejectedRow[] = [];
    for (const { table, rows } of entry.parts) {
      const writer = this.#writers.get(table);
      if (!writer) throw new Error(`this database has no table ${table}`);
      const insertedBefore = counts[INSERTED] ?? 0;
      for (const [index, row] of rows.entries()) {
        try {
          const outcome = writer.write(row);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
        } catch (error) {
          const problem = describeError(error);
          if (problem.class !== 'data') throw error;
          rejected.push({ table, index, code: problem.code, reason: problem.message });
        }
      }
      writer.finishBatch?.();
      const inserted = (counts[INSERTED] ?? 0) - insertedBefore;
      this.#inserted.set(table, (this.#inserted.get(table) ?? 0) + inserted);
    }
    return { inserted: counts[INSERTED] ?? 0, changed: counts[CHANGED] ?? 0, unchanged: counts[0] ?? 0, rejected };
  }

  #forget(): void {
    for (const writer of this.#writers.values()) writer.forget?.();
  }
}
