// The promise between whoever has rows and the threads that own a database file.
// Rows travel as arrays of arrays in the column order of `tables.ts`: the cheapest form for structured clone.
import type { Durability } from '../domain/database';
import type { TableName, TableRows } from './tables';

export interface WriteBatch {
  /** Unique for ever: replaying a batch with the same id stores it once. */
  readonly id: string;
  readonly parts: readonly TableRows[];
}

export interface RejectedRow {
  readonly table: TableName;
  /** Position in the batch part. */
  readonly index: number;
  readonly code: string;
  readonly reason: string;
}

/** Monotonic milliseconds since the batch was enqueued; null where a phase did not happen (a spooled batch was not committed). */
export interface BatchTimings {
  readonly pickedMs: number;
  readonly firstTryMs: number | null;
  readonly begunMs: number | null;
  readonly committedMs: number | null;
}

export interface WriteAck {
  readonly batchId: string;
  readonly durability: Durability;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
  readonly timings: BatchTimings;
}
