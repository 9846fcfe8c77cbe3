// One database behind its threads: routes batches to the writer and reads to the reader, keeps every batch until it is durable,
// and knows what state all that is in.
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { DatabaseName, DatabaseStatus, StoreState } from '../../shared/domain/database';
import { assertNever } from '../../shared/util/assertNever';
import { type PendingWrite, PendingWrites } from './pendingWrites';
import { ReaderLink } from './readerLink';
import { StatusFeed } from './statusFeed';
import { StorageError, type Store, type StoreOptions } from './store';
import { ThreadLink } from './threadLink';
import { validateBatch } from './validateBatch';
import type { Problem } from './common/errorClass';
import type { BatchResult, FileStats, GroupStamps, WriterEvent, WriterRequest } from './common/protocol';
import { nowMs } from './common/stopwatch';
import { WriteFigures } from './writeFigures';

/** Beyond this, callers are refused instead of filling the memory; no row of theirs has been accepted then. */
const MAX_PENDING_ROWS = 100_000;
const RESEND_AFTER_MS = 500;

interface Condition {
  readonly state: StoreState;
  readonly cause: string | null;
}

const OK: Condition = { state: 'ok', cause: null };

export class SqliteStore implements Store {
  readonly name: DatabaseName;
  readonly #options: StoreOptions;
  readonly #writer: ThreadLink<WriterRequest, WriterEvent>;
  readonly #reader: ReaderLink;
  readonly #pending = new PendingWrites();
  readonly #figures = new WriteFigures();
  readonly #feed: StatusFeed;
  readonly #outbox: PendingWrite[] = [];
  readonly #startedAtMs: number;
  #condition: Condition = { state: 'starting', cause: 'The database is being opened.' };
  #fileStats: FileStats = { tables: [], sizeBytes: 0, walBytes: 0 };
  #schemaVersion = 0;
  #settleOpening: (error: StorageError | null) => void = () => {};
  #closing: Promise<void> | null = null;

  constructor(options: StoreOptions) {
    this.name = options.name;
    this.#options = options;
    this.#startedAtMs = options.clock.wallMs();
    const { clock, file, name, workers } = options;
    const start = { database: name, file };
    this.#feed = new StatusFeed(clock, () => this.status());
    this.#reader = new ReaderLink({ file: workers.reader, name: `${name}-reader`, start, clock });
    this.#writer = new ThreadLink(
      { file: workers.writer, name: `${name}-writer`, start, clock },
      {
        onEvent: (event) => this.#onWriterEvent(event),
        onStarted: () => this.#send(this.#pending.all()),
        onLost: (reason) => this.#become('degraded', `The writer thread died and is being restarted: ${reason}`),
        onGaveUp: (reason) => this.#giveUp(reason),
      },
    );
  }

  /** Resolves when the file is open or at least being waited for; rejects when it can never be opened as it is. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settleOpening = (error) => (error ? reject(error) : resolve());
      this.#writer.start();
      this.#reader.start();
    });
  }

  write(batch: WriteBatch): Promise<WriteAck> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    const inFlight = this.#pending.findById(batch.id);
    if (inFlight) return inFlight.promise;
    let rows: number;
    try {
      rows = validateBatch(this.name, batch);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    if (this.#pending.rows + rows > MAX_PENDING_ROWS && this.#pending.size > 0) {
      return Promise.reject(
        new StorageError('OVERLOADED', `${this.#pending.rows} rows are waiting to be stored already`),
      );
    }
    const pending = this.#pending.add(batch, rows, nowMs());
    if (this.#outbox.length === 0) queueMicrotask(() => this.#send(this.#outbox.splice(0)));
    this.#outbox.push(pending);
    return pending.promise;
  }

  read<R extends ReadName>(name: R, args: ReadArgs<R>): Promise<ReadAnswer<R>> {
    return this.#reader.read(name, args);
  }

  status(): DatabaseStatus {
    const { clock, file, name } = this.#options;
    const phases = this.#figures.phases(clock.monotonicMs());
    return {
      name,
      ...this.#condition,
      path: file,
      schemaVersion: this.#schemaVersion,
      ...this.#fileStats,
      commits: this.#figures.commits,
      rowsWritten: this.#figures.rowsWritten,
      rowsRejected: this.#figures.rowsRejected,
      busyRetries: this.#figures.busyRetries,
      queuedBatches: this.#pending.size,
      commitLatency: phases.commit,
      lockWait: phases.lock,
      lastCommitAtMs: this.#figures.lastCommitAtMs,
      holder: null,
      spool: { batches: 0, bytes: 0, replayed: 0, lost: 0 },
      breaker: { state: 'closed', sinceMs: this.#startedAtMs, nextProbeAtMs: null },
    };
  }

  onStatus(listener: (status: DatabaseStatus) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#reader.close();
    this.#send(this.#outbox.splice(0));
    this.#writer.expectEnd();
    this.#writer.post({ kind: 'close' });
    await this.#writer.ended;
    this.#rejectPending(new StorageError('CLOSED', 'the database was closed before the batch was stored'));
    this.#become('closed', null);
    this.#feed.stop();
  }

  #refusal(): StorageError | null {
    if (this.#closing) return new StorageError('CLOSED', 'the database is closed');
    const { state, cause } = this.#condition;
    if (state === 'read_only') return new StorageError('READ_ONLY', cause ?? 'the database is only read');
    if (state === 'failed') return new StorageError('FAILED', cause ?? 'the database failed');
    return null;
  }

  #send(batches: readonly PendingWrite[]): void {
    if (batches.length > 0) this.#writer.post({ kind: 'write', entries: batches.map((pending) => pending.entry) });
  }

  #onWriterEvent(event: WriterEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#schemaVersion = event.schemaVersion;
        this.#fileStats = event.stats;
        if (event.readOnlyReason) this.#becomeReadOnly(event.readOnlyReason);
        else this.#become('ok', null);
        this.#settleOpening(null);
        return;
      case 'openFailed':
        this.#onOpenFailed(event.problem, event.retrying);
        return;
      case 'blocked':
        this.#become('degraded', 'Another program holds the write lock; writes are waiting for it.');
        return;
      case 'unblocked':
        this.#become('ok', null);
        return;
      case 'committed':
        this.#onCommitted(event);
        return;
      case 'handedBack':
        this.#onHandedBack(event.seqs, event.problem);
        return;
      case 'stats':
        this.#fileStats = event.stats;
        break;
      case 'checkpointFailed':
        this.#become('degraded', `The write-ahead log cannot be moved into the database: ${event.problem.message}`);
        return;
      case 'checkpoint':
      case 'closed':
        break;
      default:
        assertNever(event);
    }
    this.#feed.changed();
  }

  #onOpenFailed(problem: Problem, retrying: boolean): void {
    if (retrying) {
      this.#become('degraded', 'Another program locks the database; it is opened as soon as that ends.');
      this.#settleOpening(null);
      return;
    }
    this.#writer.expectEnd();
    this.#become('failed', `The database cannot be opened: ${problem.message}`);
    this.#rejectPending(new StorageError(problem.code, problem.message));
    this.#settleOpening(new StorageError(problem.code, `${this.#options.file} cannot be opened: ${problem.message}`));
    void this.#reader.close();
  }

  #onCommitted(event: Extract<WriterEvent, { kind: 'committed' }>): void {
    const { clock } = this.#options;
    const monotonicMs = clock.monotonicMs();
    this.#figures.committed(event, clock.wallMs(), monotonicMs);
    for (const result of event.results) {
      const pending = this.#pending.remove(result.seq);
      if (!pending) continue;
      if ('problem' in result) {
        pending.reject(new StorageError(result.problem.code, result.problem.message));
        continue;
      }
      const { outcome } = result;
      this.#figures.rowsWritten += outcome.inserted + outcome.changed;
      this.#figures.rowsRejected += outcome.rejected.length;
      this.#figures.queued(event.stamps.firstTryAtMs - pending.entry.enqueuedAtMs, monotonicMs);
      pending.resolve(committedAck(pending, result, event.stamps));
    }
    this.#feed.changed();
  }

  #onHandedBack(seqs: readonly number[], problem: Problem): void {
    const batches = seqs.flatMap((seq) => this.#pending.find(seq) ?? []);
    if (problem.class === 'bug' || problem.class === 'data') {
      for (const { entry } of batches) {
        this.#pending.remove(entry.seq)?.reject(new StorageError(problem.code, problem.message));
      }
      return;
    }
    this.#become('degraded', `The database does not take writes now: ${problem.message}`);
    this.#options.clock.after(RESEND_AFTER_MS, () => this.#send(batches));
  }

  #becomeReadOnly(reason: string): void {
    this.#become('read_only', reason);
    this.#writer.expectEnd();
    this.#rejectPending(new StorageError('READ_ONLY', reason));
  }

  #giveUp(reason: string): void {
    const error = new StorageError('WORKER_GONE', `the writer thread died again and again: ${reason}`);
    this.#become('failed', `The writer thread keeps dying and stays down: ${reason}`);
    this.#rejectPending(error);
    this.#settleOpening(error);
  }

  #rejectPending(error: StorageError): void {
    for (const { entry } of this.#pending.all()) this.#pending.remove(entry.seq)?.reject(error);
  }

  #become(state: StoreState, cause: string | null): void {
    this.#condition = state === 'ok' ? OK : { state, cause };
    this.#feed.changed();
  }
}

function committedAck(
  { entry }: PendingWrite,
  { pickedAtMs, outcome }: Extract<BatchResult, { outcome: unknown }>,
  stamps: GroupStamps,
): WriteAck {
  // A batch that joined while its group waited for the lock had its own first try when it was picked.
  const firstTryAtMs = Math.max(pickedAtMs, stamps.firstTryAtMs);
  return {
    batchId: entry.id,
    durability: 'committed',
    ...outcome,
    timings: {
      pickedMs: pickedAtMs - entry.enqueuedAtMs,
      firstTryMs: firstTryAtMs - entry.enqueuedAtMs,
      begunMs: Math.max(firstTryAtMs, stamps.begunAtMs) - entry.enqueuedAtMs,
      committedMs: stamps.committedAtMs - entry.enqueuedAtMs,
    },
  };
}
