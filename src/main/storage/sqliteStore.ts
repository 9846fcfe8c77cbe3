// One database behind its threads: the writer's events go to the router, reads to the reader, and what all of them know becomes
// the status.
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type {
  BackupInfo,
  DatabaseName,
  DatabaseStatus,
  OperationRecord,
  RestorePreview,
} from '../../shared/domain/database';
import type { LongWork } from '../../shared/domain/operation';
import { assertNever } from '../../shared/util/assertNever';
import type { TimerHandle } from '../../shared/util/clock';
import { BreakerFile } from './breakerFile';
import type { FileStats, WriterEvent, WriterRequest } from './common/protocol';
import { Diary } from './diary';
import { FilePhases } from './filePhases';
import { ReaderLink } from './readerLink';
import { QUIET_WORK } from './recovery/jobThread';
import { Keeper } from './recovery/keeper';
import { Maintenance } from './recovery/maintenance';
import { StatusFeed } from './statusFeed';
import { healthOf, statusOf } from './storeStatus';
import { StorageError, type Store, type StoreHealth, type StoreOptions } from './store';
import { ThreadLink } from './threadLink';
import { validateBatch } from './validateBatch';
import { WalWatch } from './walWatch';
import { WriteFigures } from './writeFigures';
import { WriteRouter } from './writeRouter';
import { WriterOrders } from './writerOrders';

/** A writer that is stuck in the disk must not keep the program from ending; its batches are in the spool by then. */
const CLOSE_DEADLINE_MS = 5_000;
/** What could not be put back in its place now may be a little later. */
const RESCUE_AGAIN_MS = 5_000;

export class SqliteStore implements Store {
  readonly name: DatabaseName;
  readonly #options: StoreOptions;
  readonly #writer: ThreadLink<WriterRequest, WriterEvent>;
  readonly #reader: ReaderLink;
  readonly #figures = new WriteFigures();
  readonly #router: WriteRouter;
  readonly #feed: StatusFeed;
  readonly #breakerFile: BreakerFile;
  readonly #keeper: Keeper;
  readonly #diary: Diary;
  readonly #orders: WriterOrders;
  readonly #maintenance: Maintenance;
  readonly #wal: WalWatch;
  readonly #phases: FilePhases;
  #fileStats: FileStats = { tables: [], sizeBytes: 0, walBytes: 0 };
  #closing: Promise<void> | null = null;
  #nextRescue: TimerHandle | null = null;

  constructor(options: StoreOptions) {
    this.name = options.name;
    this.#options = options;
    this.#breakerFile = new BreakerFile(options.spoolDir, options.name);
    const { clock, file, name, workers } = options;
    this.#keeper = new Keeper(options, {
      onDamage: (problem) => void this.#phases.recover(problem),
      isIdle: () => this.status().state === 'ok' && this.#router.queuedBatches === 0,
      applyRetention: (work) => this.#maintenance.applyRetention(work),
    });
    this.#diary = new Diary(this.#keeper);
    const start = { database: name, file };
    this.#feed = new StatusFeed(clock, () => this.status());
    this.#wal = new WalWatch(clock, file, {
      changed: () => this.#feed.changed(),
      readerEnded: (pinnedMs, holder) => this.#diary.readerEnded(pinnedMs, holder),
    });
    this.#reader = new ReaderLink({ file: workers.reader, name: `${name}-reader`, start, clock }, (problem) =>
      this.#phases.onDamagedRead(problem),
    );
    this.#writer = new ThreadLink(
      { file: workers.writer, name: `${name}-writer`, start, clock },
      {
        onEvent: (event) => this.#onWriterEvent(event),
        onStarted: () => this.#router.onThreadStarted(),
        onLost: (reason) => {
          this.#diary.threadLost(reason);
          this.#orders.threadEnded(reason);
          this.#router.open('thread', reason);
        },
        onEnded: () => {
          this.#nextRescue?.cancel();
          this.#phases.onThreadEnded();
        },
        onGaveUp: (reason) => this.#phases.giveUp(reason),
      },
    );
    this.#router = new WriteRouter(options, this.#writer, this.#figures, {
      changed: () => this.#feed.changed(),
      breakerMoved: (from, to, detail) => {
        this.#diary.breakerMoved(from, to, detail);
        this.#breakerFile.remember(to, detail).catch((error: Error) => {
          this.#diary.breakerDetail = `the state of the breaker cannot be remembered: ${error.message}`;
        });
      },
      lockEnded: (waitedMs, holder) => this.#diary.lockEnded(waitedMs, holder),
    });
    this.#orders = new WriterOrders((request) => this.#writer.post(request));
    this.#maintenance = new Maintenance(options, this.#keeper, this.#orders, {
      pauseWriter: (cause, whenFailed) => this.#phases.pauseWriter(cause, whenFailed),
      holdReader: () => this.#reader.hold(),
      resume: () => this.#phases.resume(),
      write: (batch) => this.write(batch),
      spool: () => ({ batches: this.#router.spool.batches, replayed: this.#router.replayed }),
    });
    this.#phases = new FilePhases(options, {
      writer: this.#writer,
      reader: this.#reader,
      router: this.#router,
      orders: this.#orders,
      keeper: this.#keeper,
      maintenance: this.#maintenance,
      feed: this.#feed,
    });
  }

  /** Resolves when the file is open or at least being waited for; rejects when it can never be opened as it is. */
  async open(): Promise<void> {
    await this.#router.begin();
    this.#router.reopen(this.#breakerFile.recall());
    this.#reader.start();
    try {
      await this.#phases.open();
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

  noteLongRead(what: string): () => void {
    return this.#wal.noteRead(what);
  }

  status(): DatabaseStatus {
    return statusOf({
      options: this.#options,
      phase: this.#phases.phase,
      phaseCause: this.#phases.cause,
      schemaVersion: this.#phases.schemaVersion,
      fileStats: this.#fileStats,
      figures: this.#figures,
      router: this.#router,
      breakerDetail: this.#diary.breakerDetail,
      concerns: this.#wal.concerns,
    });
  }

  health(): StoreHealth {
    return healthOf(this.#wal, this.#keeper, this.#reader);
  }

  operations(): readonly OperationRecord[] {
    return this.#keeper.log.recent();
  }

  backup(work: LongWork = QUIET_WORK): Promise<OperationRecord> {
    return this.#keeper.backup(work);
  }

  async backups(): Promise<readonly BackupInfo[]> {
    return await this.#keeper.backups.infos();
  }

  verify(backup: string, work: LongWork = QUIET_WORK): Promise<OperationRecord> {
    return this.#keeper.verify(backup, work);
  }

  check(thorough: boolean, work: LongWork = QUIET_WORK): Promise<OperationRecord> {
    return this.#keeper.check(thorough, work);
  }

  checkpoint(): Promise<OperationRecord> {
    return this.#maintenance.checkpoint();
  }

  compact(work: LongWork = QUIET_WORK): Promise<OperationRecord> {
    return this.#maintenance.compact(work);
  }

  previewRestore(backup: string, work: LongWork = QUIET_WORK): Promise<RestorePreview> {
    return this.#maintenance.preview(backup, work);
  }

  restore(backup: string, bringNewer: boolean, work: LongWork = QUIET_WORK): Promise<OperationRecord> {
    return this.#maintenance.restore(backup, bringNewer, work);
  }

  async applyRetention(work: LongWork = QUIET_WORK): Promise<OperationRecord | null> {
    return await this.#maintenance.applyRetention(work);
  }

  onStatus(listener: (status: DatabaseStatus) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  isolate(): void {
    this.#router.open('isolated', 'taken out of service by hand');
  }

  rejoin(): void {
    this.#router.rejoin();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#phases.closing();
    this.#keeper.stop();
    await this.#reader.close();
    this.#router.finish();
    this.#writer.expectEnd();
    this.#writer.post({ kind: 'close' });
    await this.#writer.endedWithin(CLOSE_DEADLINE_MS);
    this.#orders.threadEnded('the database is being closed');
    this.#wal.unpinned();
    await this.#router.end();
    await this.#keeper.ended();
    await this.#breakerFile.flushed();
    this.#phases.closed();
    this.#feed.stop();
  }

  #refusal(): StorageError | null {
    if (this.#closing) return new StorageError('CLOSED', 'the database is closed');
    const { phase, cause } = this.#phases;
    if (phase === 'read_only') return new StorageError('READ_ONLY', cause ?? 'the database is only read');
    return null;
  }

  /** The reader lets go of the files first. */
  #rescue(): void {
    void this.#reader.hold().then(() => this.#writer.post({ kind: 'rescue' }));
  }

  #onWriterEvent(event: WriterEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#fileStats = event.stats;
        this.#phases.onOpened(event);
        return;
      case 'openFailed':
        this.#phases.onOpenFailed(event.problem, event.retrying);
        return;
      case 'blocked':
        this.#router.onBlocked();
        return;
      case 'unblocked':
        this.#router.onUnblocked(event.waitedMs);
        return;
      case 'filesChanged':
        this.#router.onHandedBack([], event.problem);
        this.#rescue();
        return;
      case 'rescueFailed':
        // What is in place is not what was read before, and would be taken for damage.
        this.#reader.refuse(event.problem.code, event.problem.message);
        this.#router.onHandedBack([], event.problem);
        this.#diary.rescueFailed(event.problem);
        this.#nextRescue = this.#options.clock.after(RESCUE_AGAIN_MS, () => this.#rescue());
        return;
      case 'rescued':
        this.#reader.resume();
        this.#diary.rescued(event);
        return;
      case 'committed':
        this.#router.onCommitted(event);
        break;
      case 'probeFailed':
      case 'handedBack':
        this.#router.onHandedBack(event.kind === 'handedBack' ? event.seqs : [], event.problem);
        if (event.problem.class === 'corrupt') void this.#phases.recover(event.problem.message);
        return;
      case 'stats':
        this.#fileStats = event.stats;
        break;
      case 'checkpointFailed':
        this.#wal.failed(event.problem.message);
        break;
      case 'checkpoint':
        this.#wal.checkpointed(event.figures);
        break;
      case 'checkpointAnswer':
        for (const figures of event.runs) this.#wal.checkpointed(figures);
        this.#orders.onAnswer(event);
        break;
      case 'retentionProgress':
      case 'retentionEnded':
        this.#orders.onAnswer(event);
        return;
      case 'closed':
      case 'working':
        this.#router.heard();
        return;
      default:
        assertNever(event);
    }
    this.#feed.changed();
  }
}
