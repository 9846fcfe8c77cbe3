// What became of one row. Numbers, because SQLite's RETURNING answers them directly.
import type { SqlValue } from '../../../shared/contract/sqlValue';

export const UNCHANGED = 0;
export const INSERTED = 1;
export const CHANGED = 2;
export type RowOutcome = typeof UNCHANGED | typeof INSERTED | typeof CHANGED;

export interface RowWriter {
  /** Throws a SqliteError or TypeError for a row that cannot be stored; nothing of that row is stored then. */
  write(row: readonly SqlValue[]): RowOutcome;
  /** Called once per transaction, at its end: what is counted up over all of its rows is written then. */
  beforeCommit?(): void;
  /** The transaction or the batch was rolled back: forget what was learned since. */
  forget?(): void;
}
