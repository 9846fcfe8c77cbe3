// Every batch's way to safety: to the writer while the database takes writes, to the spool while it does not; none overtakes an older
// one. Owns the batches that are not durable yet and the breaker; must not know what a batch means.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { LockHolder, LockIncident, OpenReason } from '../../shared/domain/database';
import type { TimerHandle } from '../../shared/util/clock';
import { committedAck, uncommittedAck } from './acks';
import { type BreakerEvent, type BreakerState, closedBreaker, nextBreaker } from './breaker';
import type { RememberedBreaker } from './breakerFile';
import { Comeback, UnstorableError } from './comeback';
import type { Problem } from './common/errorClass';
import type { WriterEvent, WriterRequest } from './common/protocol';
import { resultsFromWire } from './common/resultsOnTheWire';
import { nowMs } from './common/stopwatch';
import { LockWatch } from './lockWatch';
import { type PendingWrite, PendingWrites, unpackedLater } from './pendingWrites';
import { DEFAULT_SPOOL_LIMIT_BYTES, Spool } from './spool/spool';
import { StorageError, type StoreOptions } from './store';
import type { ThreadLink } from './threadLink';
import { unpackedLater } from './unpackedLater';
import type { WriteFigures } from './writeFigures';
import { writeMessages } from './writeMessages';

/** Beyond this, callers are refused instead of filling the memory; no row of theirs has been accepted then. */
const MAX_PENDING_ROWS = 100_000;
/** A writer that has batches and says nothing for so long is stuck in the disk; callers do not wait with it. */
const STALLED_AFTER_MS = 750;
const RETRY_VOLATILE_AFTER_MS = 1_000;
/** While the spool is brought home, callers add so much at once, and then half as much as has come home: it has to come to an end. */
const ROWS_AHEAD = 10_000;
const ADDED_PER_ROW_AT_HOME = 0.5;

export interface RouterListener {
  changed(): void;
  breakerMoved(from: BreakerState, to: BreakerState, detail: string): void;
  lockEnded(waitedMs: number, holder: LockHolder | null): void;
}

export class WriteRouter {
  readonly spool: Spool;
  readonly lock: LockWatch;
  breaker: BreakerState;
  /** The latest wait for the lock that opened the breaker, once it is over. */
  lastLock: LockIncident | null = null;
  /** Why the spool does not take batches, or null. */
  spoolProblem: string | null = null;
  readonly #options: StoreOptions;
  readonly #writer: ThreadLink<WriterRequest, WriterEvent>;
  readonly #figures: WriteFigures;
  readonly #listener: RouterListener;
  readonly #comeback: Comeback;
  readonly #pending = new PendingWrites();
  readonly #outbox: PendingWrite[] = [];
  /** Where a caller's batch goes. The spool until all of it is on its way to the writer: a newer row must not be there first. */
  #way: 'writer' | 'spool' | 'held' = 'writer';
  /** In their order; until the spool takes more, or until they follow what came out of it. */
  #held: PendingWrite[] = [];
  /** Rows that callers may add to the spool while it is brought home. */
  #room = 0;
  #closing = false;
  readonly #waitingForClosed: (() => void)[] = [];
  #heardAtMs = nowMs();
  #stallTimer: TimerHandle | null = null;
  /** Set as long as batches are only in memory. */
  #retryTimer: TimerHandle | null = null;

  constructor(
    options: StoreOptions,
    writer: ThreadLink<WriterRequest, WriterEvent>,
    figures: WriteFigures,
    listener: RouterListener,
  ) {
    this.#options = options;
    this.#writer = writer;
    this.#figures = figures;
    this.#listener = listener;
    this.breaker = closedBreaker(options.clock.wallMs());
    this.spool = new Spool({
      folder: options.spoolDir,
      prefix: options.name,
      limitBytes: options.spoolLimitBytes ?? DEFAULT_SPOOL_LIMIT_BYTES,
    });
    this.lock = new LockWatch(options.clock, options.file, {
      onHolder: () => listener.changed(),
      onPatienceEnd: () => this.open('lock', 'the write lock is held by another program'),
    });
    this.#comeback = new Comeback(options.name, options.clock, this.spool, {
      breaker: () => this.breaker,
      move: (event, detail) => this.#move(event, detail),
      open: (reason, detail) => this.open(reason, detail),
      submitOwn: (batch) => this.#submitOwn(batch),
      hold: () => (this.#way = 'held'),
      release: () => this.#release(),
      drained: () => writer.post({ kind: 'allApplied' }),
      changed: () => listener.changed(),
    });
  }

  /** Batches that came out of the spool into the database since the start. */
  get replayed(): number {
    return this.#comeback.replayed;
  }

  get nextProbeAtMs(): number | null {
    return this.#comeback.nextProbeAtMs;
  }

  get queuedBatches(): number {
    return this.#pending.size;
  }

  /** Batches that were answered as volatile and are only in memory. */
  get volatileBatches(): number {
    return this.#pending.at('memory').length;
  }

  /** Takes over what an earlier life left in the spool. */
  async begin(): Promise<void> {
    await this.spool.open();
    if (!this.spool.isEmpty) this.open('thread', 'batches of an earlier run wait in the spool');
  }

  /** Resolves once the batch is safe, or says that it is not; rejects with OVERLOADED, or with what SQLite has against it. */
  submit(batch: WriteBatch, rows: number): Promise<WriteAck> {
    const inFlight = this.#pending.findById(batch.id);
    if (inFlight) return inFlight.promise;
    if (this.#pending.rows + rows > MAX_PENDING_ROWS && this.#pending.size > 0) {
      return Promise.reject(
        new StorageError('OVERLOADED', `${this.#pending.rows} rows are waiting to be stored already`),
      );
    }
    const pending = this.#pending.add(batch, rows, nowMs(), 'caller');
    if (this.#way === 'writer') this.#toWriter(pending);
    else {
      pending.place = 'held';
      this.#held.push(pending);
      this.#shelveHeld();
    }
    return pending.promise;
  }

  /** The breaker opens: everything that is not durable yet goes to the spool. */
  open(reason: OpenReason, detail: string): void {
    if (!this.#move({ kind: 'trouble', reason }, detail)) return;
    this.#way = 'spool';
    // An attempt that was planned for another trouble must not be made while the file is being replaced.
    this.#comeback.cancel();
    this.#outbox.length = 0;
    this.#held = [];
    this.#writer.post({ kind: 'setAside' });
    for (const pending of this.#pending.at('writer', 'held')) {
      if (pending.origin === 'caller') this.#shelve(pending);
      else this.#pending.remove(pending.entry.seq)?.reject(new StorageError('INTERRUPTED', detail));
    }
    if (reason === 'environment' || reason === 'stalled') this.#comeback.probeLater(this.breaker.failedProbes);
  }

  /** Goes on where an earlier run ended. */
  reopen(remembered: RememberedBreaker | null): void {
    if (!remembered) return;
    const { reason, sinceMs, failedProbes, detail } = remembered;
    this.open(reason, detail);
    this.breaker = { ...this.breaker, sinceMs, failedProbes };
  }

  /** A person puts the database back into service. */
  rejoin(): void {
    if (this.#move({ kind: 'rejoin' }, 'put back into service')) this.#comeback.begin();
  }

  /** Resolves when writes go to the database and nothing is left in the spool. */
  whenClosed(): Promise<void> {
    if (this.breaker.state === 'closed') return Promise.resolve();
    return new Promise((resolve) => void this.#waitingForClosed.push(resolve));
  }

  /** There is evidence that the database takes writes again: prove it with one, then bring the spool home. */
  probe(): void {
    this.#comeback.probe();
  }

  /** A writer thread has started: it gets what the one before had not answered. */
  onThreadStarted(): void {
    this.#heardAtMs = nowMs();
    if (this.breaker.state !== 'closed') this.#writer.post({ kind: 'setAside' });
    this.#post(this.#pending.at('writer'));
  }

  /** Nobody will tell when a wait for the lock ends; that it was held is worth a line all the same. */
  onThreadEnded(): void {
    const { blockedSinceMs, holder } = this.lock;
    this.lock.unblocked();
    if (blockedSinceMs !== null && this.breaker.reason === 'lock') {
      this.#listener.lockEnded(this.#options.clock.wallMs() - blockedSinceMs, holder);
    }
  }

  onBlocked(): void {
    this.heard();
    this.lock.blocked();
  }

  onUnblocked(waitedMs: number): void {
    this.heard();
    const { holder, blockedSinceMs } = this.lock;
    this.lock.unblocked();
    if (this.breaker.reason === 'lock') {
      const untilMs = this.#options.clock.wallMs();
      const sinceMs = blockedSinceMs ?? untilMs - waitedMs;
      this.lastLock = { holder, sinceMs, untilMs, spooledBatches: this.spool.batches };
      this.#listener.lockEnded(waitedMs, holder);
      this.probe();
    }
  }

  onCommitted(event: Extract<WriterEvent, { kind: 'committed' }>): void {
    this.heard();
    const { clock } = this.#options;
    const monotonicMs = clock.monotonicMs();
    this.#figures.committed(event, clock.wallMs(), monotonicMs);
    for (const result of resultsFromWire(event.results)) {
      const pending = this.#pending.remove(result.seq);
      if (!pending) continue;
      this.#figures.rowsWritten += result.outcome.inserted + result.outcome.changed;
      this.#figures.rowsRejected += result.outcome.rejected.length;
      this.#figures.queued(event.stamps.firstTryAtMs - pending.entry.enqueuedAtMs, monotonicMs);
      pending.resolve(committedAck(pending, result, event.stamps));
      if (pending.origin === 'own') this.#room += pending.rows * ADDED_PER_ROW_AT_HOME;
    }
    this.#shelveHeld();
  }

  /** The writer could not store these. Nothing is lost by it: they go to the spool, unless they can never be stored. */
  onHandedBack(seqs: readonly number[], problem: Problem): void {
    this.heard();
    const hopeless = problem.class === 'bug' || problem.class === 'data';
    if (problem.class === 'environment') this.open('environment', problem.message);
    if (problem.class === 'corrupt') this.open('corrupt', problem.message);
    // It goes to the spool, and only an attempt to come back takes it out of there.
    if (problem.class === 'transient' && !this.#closing) this.open('environment', problem.message);
    for (const seq of seqs) {
      const pending = this.#pending.find(seq);
      if (pending?.place !== 'writer') continue;
      if (hopeless) this.#pending.remove(seq)?.reject(new UnstorableError(problem.code, problem.message));
      else if (pending.origin === 'own') {
        this.#pending.remove(seq)?.reject(new StorageError(problem.code, problem.message));
      } else {
        this.#shelve(pending);
      }
    }
  }

  heard(): void {
    this.#heardAtMs = nowMs();
  }

  /** Rejects what no thread will ever answer. */
  rejectAll(error: StorageError): void {
    for (const { entry } of this.#pending.at('writer', 'memory', 'held'))
      this.#pending.remove(entry.seq)?.reject(error);
  }

  /** Sends what is still in the outbox; nothing is submitted any more, and a replay stops where it is. */
  finish(): void {
    this.#closing = true;
    this.#comeback.stop();
    this.#flush();
  }

  /** What the writer has not answered for goes to the spool; then the spool is closed. */
  async end(): Promise<void> {
    for (const timer of [this.#stallTimer, this.#retryTimer]) timer?.cancel();
    this.onThreadEnded();
    this.#held = [];
    for (const pending of this.#pending.at('writer', 'memory', 'held')) {
      if (pending.origin === 'caller') this.#toSpool(pending);
      else this.#pending.remove(pending.entry.seq)?.reject(new StorageError('CLOSED', 'the database was closed'));
    }
    // The next start must find nobody at work on the files.
    await this.#comeback.ended();
    await this.spool.close();
    this.rejectAll(new StorageError('CLOSED', 'the database was closed before the batch was stored'));
    this.#retryTimer?.cancel();
  }

  /** In their order: what is only in memory is the oldest, for nothing went past it into the spool. */
  #release(): void {
    this.#way = 'writer';
    this.#retryTimer?.cancel();
    this.#retryTimer = null;
    this.#held = [];
    for (const pending of this.#pending.at('memory', 'held')) this.#toWriter(pending);
  }

  #shelveHeld(): void {
    if (this.#way !== 'spool') return;
    const isPaced = this.breaker.state === 'half_open';
    let taken = 0;
    for (const pending of this.#held) {
      if (isPaced && this.#room <= 0) break;
      this.#room -= pending.rows;
      this.#shelve(pending);
      taken += 1;
    }
    this.#held.splice(0, taken);
  }

  #toWriter(pending: PendingWrite): void {
    pending.place = 'writer';
    if (this.#outbox.length === 0) queueMicrotask(() => this.#flush());
    this.#outbox.push(pending);
    this.#stallTimer ??= this.#options.clock.after(STALLED_AFTER_MS, () => this.#checkStall());
  }

  #flush(): void {
    this.#post(this.#outbox.splice(0));
  }

  #post(batches: readonly PendingWrite[]): void {
    for (const message of writeMessages(batches)) this.#writer.post(message);
  }

  /** Whoever comes after a batch that the spool did not take waits behind it, and is told so. */
  #shelve(pending: PendingWrite): void {
    if (this.#retryTimer) this.#toMemory(pending);
    else this.#toSpool(pending);
  }

  #toSpool(pending: PendingWrite): void {
    const { entry } = pending;
    pending.place = 'spool';
    this.spool.append(unpackedLater(entry)).then(
      () => {
        this.spoolProblem = null;
        this.#pending.remove(entry.seq)?.resolve(uncommittedAck(pending, 'spooled', nowMs()));
        this.#listener.changed();
      },
      (error: Error) => {
        this.spoolProblem = error.message;
        this.#toMemory(pending);
      },
    );
  }

  #toMemory(pending: PendingWrite): void {
    pending.place = 'memory';
    pending.resolve(uncommittedAck(pending, 'volatile', nowMs()));
    this.#retryLater();
    this.#listener.changed();
  }

  #retryLater(): void {
    this.#retryTimer ??= this.#options.clock.after(RETRY_VOLATILE_AFTER_MS, () => this.#retryVolatile());
  }

  #retryVolatile(): void {
    this.#retryTimer = null;
    // While callers are held, all of it goes to the writer in a moment, unless the breaker opens again.
    if (this.#way === 'held') this.#retryLater();
    else for (const pending of this.#pending.at('memory')) this.#toSpool(pending);
  }

  #checkStall(isSure = false): void {
    this.#stallTimer = null;
    const [first] = this.#pending.at('writer');
    if (!first || this.breaker.state === 'open') return;
    const leftMs = STALLED_AFTER_MS - (nowMs() - Math.max(this.#heardAtMs, first.entry.enqueuedAtMs));
    // Where this thread had no time itself, what the writer said lies unread: it is read before the second look.
    if (leftMs > 0 || !isSure)
      this.#stallTimer = this.#options.clock.after(Math.max(leftMs, 0) + 1, () => this.#checkStall(leftMs <= 0));
    else this.open('stalled', 'the disk does not answer');
  }

  #submitOwn(batch: WriteBatch): Promise<WriteAck> {
    const rows = batch.parts.reduce((sum, part) => sum + part.rows.length, 0);
    const pending = this.#pending.add(batch, rows, nowMs(), 'own');
    this.#toWriter(pending);
    return pending.promise;
  }

  #move(event: BreakerEvent, detail: string): boolean {
    const from = this.breaker;
    this.breaker = nextBreaker(from, event, this.#options.clock.wallMs());
    if (this.breaker === from) return false;
    this.#listener.breakerMoved(from, this.breaker, detail);
    if (this.breaker.state === 'half_open') this.#room = ROWS_AHEAD;
    if (this.breaker.state === 'closed') for (const resolve of this.#waitingForClosed.splice(0)) resolve();
    this.#listener.changed();
    return true;
  }
}
