// What crosses the ports between the main thread and the storage threads. Plain data only; types only.
import type { ReadName } from '../../../shared/contract/reads';
import type { RejectedRow } from '../../../shared/contract/storage';
import type { TableRows, TableName } from '../../../shared/contract/tables';
import type { DatabaseName } from '../../../shared/domain/database';
import type { ConnectivityFigures, DatabaseProbe, PerformanceFigures } from '../../../shared/domain/health';
import type { Timeframe } from '../../../shared/domain/market';
import type { Progress } from '../../../shared/domain/operation';
import type { Problem } from './errorClass';

export interface ThreadStart {
  readonly database: DatabaseName;
  readonly file: string;
}

/** One client batch on its way to the writer. `enqueuedAtMs` is on the clock of stopwatch.ts. */
export interface WriteEntry {
  readonly seq: number;
  readonly id: string;
  readonly enqueuedAtMs: number;
  readonly parts: readonly TableRows[];
}

/** Batches on their way to the writer; made and read by rowsOnTheWire.ts. */
export interface WireBatches {
  /** Of each batch: its number, when it was enqueued, and how long its id is. */
  readonly heads: Float64Array;
  /** All ids, one after the other. */
  readonly ids: string;
  /** The text of each batch. */
  readonly texts: readonly string[];
  /** What packedRows.ts says of each batch, one after the other. */
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly odd: readonly TableRows[];
}

export type WriterRequest =
  | ({ readonly kind: 'write' } & WireBatches)
  /** Forget what is queued: it has another home now. Remember all applied batches until told otherwise: some may come again. */
  | { readonly kind: 'setAside' }
  /** Nothing that was set aside is outstanding any more. */
  | { readonly kind: 'allApplied' }
  /** Answer to `filesChanged`: no other connection of ours has the files open now. */
  | { readonly kind: 'rescue' }
  /** Moves the log into the database now, and empties it if nobody reads; answered by `checkpointAnswer`. */
  | { readonly kind: 'checkpoint' }
  /** Deletes rows of one partition after the other between commits; answered by `retentionEnded`. */
  | { readonly kind: 'retain'; readonly cuts: readonly RetentionCut[] }
  | { readonly kind: 'cancelRetention' }
  /** Gives everything back and ends without touching the file any more. */
  | { readonly kind: 'abandon' }
  /** Writes what is queued if the lock is free, hands the rest back, checkpoints, closes the handle and ends the thread. */
  | { readonly kind: 'close' };

export interface BatchOutcome {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
}

export interface BatchResult {
  readonly seq: number;
  readonly pickedAtMs: number;
  readonly outcome: BatchOutcome;
}

/** Results on their way back; made and read by resultsOnTheWire.ts. */
export interface WireResults {
  readonly numbers: Float64Array;
  /** By place. */
  readonly rejected: readonly (readonly [number, readonly RejectedRow[]])[];
}

/** When one transaction passed its stations; stopwatch time. */
export interface GroupStamps {
  readonly firstTryAtMs: number;
  readonly begunAtMs: number;
  readonly executedAtMs: number;
  readonly committedAtMs: number;
}

/** What became of files that were removed or replaced under an open connection. */
export interface RescueReport {
  /** `restored`: the rows are in place. `kept`: another file is in place, our rows are in `copy`. `none`: nothing could be saved. */
  readonly outcome: 'restored' | 'kept' | 'none';
  /** A whole and checked database, or null. */
  readonly copy: string | null;
}

export interface TableCount {
  readonly name: string;
  readonly rows: number;
}

export interface FileStats {
  readonly tables: readonly TableCount[];
  readonly sizeBytes: number;
  readonly walBytes: number;
}

export interface CheckpointFigures {
  readonly mode: 'passive' | 'truncate';
  /** `log - checkpointed` frames could not be moved; `busy` alone proves nothing. */
  readonly busy: boolean;
  readonly log: number;
  readonly checkpointed: number;
  readonly durationMs: number;
}

/** Rows of a table that are older than this may go. */
export interface RetentionCut {
  readonly table: TableName;
  readonly beforeMs: number;
  /** Only candles of this timeframe; null elsewhere. */
  readonly timeframe: Timeframe | null;
}

export interface RetentionFigures {
  readonly deleted: readonly TableCount[];
  readonly partitionsDone: number;
  readonly slices: number;
  /** Longest time for which the writer was kept from its queue, commit included. */
  readonly longestSliceMs: number;
  /** The same without the commit, which waits for the disk. */
  readonly longestWorkMs: number;
  readonly slicesOverLimit: number;
  readonly cancelled: boolean;
}

export type WriterEvent =
  | {
      readonly kind: 'opened';
      readonly schemaVersion: number;
      /** Why writes are refused for good, or null. */
      readonly readOnlyReason: string | null;
      readonly stats: FileStats;
    }
  /** With `retrying`, the thread goes on trying to open; without, it has ended. */
  | { readonly kind: 'openFailed'; readonly problem: Problem; readonly retrying: boolean }
  | { readonly kind: 'blocked'; readonly problem: Problem; readonly sinceAtMs: number }
  /** A large batch is being stored: the disk answers, only the end is not near yet. */
  | { readonly kind: 'working' }
  /** An idle check found trouble that is not a lock. */
  | { readonly kind: 'probeFailed'; readonly problem: Problem }
  /** The files were changed under the open connection: nothing more is written until `rescue`. */
  | { readonly kind: 'filesChanged'; readonly problem: Problem }
  /** What the connection still reached has been saved; it was closed and is being opened anew. */
  | { readonly kind: 'rescued'; readonly problem: Problem; readonly report: RescueReport; readonly durationMs: number }
  /** It could not be saved yet; the connection stays open until another `rescue`. */
  | { readonly kind: 'rescueFailed'; readonly problem: Problem }
  | { readonly kind: 'unblocked'; readonly waitedMs: number; readonly attempts: number }
  | {
      readonly kind: 'committed';
      readonly stamps: GroupStamps;
      readonly rows: number;
      readonly attempts: number;
      readonly results: WireResults;
    }
  /** Not stored and not going to be: the main thread decides what becomes of them. */
  | { readonly kind: 'handedBack'; readonly seqs: readonly number[]; readonly problem: Problem }
  | { readonly kind: 'stats'; readonly stats: FileStats }
  | { readonly kind: 'checkpoint'; readonly figures: CheckpointFigures }
  | { readonly kind: 'checkpointFailed'; readonly problem: Problem }
  | { readonly kind: 'checkpointAnswer'; readonly runs: readonly CheckpointFigures[]; readonly problem: Problem | null }
  | { readonly kind: 'retentionProgress'; readonly figures: RetentionFigures }
  | { readonly kind: 'retentionEnded'; readonly figures: RetentionFigures; readonly problem: Problem | null }
  | { readonly kind: 'closed' };

export interface CopyFigures {
  readonly bytes: number;
  readonly sha256: string;
  readonly tables: readonly TableCount[];
}

/** How one table of a database differs from the same table of an older copy. */
export interface TableDifference {
  readonly name: string;
  readonly presentRows: number;
  readonly copyRows: number;
  /** Rows of the present database that the copy has not, or has with an older observation. */
  readonly newerRows: number;
  /** Wall time of the newest row in each; null when the table is empty or its rows carry no time. */
  readonly presentNewestAtMs: number | null;
  readonly copyNewestAtMs: number | null;
}

/** The next rows out of a damaged or replaced file, all of one table. */
export interface SalvagedRows {
  /** `walk`: SQLite itself still read them; `scan`: found on the file's pages without its help. */
  readonly method: 'walk' | 'scan';
  readonly part: TableRows;
  readonly progress: Progress;
}

/** Long work; each kind with its answer. */
export interface JobAnswers {
  backup: CopyFigures;
  verify: CopyFigures;
  /** What is wrong, in SQLite's words; empty when nothing is. */
  check: readonly string[];
  compare: readonly TableDifference[];
  /** The next rows of the file, or null at its end. */
  salvage: SalvagedRows | null;
  /** The first look of all rounds, and with more than one what they came to. */
  probe: { readonly first: DatabaseProbe; readonly rounds: ConnectivityFigures | null };
  measure: PerformanceFigures;
  /** A verified compacted copy beside the database. */
  compactCopy: CopyFigures;
  /** The copy is in place: how large the file was and is. */
  compactSwap: { readonly beforeBytes: number; readonly afterBytes: number };
}

export type Job =
  | { readonly type: 'backup'; readonly target: string }
  | { readonly type: 'verify'; readonly file: string }
  | { readonly type: 'check'; readonly thorough: boolean }
  | { readonly type: 'probe'; readonly rounds: number }
  | { readonly type: 'measure'; readonly scratch: string }
  | { readonly type: 'compare'; readonly copy: string }
  | { readonly type: 'salvage'; readonly file: string }
  | { readonly type: 'compactCopy'; readonly target: string }
  | { readonly type: 'compactSwap'; readonly target: string };

export interface ReadRequest {
  readonly kind: 'read';
  readonly seq: number;
  readonly name: ReadName;
  readonly args: unknown;
}

export type ReaderRequest =
  | ReadRequest
  | { readonly kind: 'job'; readonly seq: number; readonly job: Job }
  /** The job in hand ends at its next step, undoes what it did, and fails with CANCELLED. */
  | { readonly kind: 'cancelJob' }
  /** Opens the file and prepares the usual reads now, so that no read waits for that. */
  | { readonly kind: 'openAhead' }
  /** Closes the connection; the next read opens it anew. */
  | { readonly kind: 'release' }
  | { readonly kind: 'close' };

export type ReaderEvent =
  | { readonly kind: 'answer'; readonly seq: number; readonly value: unknown; readonly sqlMs: number }
  | { readonly kind: 'progress'; readonly seq: number; readonly progress: Progress }
  | { readonly kind: 'released' }
  | { readonly kind: 'failed'; readonly seq: number; readonly problem: Problem }
  | { readonly kind: 'closed' };
