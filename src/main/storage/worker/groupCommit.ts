// Stores client batches in a transaction that is already open. A row that can never be stored is left out by name while the
// rest of its batch goes in: a statement that fails undoes only itself. There is no savepoint per batch; it would copy every page
// that is touched, a quarter of the time, for a case that does not happen. See WriteQueue.putBackAlone for when it does.
import type { RejectedRow } from '../../../shared/contract/storage';
import type { TableName } from '../../../shared/contract/tables';
import { AppliedBatches } from './appliedBatches';
import type { SqliteDatabase } from './driver';
import { describeError } from '../common/errorClass';
import type { BatchOutcome, BatchResult, WriteEntry } from '../common/protocol';
import { CHANGED, INSERTED, type RowWriter } from './rowOutcome';
import { createRowWriters } from './rowWriters';

export interface PickedEntry extends WriteEntry {
  readonly pickedAtMs: number;
  readonly rowCount: number;
  /** It may be the one that spoils its neighbours: it gets a transaction of its own. */
  readonly alone: boolean;
}

/** Often enough that nobody takes a large batch for a disk that is silent, seldom enough to cost nothing. */
const ROWS_PER_WORD = 500;

export class GroupCommit {
  readonly applied: AppliedBatches;
  readonly #writers: ReadonlyMap<TableName, RowWriter>;
  readonly #inserted = new Map<TableName, number>();

  constructor(db: SqliteDatabase, tables: readonly TableName[]) {
    this.applied = new AppliedBatches(db);
    this.#writers = createRowWriters(db, tables);
  }

  /**
   * @param onRows called every few hundred rows
   * @throws for anything but a bad row; the caller rolls back and calls `rolledBack`
   */
  execute(entry: PickedEntry, onRows: () => void): BatchResult {
    const { seq, pickedAtMs } = entry;
    const known = this.applied.find(entry.id);
    if (known) return { seq, pickedAtMs, outcome: known };
    const outcome = this.#storeRows(entry, onRows);
    this.applied.record(entry.id, outcome);
    return { seq, pickedAtMs, outcome };
  }

  /** All batches of the transaction are in it. Throws as `execute` does. */
  beforeCommit(): void {
    for (const writer of this.#writers.values()) writer.beforeCommit?.();
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
    for (const writer of this.#writers.values()) writer.forget?.();
  }

  #storeRows(entry: WriteEntry, onRows: () => void): BatchOutcome {
    const counts = [0, 0, 0];
    const rejected: RejectedRow[] = [];
    for (const { table, rows } of entry.parts) {
      const writer = this.#writers.get(table);
      if (!writer) throw new Error(`this database has no table ${table}`);
      const insertedBefore = counts[INSERTED] ?? 0;
      for (const [index, row] of rows.entries()) {
        if (index > 0 && index % ROWS_PER_WORD === 0) onRows();
        try {
          const outcome = writer.write(row);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
        } catch (error) {
          const problem = describeError(error);
          if (problem.class !== 'data') throw error;
          rejected.push({ table, index, code: problem.code, reason: problem.message });
        }
      }
      const inserted = (counts[INSERTED] ?? 0) - insertedBefore;
      this.#inserted.set(table, (this.#inserted.get(table) ?? 0) + inserted);
    }
    return { inserted: counts[INSERTED] ?? 0, changed: counts[CHANGED] ?? 0, unchanged: counts[0] ?? 0, rejected };
  }
}
