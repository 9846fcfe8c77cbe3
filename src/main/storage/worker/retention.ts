// Deletes what is older than somebody wants to keep, on a stopwatch: each slice is a transaction of its own between two commits,
// made of steps so small that it ends when its time is used up, however slow the machine and however many partitions it meets.
import type { TableName } from '../../../shared/contract/tables';
import type { RetentionCut, RetentionFigures } from '../common/protocol';
import { nowMs } from '../common/stopwatch';
import type { SqliteDatabase } from './driver';
import { nextPartition, type Partition, type Partitioning, PARTITIONINGS } from './partitionings';
import { stepWithin } from './timeBudget';

/** What a slice may cost the queue behind it, commit included. */
export const SLICE_LIMIT_MS = 20;
/** The rest of the limit is left for the disk and for bad luck. */
const WORK_MS = 6;
/** About a tenth of a millisecond's work, so that the last step hardly prolongs a slice. */
const ROWS_PER_STEP = 25;

/** What one transaction deleted. */
export interface Slice {
  readonly deleted: ReadonlyMap<TableName, number>;
  /** False when nothing is left to delete. */
  readonly hasMore: boolean;
}

export class Retention {
  readonly #cuts: readonly RetentionCut[];
  readonly #now: () => number;
  readonly #deleted = new Map<TableName, number>();
  #cut = 0;
  #partition: Partition | null = null;
  #slices = 0;
  #partitionsDone = 0;
  #longestSliceMs = 0;
  #longestWorkMs = 0;
  #slicesOverLimit = 0;

  /** @param now milliseconds, monotonic */
  constructor(cuts: readonly RetentionCut[], now: () => number = nowMs) {
    this.#cuts = cuts.filter(({ table }) => PARTITIONINGS[table] !== undefined);
    this.#now = now;
  }

  /** Inside a transaction: deletes what can be deleted in a slice's time. */
  deleteSome(db: SqliteDatabase): Slice {
    const deleted = new Map<TableName, number>();
    const hasMore = stepWithin(WORK_MS, () => this.#step(db, deleted), this.#now);
    return { deleted, hasMore };
  }

  /** The slice is durable, or had nothing that must be. */
  ended({ deleted }: Slice, startedAtMs: number, workedAtMs: number): void {
    const tookMs = this.#now() - startedAtMs;
    this.#slices += 1;
    for (const [table, rows] of deleted) add(this.#deleted, table, rows);
    this.#longestSliceMs = Math.max(this.#longestSliceMs, tookMs);
    this.#longestWorkMs = Math.max(this.#longestWorkMs, workedAtMs - startedAtMs);
    if (tookMs > SLICE_LIMIT_MS) this.#slicesOverLimit += 1;
  }

  figures(cancelled: boolean): RetentionFigures {
    return {
      deleted: [...this.#deleted].map(([name, rows]) => ({ name, rows })),
      partitionsDone: this.#partitionsDone,
      slices: this.#slices,
      longestSliceMs: this.#longestSliceMs,
      longestWorkMs: this.#longestWorkMs,
      slicesOverLimit: this.#slicesOverLimit,
      cancelled,
    };
  }

  /** A few rows of the present partition, or the way to the next one. */
  #step(db: SqliteDatabase, deleted: Map<TableName, number>): boolean {
    const cut = this.#cuts[this.#cut];
    const partitioning = cut && PARTITIONINGS[cut.table];
    if (!cut || !partitioning) return false;
    if (this.#partition !== null) {
      const { rows, isDone } = deleteIn(db, cut, partitioning, this.#partition);
      if (rows > 0) add(deleted, cut.table, rows);
      if (!isDone) return true;
      this.#partitionsDone += 1;
    }
    this.#partition = nextPartition(db, cut.table, cut.timeframe, partitioning, this.#partition);
    if (this.#partition === null) this.#cut += 1;
    return true;
  }
}

function deleteIn(
  db: SqliteDatabase,
  cut: RetentionCut,
  { partition, time, unitMs, ended }: Partitioning,
  value: Partition,
): { readonly rows: number; readonly isDone: boolean } {
  const where = [...partition.map((column) => `${column} = ?`), `${time} < ?`, ended ?? 'TRUE'].join(' AND ');
  const before = Math.ceil(cut.beforeMs / unitMs);
  const last = db
    .prepare<unknown[], number>(`SELECT ${time} FROM ${cut.table} WHERE ${where} ORDER BY ${time} LIMIT 1 OFFSET ?`)
    .pluck()
    .get(...value, before, ROWS_PER_STEP - 1);
  // Rows of the same moment go together: never more than a handful.
  const { changes } = db
    .prepare(`DELETE FROM ${cut.table} WHERE ${where}`)
    .run(...value, last === undefined ? before : last + 1);
  if (cut.table === 'candles' && changes > 0) {
    db.prepare('UPDATE candle_series SET candles = candles - ? WHERE key = ?').run(changes, ...value);
  }
  return { rows: changes, isDone: last === undefined };
}

function add(sums: Map<TableName, number>, table: TableName, rows: number): void {
  sums.set(table, (sums.get(table) ?? 0) + rows);
}
