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

export const OPEN_REASONS = ['lock', 'environment', 'corrupt', 'thread', 'stalled', 'isolated', 'maintenance'] as const;
/**
 * Why a breaker opened. `lock`: somebody else holds it. `stalled`: the writer does not answer. `isolated`: a person took it out of
 * service. `maintenance`: we did, to replace the file.
 */
export type OpenReason = (typeof OPEN_REASONS)[number];

/** A wait for the write lock that was long enough to send rows to the spool, and is over. */
export interface LockIncident {
  /** Null when this system did not tell who it was. */
  readonly holder: LockHolder | null;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Batches that waited in the spool when it ended. */
  readonly spooledBatches: number;
}

export const OPERATION_KINDS = [
  'lock',
  'reader',
  'breaker',
  'thread',
  'files',
  'recovery',
  'backup',
  'verify',
  'check',
  'checkpoint',
  'compact',
  'restore',
  'retention',
] as const;
/** `lock`: somebody held the write lock. `reader`: somebody kept the log from being emptied. The others say it themselves. */
export type OperationKind = (typeof OPERATION_KINDS)[number];

export type OperationOutcome = 'ok' | 'failed' | 'cancelled';

/** What became of the rows of one table when a damaged or replaced file was salvaged. */
export interface TableRecovery {
  readonly table: string;
  /** Rows that SQLite itself still read, and rows found on pages of tables that it did not read whole: they may be the same. */
  readonly walked: number;
  readonly scanned: number;
  /** Rows that were missing or older, and are back. */
  readonly recovered: number;
  readonly alreadyThere: number;
  readonly rejected: number;
}

export interface RecoveryReport {
  /** Why the file was replaced, in the words of SQLite, of the system, or of the person. */
  readonly reason: string;
  readonly replacedAtMs: number;
  /** Folder with the replaced files; they are kept. */
  readonly quarantine: string;
  readonly backup: { readonly path: string; readonly atMs: number; readonly sha256: string } | null;
  /** Batches that came out of the spool between the replacement and this report. */
  readonly spoolReplayed: number;
  readonly tables: readonly TableRecovery[];
}

/** Something the storage layer did or suffered. */
export interface OperationRecord {
  /** When it ended, wall time. */
  readonly atMs: number;
  readonly kind: OperationKind;
  readonly outcome: OperationOutcome;
  readonly durationMs: number | null;
  /** One plain sentence. */
  readonly detail: string;
  /** Who held the lock or kept the log, as far as this system tells; null when that is not known or not the matter. */
  readonly holder: LockHolder | null;
  readonly report: RecoveryReport | null;
}

/** A verified copy of a database. */
export interface BackupInfo {
  /** Its file name: how commands name it. */
  readonly name: string;
  /** When it was begun: it holds everything that was committed before. */
  readonly atMs: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** What going back to a backup would mean for one table. */
export interface TableChange {
  readonly name: string;
  readonly presentRows: number;
  readonly backupRows: number;
  /** Rows of the present database that the backup has not, or has with an older observation. */
  readonly newerRows: number;
  readonly presentNewestAtMs: number | null;
  readonly backupNewestAtMs: number | null;
}

export interface RestorePreview {
  readonly backup: BackupInfo;
  /** One sentence when the file is no longer what it was when it was made; null when it is intact. */
  readonly problem: string | null;
  /** Null when the present database cannot be read. */
  readonly changes: readonly TableChange[] | null;
  /** Batches in the spool that will be stored afterwards, whatever is chosen. */
  readonly spooledBatches: number;
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
  /** The latest since the start; null when there was none. */
  readonly lastLock: LockIncident | null;
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
    /** Why it is not closed; null when it is. */
    readonly reason: OpenReason | null;
    /** Attempts to come back that failed since it was last closed. */
    readonly failedProbes: number;
    /** Null when nothing is planned: closed, isolated, or something else will tell (a lock that is released). */
    readonly nextProbeAtMs: number | null;
  };
}
