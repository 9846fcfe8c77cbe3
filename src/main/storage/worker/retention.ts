// Deletes what is older than somebody wants to keep, in slices short enough that no batch notices: one partition after the other,
// each slice a transaction of its own between two commits. How many rows fit a slice is learnt from the slices before.
import type { TableName } from '../../../shared/contract/tables';
import type { RetentionCut, RetentionFigures } from '../common/protocol';
import { nowMs } from '../common/stopwatch';
import type { SqliteDatabase } from './driver';

/** What a slice may cost the queue behind it, commit included. */
export const SLICE_LIMIT_MS = 20;
/** The rest of the limit is left for the disk and for bad luck. */
const AIMED_MS = 6;
const FIRST_ROWS = 50;
const MIN_ROWS = 10;
const MAX_ROWS = 5_000;

interface Partitioning {
  /** The columns before the time in the index in which rows lie in the order of time; none: all rows are one partition. */
  readonly partition: readonly string[];
  readonly time: string;
  readonly unitMs: number;
}

/** Tables that can be cut; all others are kept for ever. */
const PARTITIONINGS: Readonly<Partial<Record<TableName, Partitioning>>> = {
  slots: { partition: ['collector_id', 'turn'], time: 'slot_at_ms', unitMs: 1 },
  runs: { partition: ['collector_id'], time: 'started_at_ms', unitMs: 1 },
  collector_events: { partition: [], time: 'at_ms', unitMs: 1 },
  alert_transitions: { partition: [], time: 'seen_at_ms', unitMs: 1 },
  incident_events: { partition: [], time: 'at_ms', unitMs: 1 },
  notices: { partition: [], time: 'at_ms', unitMs: 1 },
  storage_samples: { partition: ['database'], time: 'at_ms', unitMs: 1 },
  deliveries: { partition: [], time: 'offered_at_ms', unitMs: 1 },
  pool_snapshots: { partition: ['pool_key'], time: 'observed_at_ms', unitMs: 1 },
  pool_signals: { partition: ['pool_key'], time: 'observed_at_ms', unitMs: 1 },
  discovery_polls: { partition: ['network_id'], time: 'observed_at_ms', unitMs: 1 },
  trades: { partition: ['pool_key'], time: 'block_at_ms', unitMs: 1 },
  candles: { partition: ['series_key'], time: 'starts_at_s', unitMs: 1_000 },
};

/** The values of the partition's columns. */
type Partition = readonly (string | number)[];

export interface Slice {
  readonly table: TableName;
  readonly rows: number;
}

export class Retention {
  readonly #cuts: readonly RetentionCut[];
  readonly #deleted = new Map<TableName, number>();
  #cut = 0;
  #partition: Partition | null = null;
  #rowsPerSlice = FIRST_ROWS;
  #slices = 0;
  #partitionsDone = 0;
  #longestSliceMs = 0;
  #longestWorkMs = 0;
  #slicesOverLimit = 0;

  constructor(cuts: readonly RetentionCut[]) {
    this.#cuts = cuts.filter(({ table }) => PARTITIONINGS[table] !== undefined);
  }

  /** Inside a transaction: deletes the next few rows. Null when nothing is left to delete. */
  deleteSome(db: SqliteDatabase): Slice | null {
    for (;;) {
      const cut = this.#cuts[this.#cut];
      const partitioning = cut && PARTITIONINGS[cut.table];
      if (!cut || !partitioning) return null;
      this.#partition ??= nextPartition(db, cut, partitioning, null);
      while (this.#partition !== null) {
        const rows = this.#deleteIn(db, cut, partitioning, this.#partition);
        if (rows > 0) return { table: cut.table, rows };
        this.#partitionsDone += 1;
        this.#partition = nextPartition(db, cut, partitioning, this.#partition);
      }
      this.#cut += 1;
    }
  }

  /** The slice is durable. */
  committed({ table, rows }: Slice, startedAtMs: number, workedAtMs: number): void {
    const tookMs = nowMs() - startedAtMs;
    this.#slices += 1;
    this.#deleted.set(table, (this.#deleted.get(table) ?? 0) + rows);
    this.#longestSliceMs = Math.max(this.#longestSliceMs, tookMs);
    this.#longestWorkMs = Math.max(this.#longestWorkMs, workedAtMs - startedAtMs);
    if (tookMs > SLICE_LIMIT_MS) this.#slicesOverLimit += 1;
    const factor = Math.min(1.5, Math.max(0.25, AIMED_MS / tookMs));
    this.#rowsPerSlice = Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(this.#rowsPerSlice * factor)));
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

  #deleteIn(
    db: SqliteDatabase,
    cut: RetentionCut,
    { partition, time, unitMs }: Partitioning,
    value: Partition,
  ): number {
    const where = [...partition.map((column) => `${column} = ?`), `${time} < ?`].join(' AND ');
    const before = Math.ceil(cut.beforeMs / unitMs);
    const last = db
      .prepare<unknown[], number>(`SELECT ${time} FROM ${cut.table} WHERE ${where} ORDER BY ${time} LIMIT 1 OFFSET ?`)
      .pluck()
      .get(...value, before, this.#rowsPerSlice - 1);
    // Rows of the same moment go together: never more than a handful.
    const { changes } = db
      .prepare(`DELETE FROM ${cut.table} WHERE ${where}`)
      .run(...value, last === undefined ? before : last + 1);
    if (cut.table === 'candles' && changes > 0) {
      db.prepare('UPDATE candle_series SET candles = candles - ? WHERE key = ?').run(changes, ...value);
    }
    return changes;
  }
}

/** One step along the index at a time: asking for all partitions at once would read the whole table. */
function nextPartition(
  db: SqliteDatabase,
  { table, timeframe }: RetentionCut,
  { partition }: Partitioning,
  after: Partition | null,
): Partition | null {
  if (table === 'candles') {
    const series = 'SELECT key FROM candle_series WHERE key > ? AND timeframe = ? AND candles > 0 ORDER BY key LIMIT 1';
    return (
      (db
        .prepare(series)
        .raw()
        .get(after?.[0] ?? 0, timeframe) as Partition | undefined) ?? null
    );
  }
  if (partition.length === 0) return after === null ? [] : null;
  const columns = partition.join(', ');
  const marks = partition.map(() => '?').join(', ');
  const where = after === null ? '' : `WHERE (${columns}) > (${marks})`;
  const next = `SELECT ${columns} FROM ${table} ${where} ORDER BY ${columns} LIMIT 1`;
  return (
    (db
      .prepare(next)
      .raw()
      .get(...(after ?? [])) as Partition | undefined) ?? null
  );
}
