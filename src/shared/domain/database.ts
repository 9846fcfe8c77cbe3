// What is known about one SQLite file and the threads that own it.

export const DATABASE_NAMES = ['market', 'monitor'] as const;
/** `market` holds collected data, `monitor` what the program knows about itself; trouble in one cannot blind the other. */
export type DatabaseName = (typeof DATABASE_NAMES)[number];

export const STORE_STATES = [
  'starting',
  'ok',
  'degraded',
  'spooling',
  'recovering',
  'read_only',
  'failed',
  'closed',
] as const;
export type StoreState = (typeof STORE_STATES)[number];

/** Where an acknowledged batch is: committed to the database, or fsynced in the spool. `volatile` is neither, and is shown loudly. */
export type Durability = 'committed' | 'spooled' | 'volatile';

/** Milliseconds over a recent window; all 0 when nothing was measured. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface LockHolder {
  readonly pid: number;
  /** Short program name, for example "python3"; null when the system does not tell. */
  readonly program: string | null;
  readonly command: string | null;
  /** Wall time at which we first saw it hold the lock. */
  readonly sinceMs: number;
  /** `exact`: it holds the write lock. `has_file_open`: all that this system can tell. */
  readonly certainty: 'exact' | 'has_file_open';
}

export const OPERATION_KINDS = [
  'lock',
  'breaker',
  'thread',
  'files',
  'recovery',
  'backup',
  'check',
  'checkpoint',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** Something the storage layer did or suffered. */
export interface OperationRecord {
  /** When it ended, wall time. */
  readonly atMs: number;
  readonly kind: OperationKind;
  readonly outcome: 'ok' | 'failed';
  readonly durationMs: number | null;
  /** One plain sentence. */
  readonly detail: string;
}

export interface DatabaseStatus {
  readonly name: DatabaseName;
  readonly state: StoreState;
  /** One plain sentence when the state is not `ok`, else null. */
  readonly cause: string | null;
  readonly path: string;
  readonly schemaVersion: number;
  readonly sizeBytes: number;
  readonly walBytes: number;
  /** Rows per table, in display order. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  readonly commits: number;
  readonly rowsWritten: number;
  readonly rowsRejected: number;
  readonly busyRetries: number;
  readonly queuedBatches: number;
  readonly commitLatency: LatencySummary;
  readonly lockWait: LatencySummary;
  readonly lastCommitAtMs: number | null;
  /** Wall time since which somebody else has held the write lock; null while it is free. */
  readonly lockedSinceMs: number | null;
  readonly holder: LockHolder | null;
  readonly spool: {
    readonly batches: number;
    readonly bytes: number;
    readonly replayed: number;
    /** Batches that were acknowledged and are in neither place; must stay 0. */
    readonly lost: number;
  };
  readonly breaker: {
    readonly state: 'closed' | 'open' | 'half_open';
    readonly sinceMs: number;
    readonly nextProbeAtMs: number | null;
  };
}
