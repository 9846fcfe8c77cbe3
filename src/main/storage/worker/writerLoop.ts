// The writer thread: the only one that changes its database. It drains its port, stores what waits in one transaction, answers,
// and never blocks on a lock: a timer brings it back, so it can still be told to close or to hand batches over.
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { describeError, describePreparedError, type Problem } from '../common/errorClass';
import type { BatchResult, ThreadStart, WriterEvent, WriterRequest } from '../common/protocol';
import { resultsToWire } from '../common/resultsOnTheWire';
import { fromWire } from '../common/rowsOnTheWire';
import { nowMs } from '../common/stopwatch';
import { GuardError } from './fileGuard';
import type { PickedEntry } from './groupCommit';
import { Housekeeper } from './housekeeper';
import { probeDelayMs, retryDelayMs } from './lockWait';
import { Retention } from './retention';
import { rescue } from './rescue';
import { closeWriterFile, openWriterFile, type WriterFile } from './writerFile';
import { WriteQueue } from './writeQueue';

const TELL_EVERY_MS = 250;
/** A commit that takes more is no cheaper per row, and the lock is not ours alone. */
const MAX_ROWS_PER_COMMIT = 4_000;
/** Nor does anybody like to wait for it: with so much work done, what else waits goes into the next. */
const MAX_WORK_PER_COMMIT_MS = 20;

interface Blockade {
  readonly sinceAtMs: number;
  attempts: number;
}

export class WriterLoop {
  readonly #start: ThreadStart;
  readonly #port: MessagePort;
  readonly #queue = new WriteQueue();
  readonly #housekeeper: Housekeeper;
  #file: WriterFile | null = null;
  #blockade: Blockade | null = null;
  /** What whoever wants to write is told of them, too. */
  #changedFiles: { readonly error: GuardError; readonly problem: Problem } | null = null;
  #stepTimer: NodeJS.Timeout | null = null;
  #nextStep: NodeJS.Immediate | null = null;
  #closing = false;
  #ended = false;
  /** The file stays closed until there is something to write. */
  #isDormant = false;
  #keepsApplied = false;
  #checkpointAsked = false;
  #retention: Retention | null = null;
  #retentionToldAtMs = 0;
  #committedAtMs = -Infinity;
  #workToldAtMs = 0;

  constructor(start: ThreadStart, port: MessagePort) {
    this.#start = start;
    this.#port = port;
    this.#housekeeper = new Housekeeper(start.file, (event) => this.#post(event));
  }

  run(): void {
    this.#port.on('message', (request: WriterRequest) => {
      this.#accept(request);
      // A full group is stored before more is taken in: rows that wait unread in the port cost no memory and no collection.
      if (!this.#blockade && (!this.#nextStep || this.#queue.isFull)) this.#step();
    });
    this.#step();
  }

  #accept(request: WriterRequest): void {
    switch (request.kind) {
      case 'write':
        for (const entry of fromWire(request)) this.#queue.add(entry);
        return;
      case 'setAside':
        this.#queue.takeAll();
        this.#keepApplied(true);
        return;
      case 'allApplied':
        this.#keepApplied(false);
        return;
      case 'checkpoint':
        // Not here: a transaction may be open while the port is read.
        this.#checkpointAsked = true;
        return;
      case 'retain':
        this.#retention = new Retention(request.cuts);
        return;
      case 'cancelRetention':
        this.#endRetention(null, true);
        return;
      case 'rescue':
        if (this.#file && this.#changedFiles) this.#rescue(this.#file, this.#changedFiles.error);
        return;
      case 'abandon':
        this.#queue.takeAll();
        this.#file?.db.close();
        this.#end();
        return;
      case 'close':
        this.#closing = true;
        // Whatever holds the lock may hold it for hours: do not wait for it now.
        if (this.#blockade) this.#goOn();
        return;
    }
  }

  #drainPort(): void {
    while (!this.#queue.isFull) {
      const next = receiveMessageOnPort(this.#port);
      if (!next) return;
      this.#accept(next.message as WriterRequest);
    }
  }

  #step(): void {
    if (this.#ended) return;
    if (this.#stepTimer) clearTimeout(this.#stepTimer);
    this.#stepTimer = null;
    this.#nextStep = null;
    this.#drainPort();
    if (this.#checkpointAsked) this.#checkpointNow();
    if (this.#ended || (this.#isDormant && this.#queue.isEmpty && !this.#retention && !this.#closing)) return;
    const file = this.#file ?? this.#open();
    if (!file) return;
    if (this.#changedFiles) {
      this.#handBack(this.#queue.takeAll(), this.#changedFiles.problem);
      if (this.#closing) this.#rescue(file, this.#changedFiles.error);
    } else if (!this.#queue.isEmpty) this.#store(file);
    else if (this.#closing) this.#close(file);
    else if (this.#retention) this.#retain(file, this.#retention);
    else this.#probe(file);
  }

  /** One step at a time is due: the next turn of the loop, or a timer that an earlier call moves forward. */
  #goOn(delayMs = 0): void {
    if (this.#stepTimer) clearTimeout(this.#stepTimer);
    this.#stepTimer = null;
    if (delayMs > 0) this.#stepTimer = setTimeout(() => this.#step(), delayMs);
    else this.#nextStep ??= setImmediate(() => this.#step());
  }

  #open(): WriterFile | null {
    this.#isDormant = false;
    try {
      const { file, ...opened } = openWriterFile(this.#start);
      this.#file = file;
      this.#unblocked();
      this.#keepApplied(this.#keepsApplied);
      this.#post({ kind: 'opened', ...opened });
      if (!file) this.#end();
    } catch (error) {
      const problem = describeError(error);
      const retrying = problem.class === 'transient' && !this.#closing;
      this.#post({ kind: 'openFailed', problem, retrying });
      if (retrying) {
        this.#waitForLock(problem);
      } else {
        this.#handBack(this.#queue.takeAll(), problem);
        this.#end();
      }
    }
    return this.#file;
  }

  /** Asks for the write lock and gives it back: the only way to learn of a foreign lock before a batch does. Costs 7 µs. */
  #probe(file: WriterFile): void {
    if (!this.#begin(file)) return;
    file.rollback.run();
    this.#unblocked();
    this.#goOn(probeDelayMs(nowMs() - this.#committedAtMs));
  }

  #store(file: WriterFile): void {
    const firstTryAtMs = this.#blockade?.sinceAtMs ?? nowMs();
    if (!this.#begin(file)) return;
    const begunAtMs = nowMs();
    const attempts = (this.#blockade?.attempts ?? 0) + 1;
    this.#unblocked();
    const group: PickedEntry[] = [];
    const results: BatchResult[] = [];
    try {
      this.#execute(file, begunAtMs, group, results);
      // Told to let go of the file in the middle of it.
      if (!file.db.open) return;
      // What waited for the lock may have been set aside in the meantime.
      if (group.length === 0) {
        file.rollback.run();
        this.#goOn();
        return;
      }
      file.group.beforeCommit();
      const executedAtMs = nowMs();
      file.commit.run();
      this.#committedAtMs = nowMs();
      const stamps = { firstTryAtMs, begunAtMs, executedAtMs, committedAtMs: this.#committedAtMs };
      file.counts.add(file.group.committed());
      const rows = group.reduce((sum, entry) => sum + entry.rowCount, 0);
      this.#post({ kind: 'committed', stamps, rows, attempts, results: resultsToWire(results) });
      this.#housekeeper.afterCommit(file);
    } catch (error) {
      const problem = describePreparedError(error);
      // SQLite has rolled back by itself after a full disk or an I/O error.
      if (file.db.inTransaction) file.rollback.run();
      file.group.rolledBack();
      if (problem.class === 'bug' && group.length > 1) this.#queue.putBackAlone(group);
      else this.#handBack(group, problem);
      // BEGIN IMMEDIATE does not fail on a read-only file, the first row does.
      if (staysReadOnly(problem)) this.#letGo(file);
    }
    this.#goOn();
  }

  /**
   * Stores what waits and what comes while it does so. Each message is stored before the next is taken in: rows that are used at
   * once die young, which is half the price of having them.
   */
  #execute(file: WriterFile, begunAtMs: number, group: PickedEntry[], results: BatchResult[]): void {
    let rows = 0;
    for (;;) {
      this.#drainPort();
      const taken = this.#queue.takeGroup();
      if (taken.length === 0) return;
      group.push(...taken);
      for (const entry of taken) {
        results.push(file.group.execute(entry, () => this.#tellWorking()));
        rows += entry.rowCount;
      }
      if (group[0]?.alone || rows >= MAX_ROWS_PER_COMMIT || nowMs() - begunAtMs >= MAX_WORK_PER_COMMIT_MS) return;
    }
  }

  #tellWorking(): void {
    if (nowMs() - this.#workToldAtMs < TELL_EVERY_MS) return;
    this.#workToldAtMs = nowMs();
    this.#post({ kind: 'working' });
  }

  /** Deletes a few rows that nobody wants to keep; whatever has come in meanwhile is stored before the next few. */
  #retain(file: WriterFile, retention: Retention): void {
    if (!this.#begin(file)) return;
    this.#unblocked();
    const startedAtMs = nowMs();
    try {
      const slice = retention.deleteSome(file.db);
      const workedAtMs = nowMs();
      const { deleted, hasMore } = slice;
      if (deleted.size > 0) file.commit.run();
      else file.rollback.run();
      retention.ended(slice, startedAtMs, workedAtMs);
      if (deleted.size > 0) {
        file.counts.add(new Map([...deleted].map(([table, rows]) => [table, -rows])));
        this.#housekeeper.afterCommit(file);
      }
      if (hasMore) this.#tellRetention(retention);
      else this.#endRetention(null, false);
    } catch (error) {
      if (file.db.inTransaction) file.rollback.run();
      this.#endRetention(describeError(error), false);
    }
    this.#goOn();
  }

  #tellRetention(retention: Retention): void {
    if (nowMs() - this.#retentionToldAtMs < TELL_EVERY_MS) return;
    this.#retentionToldAtMs = nowMs();
    this.#post({ kind: 'retentionProgress', figures: retention.figures(false) });
  }

  #endRetention(problem: Problem | null, cancelled: boolean): void {
    const retention = this.#retention;
    this.#retention = null;
    if (retention) this.#post({ kind: 'retentionEnded', figures: retention.figures(cancelled), problem });
  }

  #checkpointNow(): void {
    this.#checkpointAsked = false;
    if (!this.#file || this.#changedFiles) {
      const problem: Problem = { class: 'environment', code: 'CLOSED', message: 'the database is not open now' };
      this.#post({ kind: 'checkpointAnswer', runs: [], problem });
      return;
    }
    const { checkpointer } = this.#file;
    try {
      const moved = checkpointer.run();
      // Emptying the log waits for nobody; under readers it would only fail.
      const runs = moved.checkpointed < moved.log ? [moved] : [moved, checkpointer.runFinal()];
      this.#post({ kind: 'checkpointAnswer', runs, problem: null });
    } catch (error) {
      this.#post({ kind: 'checkpointAnswer', runs: [], problem: describeError(error) });
    }
  }

  /** True when the write lock is ours; otherwise what is to be done about it has been done. */
  #begin(file: WriterFile): boolean {
    try {
      file.guard.check();
      file.begin.run();
      return true;
    } catch (error) {
      if (error instanceof GuardError) this.#stopForChangedFiles(error);
      else this.#cannotBegin(file, describeError(error));
      return false;
    }
  }

  #cannotBegin(file: WriterFile, problem: Problem): void {
    if (problem.class === 'transient' && !this.#closing) {
      this.#waitForLock(problem);
      return;
    }
    if (this.#queue.isEmpty) this.#post({ kind: 'probeFailed', problem });
    this.#handBack(this.#queue.takeAll(), problem);
    if (staysReadOnly(problem)) this.#letGo(file);
    this.#goOn(this.#closing ? 0 : probeDelayMs(nowMs() - this.#committedAtMs));
  }

  #waitForLock(problem: Problem): void {
    if (!this.#blockade) {
      this.#blockade = { sinceAtMs: nowMs(), attempts: 0 };
      this.#post({ kind: 'blocked', problem, sinceAtMs: this.#blockade.sinceAtMs });
    }
    this.#blockade.attempts += 1;
    const waitedMs = nowMs() - this.#blockade.sinceAtMs;
    this.#goOn(retryDelayMs(this.#blockade.attempts, waitedMs, Math.random()));
  }

  #unblocked(): void {
    if (!this.#blockade) return;
    const { sinceAtMs, attempts } = this.#blockade;
    this.#blockade = null;
    this.#post({ kind: 'unblocked', waitedMs: nowMs() - sinceAtMs, attempts });
  }

  /** The files are not what was opened. Nothing more is written; the rescue waits until the reader has let go of them, too. */
  #stopForChangedFiles(error: GuardError): void {
    const problem = describeError(error);
    this.#changedFiles = { error, problem };
    this.#unblocked();
    this.#handBack(this.#queue.takeAll(), problem);
    this.#post({ kind: 'filesChanged', problem });
  }

  #rescue(file: WriterFile, error: GuardError): void {
    const startedAtMs = nowMs();
    this.#housekeeper.cancel();
    const { report, problem } = rescue(file.db, this.#start.file, file.guard, error, this.#closing);
    if (report === null) {
      // Opening anew would begin an empty database in place of one that can still be saved.
      this.#changedFiles = { error, problem };
      this.#post({ kind: 'rescueFailed', problem });
      return;
    }
    this.#file = null;
    this.#changedFiles = null;
    this.#post({ kind: 'rescued', problem, report, durationMs: nowMs() - startedAtMs });
    if (this.#closing && report.outcome !== 'restored') this.#end();
    else this.#goOn();
  }

  /** Closes the file until there is something to write: a handle that was opened without write access stays without. */
  #letGo(file: WriterFile): void {
    this.#housekeeper.cancel();
    file.db.close();
    this.#file = null;
    this.#isDormant = true;
  }

  #keepApplied(keep: boolean): void {
    this.#keepsApplied = keep;
    if (this.#file) this.#file.group.applied.keepAll = keep;
  }

  #handBack(entries: readonly PickedEntry[], problem: Problem): void {
    if (entries.length > 0) this.#post({ kind: 'handedBack', seqs: entries.map((entry) => entry.seq), problem });
  }

  #close(file: WriterFile): void {
    this.#housekeeper.cancel();
    try {
      this.#post({ kind: 'checkpoint', figures: closeWriterFile(file) });
    } catch (error) {
      this.#post({ kind: 'checkpointFailed', problem: describeError(error) });
    }
    this.#end();
  }

  /** The thread ends by itself once its port is closed; it must not be terminated with an open handle. */
  #end(): void {
    this.#ended = true;
    if (this.#stepTimer) clearTimeout(this.#stepTimer);
    this.#housekeeper.cancel();
    this.#post({ kind: 'closed' });
    this.#port.close();
  }

  #post(event: WriterEvent): void {
    this.#port.postMessage(event);
  }
}

function staysReadOnly({ code }: Problem): boolean {
  return code.startsWith('SQLITE_READONLY');
}
