// One database behind its threads: the writer's events go to the router, reads to the reader, and what all of them know becomes
// the status.
import { dirname, join } from 'node:path';
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { DatabaseName, DatabaseStatus, OperationKind, OperationRecord } from '../../shared/domain/database';
import { assertNever } from '../../shared/util/assertNever';
import type { Problem } from './common/errorClass';
import type { FileStats, WriterEvent, WriterRequest } from './common/protocol';
import type { BreakerState } from './breaker';
import { conditionOf, type StoreFacts } from './condition';
import { rememberIsolation, wasIsolated } from './isolation';
import { OperationsLog } from './operationsLog';
import { ReaderLink } from './readerLink';
import { StatusFeed } from './statusFeed';
import { StorageError, type Store, type StoreOptions } from './store';
import { ThreadLink } from './threadLink';
import { validateBatch } from './validateBatch';
import { WriteFigures } from './writeFigures';
import { WriteRouter } from './writeRouter';

/** A writer that is stuck in the disk must not keep the program from ending; its batches are in the spool by then. */
const CLOSE_DEADLINE_MS = 5_000;
const REOPEN_AFTER_MS = 1_000;

export class SqliteStore implements Store {
  readonly name: DatabaseName;
  readonly #options: StoreOptions;
  readonly #writer: ThreadLink<WriterRequest, WriterEvent>;
  readonly #reader: ReaderLink;
  readonly #figures = new WriteFigures();
  readonly #router: WriteRouter;
  readonly #feed: StatusFeed;
  readonly #isolationFile: string;
  readonly #operations: OperationsLog;
  #phase: StoreFacts['phase'] = 'starting';
  #phaseCause: string | null = 'The database is being opened.';
  #breakerDetail = '';
  #brokenSinceMs = 0;
  #checkpointProblem: string | null = null;
  #fileStats: FileStats = { tables: [], sizeBytes: 0, walBytes: 0 };
  #schemaVersion = 0;
  #settleOpening: (error: StorageError | null) => void = () => {};
  #closing: Promise<void> | null = null;

  constructor(options: StoreOptions) {
    this.name = options.name;
    this.#options = options;
    this.#isolationFile = join(options.spoolDir, `${options.name}.isolated`);
    const { clock, file, name, workers } = options;
    this.#operations = new OperationsLog(join(dirname(file), `${name}-operations.jsonl`));
    const start = { database: name, file };
    this.#feed = new StatusFeed(clock, () => this.status());
    this.#reader = new ReaderLink({ file: workers.reader, name: `${name}-reader`, start, clock });
    this.#writer = new ThreadLink(
      { file: workers.writer, name: `${name}-writer`, start, clock },
      {
        onEvent: (event) => this.#onWriterEvent(event),
        onStarted: () => this.#router.onThreadStarted(),
        onLost: (reason) => this.#router.open('thread', reason),
        onGaveUp: (reason) => this.#giveUp(reason),
      },
    );
    this.#router = new WriteRouter(options, this.#writer, this.#figures, {
      changed: () => this.#feed.changed(),
      breakerMoved: (from, to, detail) => this.#onBreakerMoved(from, to, detail),
      lockEnded: (waitedMs, holder) => {
        const who = holder
          ? `${holder.program ?? 'A program'} (process ${holder.pid}, ${holder.command ?? '?'})`
          : 'An unknown program';
        this.#note('lock', 'ok', `${who} held the write lock.`, waitedMs);
      },
    });
  }

  /** Resolves when the file is open or at least being waited for; rejects when it can never be opened as it is. */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => {
      this.#settleOpening = (error) => (error ? reject(error) : resolve());
    });
    await this.#router.begin();
    if (wasIsolated(this.#isolationFile)) this.#router.open('isolated', 'taken out of service by hand');
    this.#writer.start();
    this.#reader.start();
    try {
      await opened;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  write(batch: WriteBatch): Promise<WriteAck> {
    const refusal = this.#refusal();
    if (refusal) return Promise.reject(refusal);
    try {
      return this.#router.submit(batch, validateBatch(this.name, batch));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  read<R extends ReadName>(name: R, args: ReadArgs<R>): Promise<ReadAnswer<R>> {
    return this.#reader.read(name, args);
  }

  status(): DatabaseStatus {
    const { clock, file, name } = this.#options;
    const { breaker, lock, nextProbeAtMs, replayed, spool } = this.#router;
    const phases = this.#figures.phases(clock.monotonicMs());
    return {
      name,
      ...conditionOf(this.#facts()),
      path: file,
      schemaVersion: this.#schemaVersion,
      ...this.#fileStats,
      commits: this.#figures.commits,
      rowsWritten: this.#figures.rowsWritten,
      rowsRejected: this.#figures.rowsRejected,
      busyRetries: this.#figures.busyRetries,
      queuedBatches: this.#router.queuedBatches,
      commitLatency: phases.commit,
      lockWait: phases.lock,
      lastCommitAtMs: this.#figures.lastCommitAtMs,
      lockedSinceMs: lock.blockedSinceMs,
      holder: lock.holder,
      spool: { batches: spool.batches, bytes: spool.bytes, replayed, lost: spool.lost },
      breaker: { state: breaker.state, sinceMs: breaker.sinceMs, nextProbeAtMs },
    };
  }

  operations(): readonly OperationRecord[] {
    return this.#operations.recent();
  }

  onStatus(listener: (status: DatabaseStatus) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  isolate(): void {
    this.#router.open('isolated', 'taken out of service by hand');
    this.#rememberIsolation(true);
  }

  rejoin(): void {
    this.#router.rejoin();
    this.#rememberIsolation(false);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#reader.close();
    this.#router.flush();
    this.#writer.expectEnd();
    this.#writer.post({ kind: 'close' });
    await this.#writerEnded();
    await this.#router.end();
    await this.#operations.flushed();
    this.#become('closed', null);
    this.#feed.stop();
  }

  #writerEnded(): Promise<void> {
    return new Promise((resolve) => {
      const deadline = this.#options.clock.after(CLOSE_DEADLINE_MS, resolve);
      void this.#writer.ended.then(() => {
        deadline.cancel();
        resolve();
      });
    });
  }

  #facts(): StoreFacts {
    const { breaker, lock, spoolProblem, volatileBatches } = this.#router;
    return {
      phase: this.#phase,
      phaseCause: this.#phaseCause,
      breaker,
      breakerDetail: this.#breakerDetail,
      holder: lock.holder,
      spoolProblem,
      volatileBatches,
      concerns: this.#checkpointProblem === null ? [] : [this.#checkpointProblem],
    };
  }

  #refusal(): StorageError | null {
    if (this.#closing) return new StorageError('CLOSED', 'the database is closed');
    if (this.#phase === 'read_only')
      return new StorageError('READ_ONLY', this.#phaseCause ?? 'the database is only read');
    return null;
  }

  #onWriterEvent(event: WriterEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#schemaVersion = event.schemaVersion;
        this.#fileStats = event.stats;
        if (event.readOnlyReason) this.#becomeReadOnly(event.readOnlyReason);
        else this.#becomeOpen();
        this.#settleOpening(null);
        return;
      case 'openFailed':
        this.#onOpenFailed(event.problem, event.retrying);
        return;
      case 'blocked':
        this.#router.onBlocked();
        return;
      case 'unblocked':
        this.#router.onUnblocked(event.waitedMs);
        return;
      case 'probeFailed':
        this.#router.onHandedBack([], event.problem);
        return;
      case 'filesChanged':
        this.#router.onHandedBack([], event.problem);
        void this.#reader.hold().then(() => this.#writer.post({ kind: 'rescue' }));
        return;
      case 'rescued':
        this.#reader.resume();
        this.#noteRescue(event);
        return;
      case 'committed':
        this.#router.onCommitted(event);
        break;
      case 'handedBack':
        this.#router.onHandedBack(event.seqs, event.problem);
        return;
      case 'stats':
        this.#fileStats = event.stats;
        break;
      case 'checkpointFailed':
        this.#checkpointProblem = `The write-ahead log cannot be moved into the database: ${event.problem.message}`;
        break;
      case 'checkpoint':
        this.#checkpointProblem = null;
        break;
      case 'closed':
        return;
      default:
        assertNever(event);
    }
    this.#feed.changed();
  }

  #onOpenFailed(problem: Problem, retrying: boolean): void {
    if (retrying) {
      this.#settleOpening(null);
      return;
    }
    this.#router.open(problem.class === 'corrupt' ? 'corrupt' : 'environment', problem.message);
    if (this.#phase === 'open' && problem.class === 'environment') {
      this.#writer.expectRestart(REOPEN_AFTER_MS);
      return;
    }
    this.#writer.expectEnd();
    this.#become('failed', `The database cannot be opened: ${problem.message}`);
    this.#settleOpening(new StorageError(problem.code, `${this.#options.file} cannot be opened: ${problem.message}`));
  }

  #becomeOpen(): void {
    this.#become('open', null);
    this.#router.probe();
  }

  #becomeReadOnly(reason: string): void {
    this.#become('read_only', reason);
    this.#writer.expectEnd();
    this.#router.rejectAll(new StorageError('READ_ONLY', reason));
  }

  #giveUp(reason: string): void {
    this.#router.open('thread', reason);
    this.#become(
      'failed',
      `The writer thread keeps dying and stays down (${reason}); rows are kept safely in the spool.`,
    );
    this.#settleOpening(new StorageError('WORKER_GONE', `the writer thread died again and again: ${reason}`));
  }

  #onBreakerMoved(from: BreakerState, to: BreakerState, detail: string): void {
    if (to.state === 'open') {
      this.#breakerDetail = detail;
      if (from.state === 'closed') this.#note('breaker', 'failed', `Writes go to the spool: ${detail}.`);
    } else if (to.state === 'closed') {
      this.#note(
        'breaker',
        'ok',
        'Writes go to the database again; the spool is empty.',
        to.sinceMs - this.#brokenSinceMs,
      );
    }
    if (from.state === 'closed') this.#brokenSinceMs = to.sinceMs;
  }

  #noteRescue({ problem, report, durationMs }: Extract<WriterEvent, { kind: 'rescued' }>): void {
    const outcomes: Readonly<Record<typeof report.outcome, string>> = {
      restored: 'everything was saved and put back',
      kept: `our rows were saved to ${report.copy ?? 'a copy'}`,
      none: 'nothing of it could be saved',
    };
    const outcome = report.outcome === 'none' ? 'failed' : 'ok';
    this.#note('files', outcome, `${problem.message}; ${outcomes[report.outcome]}.`, durationMs);
  }

  #note(
    kind: OperationKind,
    outcome: OperationRecord['outcome'],
    detail: string,
    durationMs: number | null = null,
  ): void {
    this.#operations.add({ atMs: this.#options.clock.wallMs(), kind, outcome, durationMs, detail });
  }

  #become(phase: StoreFacts['phase'], cause: string | null): void {
    this.#phase = phase;
    this.#phaseCause = cause;
    this.#feed.changed();
  }

  #rememberIsolation(isolated: boolean): void {
    rememberIsolation(this.#isolationFile, isolated, this.#options.clock.wallMs()).catch((error: Error) => {
      this.#breakerDetail = `the isolation cannot be remembered: ${error.message}`;
    });
  }
}
