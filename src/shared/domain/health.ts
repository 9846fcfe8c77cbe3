// What is found out about a database when somebody asks how it is, and what is made of it. Types only.
import type { DatabaseName, DatabaseStatus, LatencySummary, LockHolder, OpenReason, OperationRecord } from './database';

/** Worst last. `info`: worth knowing, nothing is wrong. */
export const HEALTH_LEVELS = ['ok', 'info', 'warning', 'critical'] as const;
export type HealthLevel = (typeof HEALTH_LEVELS)[number];

export const PROBE_STEPS = ['open', 'read', 'write'] as const;
/** `read`: the first row of every table. `write`: takes the write lock and gives it back; nothing is written. */
export type ProbeStep = (typeof PROBE_STEPS)[number];

export interface ProbeFailure {
  readonly step: ProbeStep;
  /** SQLite's extended result code, or one of ours. */
  readonly code: string;
  readonly kind: 'locked' | 'environment' | 'damaged' | 'other';
  readonly message: string;
}

/** What the file says of itself. */
export interface FileFacts {
  readonly journalMode: string;
  readonly pageBytes: number;
  readonly pages: number;
  readonly freePages: number;
  readonly isOurs: boolean;
  readonly schemaVersion: number;
  /** The newest that this program knows. */
  readonly knownSchemaVersion: number;
}

/** One look at a database on a fresh connection, which changes no row. */
export interface DatabaseProbe {
  readonly ms: Readonly<Record<ProbeStep, number | null>>;
  /** Null when every step went well. */
  readonly failure: ProbeFailure | null;
  /** Null when the file could not be read so far. */
  readonly facts: FileFacts | null;
  /** Frames in the write-ahead log, and how many of them are in the database already; null when it could not be asked. */
  readonly wal: { readonly busy: boolean; readonly log: number; readonly checkpointed: number } | null;
}

/** The same look again and again, each time on a connection of its own. */
export interface ConnectivityFigures {
  readonly rounds: number;
  readonly failed: number;
  readonly open: LatencySummary;
  readonly read: LatencySummary;
  readonly write: LatencySummary;
}

/**
 * Commits into a scratch file beside the database (same disk, same durability, none of the data), reads of the database itself,
 * row by row at random. Null where it could not be measured.
 */
export interface PerformanceFigures {
  readonly commitOneRow: LatencySummary;
  readonly commitHundredRows: LatencySummary;
  readonly rowsPerSecond: number;
  readonly read: LatencySummary | null;
  /** What was read from, for example "pools, trades". */
  readonly readFrom: string | null;
}

export interface HealthTests {
  readonly connectivity: boolean;
  readonly performance: boolean;
}

/** What anybody can see of a database from outside its instance. */
export interface DatabaseHealth {
  readonly name: DatabaseName;
  readonly path: string;
  readonly exists: boolean;
  /** Wall time; null where the disk does not tell. */
  readonly createdAtMs: number | null;
  readonly sizeBytes: number;
  readonly walBytes: number;
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** Null while the owner is replacing the file: nobody else may open it then. */
  readonly probe: DatabaseProbe | null;
  /** Who holds the write lock when it could not be had; null when it is free or this system does not tell. */
  readonly holder: LockHolder | null;
  readonly spool: { readonly batches: number; readonly bytes: number; readonly lost: number };
  readonly breaker: {
    readonly state: DatabaseStatus['breaker']['state'];
    readonly reason: OpenReason | null;
    readonly sinceMs: number | null;
  };
  readonly backups: {
    readonly count: number;
    /** Each is read whole and hashed when it is made; `isWhole` says whether the file still has its size. */
    readonly newest: {
      readonly name: string;
      readonly atMs: number;
      readonly bytes: number;
      readonly isWhole: boolean;
    } | null;
    /** The last time one was read again; null when none was. */
    readonly lastVerify: OperationRecord | null;
  };
  /** Null when no check is on record. */
  readonly lastCheck: OperationRecord | null;
  /** What only the instance that owns the database knows; null when none runs. */
  readonly running: DatabaseStatus | null;
  readonly connectivity: ConnectivityFigures | null;
  readonly performance: PerformanceFigures | null;
  /** Why the test of performance could not be made, in SQLite's or the system's words; null when it was or was not asked for. */
  readonly performanceProblem: string | null;
}

export const HEALTH_SUBJECTS = [
  'file',
  'connection',
  'write_lock',
  'state',
  'spool',
  'wal',
  'lock_wait',
  'commits',
  'integrity',
  'backups',
  'disk',
  'free_pages',
  'connectivity',
  'performance',
] as const;
export type HealthSubject = (typeof HEALTH_SUBJECTS)[number];

export interface HealthFinding {
  readonly level: HealthLevel;
  readonly database: DatabaseName;
  readonly subject: HealthSubject;
  /** What was seen: one plain sentence, or figures. */
  readonly what: string;
  /** What it means; null when nothing is wrong. */
  readonly why: string | null;
  /** What to do; null when there is nothing to do. */
  readonly advice: string | null;
}

export interface HealthReport {
  readonly atMs: number;
  /** The worst of all findings. */
  readonly level: HealthLevel;
  /** One sentence. */
  readonly verdict: string;
  readonly databases: readonly DatabaseHealth[];
  /** In the order of the databases and subjects, the good ones included. */
  readonly findings: readonly HealthFinding[];
}
