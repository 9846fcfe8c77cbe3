// The main thread's view of one database: typed calls in, promises out. It never touches SQLite and never blocks.
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type {
  BackupInfo,
  DatabaseName,
  DatabaseStatus,
  LatencySummary,
  OperationRecord,
  RestorePreview,
} from '../../shared/domain/database';
import type { LongOperationKind, LongWork } from '../../shared/domain/operation';
import type { RetentionSettings } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';

/** Absolute paths of the built worker files; they differ between tests, development and the packaged app. */
export interface WorkerFiles {
  readonly writer: string;
  readonly reader: string;
}

export interface StoreOptions {
  readonly name: DatabaseName;
  /** Absolute path of the SQLite file; its folder must exist and be writable. */
  readonly file: string;
  /** Folder for batches that the database cannot take yet; made when missing. Databases may share it. Best on another volume. */
  readonly spoolDir: string;
  /** How large the spool may grow before batches are answered as volatile; 2 GiB when not said. */
  readonly spoolLimitBytes?: number;
  readonly workers: WorkerFiles;
  readonly clock: Clock;
  /** How long rows are kept; everything for ever when not said. Asked each time, so that a change counts at once. */
  readonly retention?: () => RetentionSettings;
  /** Shows work that the store begins by itself, and lets it be called off; resolves when it has ended. Else nobody sees it. */
  readonly showWork?: ShowWork;
}

/** What is known beyond the status, for whoever judges it. */
export interface StoreHealth {
  /** How long a reader has kept the log from being emptied; 0 when none does. */
  readonly walPinnedForMs: number;
  /** Failed in a row. */
  readonly checkpointFailures: number;
  /** When the newest backup was begun, each of which was verified; null when there is none or nobody has looked yet. */
  readonly newestBackupAtMs: number | null;
  /** Of the last minute, without the wait for their turn. */
  readonly readLatency: LatencySummary;
}

export type ShowWork = (
  kind: LongOperationKind,
  database: DatabaseName,
  title: string,
  run: (work: LongWork) => Promise<string>,
) => Promise<void>;

export interface Store {
  readonly name: DatabaseName;
  /** Resolves once the batch is durable (or says that it is not); rejects with a StorageError when it cannot ever be stored. */
  write(batch: WriteBatch): Promise<WriteAck>;
  /** Rejects with a StorageError when the database cannot be read now. */
  read<R extends ReadName>(name: R, args: ReadArgs<R>): Promise<ReadAnswer<R>>;
  /**
   * Says that a read of ours will take long, so that a log which cannot be emptied meanwhile is explained by it.
   * @param what for example "An export"
   * @returns the function that says that it has ended
   */
  noteLongRead(what: string): () => void;
  status(): DatabaseStatus;
  health(): StoreHealth;
  /** Called after every change worth showing, at most a few times a second. Returns the function that unsubscribes. */
  onStatus(listener: (status: DatabaseStatus) => void): () => void;
  /** What the storage layer did and suffered, also in earlier runs; newest last. */
  operations(): readonly OperationRecord[];
  /** Makes a verified copy in the folder `backups` next to the file and thins out older ones. */
  backup(work?: LongWork): Promise<OperationRecord>;
  /** Verified when they were made, newest first. */
  backups(): Promise<readonly BackupInfo[]>;
  /** Reads a backup whole, again. Rejects when it is no longer what it was. */
  verify(backup: string, work?: LongWork): Promise<OperationRecord>;
  /** Looks for damage on a fresh connection; what it finds is repaired at once. `thorough` also compares indexes with tables. */
  check(thorough: boolean, work?: LongWork): Promise<OperationRecord>;
  /** Moves the log into the database, and empties it when nobody reads. */
  checkpoint(): Promise<OperationRecord>;
  /** Rewrites the file without its free pages; writes go to the spool meanwhile. Rejects with NO_ROOM when the disk is too full. */
  compact(work?: LongWork): Promise<OperationRecord>;
  /** What going back to a backup would mean. */
  previewRestore(backup: string, work?: LongWork): Promise<RestorePreview>;
  /** Puts a backup in place; the present file is kept, and with `bringNewer` its newer rows are brought over afterwards. */
  restore(backup: string, bringNewer: boolean, work?: LongWork): Promise<OperationRecord>;
  /** Deletes what is older than the settings keep, between commits; null when they keep everything. */
  applyRetention(work?: LongWork): Promise<OperationRecord | null>;
  /** Takes the database out of service: everything goes to the spool until `rejoin`. Survives restarts. */
  isolate(): void;
  rejoin(): void;
  /** Finishes what is queued (into the spool if the database is locked), checkpoints, closes the handles and ends the threads. */
  close(): Promise<void>;
}

export class StorageError extends Error {
  /**
   * SQLite's extended code, or one of ours: CLOSED, WORKER_GONE, BAD_BATCH, READ_ONLY, OVERLOADED, NOT_OURS, ADDON, BUSY, CANCELLED, NO_ROOM,
   * NO_BACKUP, DAMAGED.
   */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StorageError';
    this.code = code;
  }
}
