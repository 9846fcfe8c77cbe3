// The writer thread: the only one that changes its database. It drains its port, stores what waits in one transaction, answers,
// and never blocks on a lock: a timer brings it back, so it can still be told to close or to hand batches over.
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { Checkpointer, IDLE_CHECKPOINT_AFTER_MS } from './checkpointer';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { DATABASE_TABLES } from '../common/databaseTables';
import { describeError, type Problem } from '../common/errorClass';
import { FileGuard, GuardError } from './fileGuard';
import { RowCounts } from './fileStats';
import { GroupCommit, type PickedEntry } from './groupCommit';
import { retryDelayMs } from './lockWait';
import { openForWriting } from './open';
import { rescue } from './rescue';
import type { BatchResult, ThreadStart, WriteEntry, WriterEvent, WriterRequest } from '../common/protocol';
import { nowMs } from '../common/stopwatch';

const MAX_ROWS_PER_COMMIT = 1_000;
const STATS_EVERY_MS = 250;
const IDLE_PROBE_EVERY_MS = 100;
/** A checkpoint that could not move everything (a reader pins the WAL) is tried again after this long. */
const PINNED_CHECKPOINT_AFTER_MS = 2_000;

interface OpenFile {
  readonly db: SqliteDatabase;
  readonly group: GroupCommit;
  readonly counts: RowCounts;
  readonly guard: FileGuard;
  readonly checkpointer: Checkpointer;
  readonly begin: SqliteStatement;
  readonly commit: SqliteStatement;
  readonly rollback: SqliteStatement;
}

interface Blockade {
  readonly sinceAtMs: number;
  attempts: number;
}

export class WriterLoop {
  readonly #start: ThreadStart;
  readonly #port: MessagePort;
  #file: OpenFile | null = null;
  readonly #queue: PickedEntry[] = [];
  #queuedRows = 0;
  #blockade: Blockade | null = null;
  #stepTimer: NodeJS.Timeout | null = null;
  #nextStep: NodeJS.Immediate | null = null;
  #checkpointTimer: NodeJS.Timeout | null = null;
  #statsTimer: NodeJS.Timeout | null = null;
  #closing = false;
  #ended = false;
  #isDormant = false;
  #keepsApplied = false;
  #changedFiles: GuardError | null = null;

  constructor(start: ThreadStart, port: MessagePort) {
    this.#start = start;
    this.#port = port;
  }

  run(): void {
    this.#port.on('message', (request: WriterRequest) => {
      this.#accept(request);
      // A full group is stored before more is taken in: rows that wait unread in the port cost no memory and no collection.
      if (!this.#blockade && (!this.#nextStep || this.#queuedRows >= MAX_ROWS_PER_COMMIT)) this.#step();
    });
    this.#step();
  }

  #accept(request: WriterRequest): void {
    switch (request.kind) {
      case 'write':
        for (const entry of request.entries) {
          const picked = pick(entry);
          this.#queuedRows += picked.rowCount;
          this.#queue.push(picked);
        }
        return;
      case 'setAside':
        this.#takeAll();
        this.#keepApplied(true);
        return;
      case 'allApplied':
        this.#keepApplied(false);
        return;
      case 'rescue':
        if (this.#file && this.#changedFiles) this.#rescue(this.#file, this.#changedFiles);
        return;
      case 'abandon':
        this.#takeAll();
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
    while (this.#queuedRows < MAX_ROWS_PER_COMMIT) {
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
    if (this.#ended) return;
    if (this.#isDormant && this.#queue.length === 0 && !this.#closing) return;
    const file = this.#file ?? this.#open();
    if (!file) return;
    if (this.#changedFiles) {
      this.#handBack(this.#takeAll(), describeError(this.#changedFiles));
      if (this.#closing) this.#rescue(file, this.#changedFiles);
    } else if (this.#queue.length > 0) this.#store(file);
    else if (this.#closing) this.#close(file);
    else this.#probe(file);
  }

  /** Asks for the write lock and gives it back: the only way to learn of a foreign lock before a batch does. Costs 7 µs. */
  #probe(file: OpenFile): void {
    try {
      file.guard.check();
      file.begin.run();
      file.rollback.run();
      this.#unblocked();
      this.#goOn(IDLE_PROBE_EVERY_MS);
    } catch (error) {
      if (error instanceof GuardError) {
        this.#stopForChangedFiles(error);
        return;
      }
      const problem = describeError(error);
      if (problem.class === 'transient') {
        this.#waitForLock(problem);
        return;
      }
      this.#post({ kind: 'probeFailed', problem });
      if (staysReadOnly(problem)) this.#letGo(file);
      else this.#goOn(IDLE_PROBE_EVERY_MS);
    }
  }

  /** One step at a time is due: the next turn of the loop, or a timer that an earlier call moves forward. */
  #goOn(delayMs = 0): void {
    if (this.#stepTimer) clearTimeout(this.#stepTimer);
    this.#stepTimer = null;
    if (delayMs > 0) this.#stepTimer = setTimeout(() => this.#step(), delayMs);
    else this.#nextStep ??= setImmediate(() => this.#step());
  }

  #open(): OpenFile | null {
    this.#isDormant = false;
    try {
      const { db, schemaVersion, readOnlyReason } = openForWriting(this.#start.database, this.#start.file);
      const tables = DATABASE_TABLES[this.#start.database];
      const counts = new RowCounts(db, tables);
      const stats = counts.stats(this.#start.file);
      this.#unblocked();
      if (readOnlyReason) {
        db.close();
        this.#post({ kind: 'opened', schemaVersion, readOnlyReason, stats });
        this.#end();
        return null;
      }
      this.#file = {
        db,
        counts,
        guard: new FileGuard(this.#start.file),
        group: new GroupCommit(db, tables),
        checkpointer: new Checkpointer(db),
        begin: db.prepare('BEGIN IMMEDIATE'),
        commit: db.prepare('COMMIT'),
        rollback: db.prepare('ROLLBACK'),
      };
      this.#keepApplied(this.#keepsApplied);
      this.#post({ kind: 'opened', schemaVersion, readOnlyReason, stats });
      return this.#file;
    } catch (error) {
      const problem = describeError(error);
      const retrying = problem.class === 'transient' && !this.#closing;
      this.#post({ kind: 'openFailed', problem, retrying });
      if (retrying) {
        this.#waitForLock(problem);
      } else {
        this.#handBack(this.#queue, problem);
        this.#end();
      }
      return null;
    }
  }

  #store(file: OpenFile): void {
    const firstTryAtMs = this.#blockade?.sinceAtMs ?? nowMs();
    try {
      file.guard.check();
      file.begin.run();
    } catch (error) {
      if (error instanceof GuardError) {
        this.#stopForChangedFiles(error);
        return;
      }
      this.#cannotBegin(file, describeError(error));
      return;
    }
    const begunAtMs = nowMs();
    const attempts = (this.#blockade?.attempts ?? 0) + 1;
    this.#unblocked();
    this.#drainPort();
    const group = this.#takeGroup();
    // What waited for the lock may have been set aside in the meantime.
    if (group.length === 0) {
      file.rollback.run();
      this.#goOn();
      return;
    }
    try {
      const results: BatchResult[] = group.map((entry) => file.group.execute(entry));
      const executedAtMs = nowMs();
      file.commit.run();
      const stamps = { firstTryAtMs, begunAtMs, executedAtMs, committedAtMs: nowMs() };
      file.counts.add(file.group.committed());
      this.#post({
        kind: 'committed',
        stamps,
        rows: group.reduce((sum, entry) => sum + entry.rowCount, 0),
        attempts,
        results,
      });
    } catch (error) {
      const problem = describeError(error);
      // SQLite has rolled back by itself after a full disk or an I/O error.
      if (file.db.inTransaction) file.rollback.run();
      file.group.rolledBack();
      this.#handBack(group, problem);
      // BEGIN IMMEDIATE does not fail on a read-only file, the first row does.
      if (staysReadOnly(problem)) {
        this.#letGo(file);
        this.#goOn();
        return;
      }
    }
    this.#afterGroup(file);
  }

  #afterGroup(file: OpenFile): void {
    this.#statsTimer ??= setTimeout(() => {
      this.#statsTimer = null;
      this.#post({ kind: 'stats', stats: file.counts.stats(this.#start.file) });
    }, STATS_EVERY_MS);
    if (file.checkpointer.isOverdue()) this.#checkpoint(file);
    else this.#armCheckpoint(file, IDLE_CHECKPOINT_AFTER_MS);
    this.#goOn();
  }

  /** The files are not what was opened. Nothing more is written; the rescue waits until the reader has let go of them, too. */
  #stopForChangedFiles(error: GuardError): void {
    this.#changedFiles = error;
    this.#unblocked();
    this.#handBack(this.#takeAll(), describeError(error));
    this.#post({ kind: 'filesChanged', problem: describeError(error) });
  }

  #rescue(file: OpenFile, error: GuardError): void {
    const startedAtMs = nowMs();
    const report = rescue(file.db, this.#start.file, file.guard, error.code, Date.now());
    this.#file = null;
    this.#changedFiles = null;
    this.#cancelTimers();
    this.#post({ kind: 'rescued', problem: describeError(error), report, durationMs: nowMs() - startedAtMs });
    this.#goOn();
  }

  /** Closes the file until there is something to write: a handle that was opened without write access stays without. */
  #letGo(file: OpenFile): void {
    file.db.close();
    this.#file = null;
    this.#isDormant = true;
    this.#cancelTimers();
  }

  #cannotBegin(file: OpenFile, problem: Problem): void {
    if (problem.class === 'transient' && !this.#closing) {
      this.#waitForLock(problem);
      return;
    }
    this.#handBack(this.#takeAll(), problem);
    if (staysReadOnly(problem)) this.#letGo(file);
    if (!this.#isDormant || this.#closing) this.#goOn();
  }

  #keepApplied(keep: boolean): void {
    this.#keepsApplied = keep;
    if (this.#file) this.#file.group.applied.keepAll = keep;
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

  /** As many waiting batches as fit one commit; at least one, however large. */
  #takeGroup(): readonly PickedEntry[] {
    let rows = 0;
    let end = 0;
    for (const entry of this.#queue) {
      if (end > 0 && rows + entry.rowCount > MAX_ROWS_PER_COMMIT) break;
      rows += entry.rowCount;
      end += 1;
    }
    this.#queuedRows -= rows;
    return this.#queue.splice(0, end);
  }

  #takeAll(): readonly PickedEntry[] {
    this.#queuedRows = 0;
    return this.#queue.splice(0);
  }

  #handBack(entries: readonly PickedEntry[], problem: Problem): void {
    if (entries.length > 0) this.#post({ kind: 'handedBack', seqs: entries.map((entry) => entry.seq), problem });
  }

  #armCheckpoint(file: OpenFile, delayMs: number): void {
    this.#checkpointTimer ??= setTimeout(() => {
      this.#checkpointTimer = null;
      this.#checkpoint(file);
    }, delayMs);
  }

  #checkpoint(file: OpenFile): void {
    try {
      if (!file.checkpointer.isDue()) return;
      const figures = file.checkpointer.run();
      this.#post({ kind: 'checkpoint', figures });
      if (figures.checkpointed < figures.log) this.#armCheckpoint(file, PINNED_CHECKPOINT_AFTER_MS);
    } catch (error) {
      this.#post({ kind: 'checkpointFailed', problem: describeError(error) });
      this.#armCheckpoint(file, PINNED_CHECKPOINT_AFTER_MS);
    }
  }

  #close(file: OpenFile): void {
    try {
      this.#post({ kind: 'checkpoint', figures: file.checkpointer.runFinal() });
      file.db.pragma('analysis_limit = 400');
      file.db.pragma('optimize');
    } catch (error) {
      // Everything is committed; the next opening finds it in the WAL.
      this.#post({ kind: 'checkpointFailed', problem: describeError(error) });
    }
    file.db.close();
    this.#end();
  }

  /** The thread ends by itself once its port is closed; it must not be terminated with an open handle. */
  #end(): void {
    this.#ended = true;
    this.#cancelTimers();
    this.#post({ kind: 'closed' });
    this.#port.close();
  }

  #cancelTimers(): void {
    for (const timer of [this.#stepTimer, this.#checkpointTimer, this.#statsTimer]) if (timer) clearTimeout(timer);
    this.#stepTimer = null;
    this.#checkpointTimer = null;
    this.#statsTimer = null;
  }

  #post(event: WriterEvent): void {
    this.#port.postMessage(event);
  }
}

function staysReadOnly({ code }: Problem): boolean {
  return code.startsWith('SQLITE_READONLY');
}

function pick(entry: WriteEntry): PickedEntry {
  const rowCount = entry.parts.reduce((sum, part) => sum + part.rows.length, 0);
  return { ...entry, rowCount, pickedAtMs: nowMs() };
}
