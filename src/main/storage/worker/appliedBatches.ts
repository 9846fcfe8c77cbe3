// Which batches are stored already, and with what result: a batch that comes a second time (after a crash, out of the spool)
// is answered from here and not stored again. Rows of this table are written in the batch's own transaction.
import type { RejectedRow } from '../../../shared/contract/storage';
import type { SqliteDatabase, SqliteStatement } from './driver';
import type { BatchOutcome } from '../common/protocol';

/** Far more than can be in flight or in doubt at once. */
const REMEMBERED_BATCHES = 20_000;
const PRUNE_EVERY = 1_000;

interface AppliedRow {
  readonly id: string;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: string | null;
}

export class AppliedBatches {
  readonly #insert: SqliteStatement;
  readonly #prune: SqliteStatement;
  readonly #known = new Map<string, BatchOutcome>();
  #recordedThisTransaction: string[] = [];
  #sincePruned = 0;
  /** While set, nothing is forgotten: batches in the spool may be here as well. */
  keepAll = false;

  constructor(db: SqliteDatabase) {
    this.#insert = db.prepare(
      'INSERT INTO applied_batches (id, inserted, changed, unchanged, rejected) VALUES (?, ?, ?, ?, ?)',
    );
    this.#prune = db.prepare(
      `DELETE FROM applied_batches WHERE seq <= (SELECT max(seq) FROM applied_batches) - ${REMEMBERED_BATCHES}`,
    );
    const rows = db
      .prepare<[], AppliedRow>('SELECT id, inserted, changed, unchanged, rejected FROM applied_batches ORDER BY seq')
      .all();
    for (const { id, rejected, ...counts } of rows) {
      this.#known.set(id, { ...counts, rejected: rejected ? (JSON.parse(rejected) as RejectedRow[]) : [] });
    }
  }

  find(id: string): BatchOutcome | undefined {
    return this.#known.get(id);
  }

  /** Must be called inside the batch's transaction. */
  record(id: string, outcome: BatchOutcome): void {
    const rejected = outcome.rejected.length > 0 ? JSON.stringify(outcome.rejected) : null;
    this.#insert.run(id, outcome.inserted, outcome.changed, outcome.unchanged, rejected);
    this.#known.set(id, outcome);
    this.#recordedThisTransaction.push(id);
    this.#sincePruned += 1;
    if (this.#sincePruned < PRUNE_EVERY || this.keepAll) return;
    this.#sincePruned = 0;
    this.#prune.run();
  }

  committed(): void {
    this.#recordedThisTransaction = [];
    if (this.keepAll) return;
    for (const id of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED_BATCHES) return;
      this.#known.delete(id);
    }
  }

  rolledBack(): void {
    for (const id of this.#recordedThisTransaction) this.#known.delete(id);
    this.#recordedThisTransaction = [];
  }
}
