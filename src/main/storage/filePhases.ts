// What the database file is to this program (being opened, open, being replaced, only read, given up) and every step from one to
// the other: who lets go of the file before, and who takes it up again after. Must not know how a file is replaced.
import type { DatabaseStatus } from '../../shared/domain/database';
import type { Problem } from './common/errorClass';
import type { WriterEvent, WriterRequest } from './common/protocol';
import type { StoreFacts } from './condition';
import type { ReaderLink } from './readerLink';
import { cancelled } from './recovery/jobThread';
import type { Keeper } from './recovery/keeper';
import type { Maintenance } from './recovery/maintenance';
import type { StatusFeed } from './statusFeed';
import { StorageError, type StoreOptions } from './store';
import type { ThreadLink } from './threadLink';
import type { WriteRouter } from './writeRouter';
import type { WriterOrders } from './writerOrders';

const REOPEN_AFTER_MS = 1_000;

export interface FileUsers {
  readonly writer: ThreadLink<WriterRequest, WriterEvent>;
  readonly reader: ReaderLink;
  readonly router: WriteRouter;
  readonly orders: WriterOrders;
  readonly keeper: Keeper;
  readonly maintenance: Maintenance;
  readonly feed: StatusFeed;
}

export class FilePhases {
  phase: StoreFacts['phase'] = 'starting';
  /** Why the phase is what it is, when that needs saying. */
  cause: string | null = 'The database is being opened.';
  /** 0 until the file has been open. */
  schemaVersion: DatabaseStatus['schemaVersion'] = 0;
  readonly #options: StoreOptions;
  readonly #users: FileUsers;
  #settleOpening: (error: StorageError | null) => void = () => {};
  /** The writer is told to let go of the file: what it said of the file before that counts no more. */
  #isWriterStopped = false;
  #isClosing = false;

  constructor(options: StoreOptions, users: FileUsers) {
    this.#options = options;
    this.#users = users;
  }

  /** Resolves when the file is open or at least being waited for; rejects when it can never be opened as it is. */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => {
      this.#settleOpening = (error) => (error ? reject(error) : resolve());
    });
    if (await this.#users.keeper.isDatabaseLost()) await this.#replace('the database file is missing or empty');
    else this.#users.writer.start();
    await opened;
  }

  onOpened({ schemaVersion, readOnlyReason }: Extract<WriterEvent, { kind: 'opened' }>): void {
    this.schemaVersion = schemaVersion;
    if (this.#isWriterStopped) return;
    if (readOnlyReason) this.#becomeReadOnly(readOnlyReason);
    else this.#becomeOpen();
    this.#users.reader.openAhead();
    this.#settleOpening(null);
  }

  onOpenFailed(problem: Problem, retrying: boolean): void {
    if (this.#isWriterStopped) return;
    if (retrying) return this.#settleOpening(null);
    const { router, writer } = this.#users;
    // A file of another program is not ours to move, unless it took the place of one that was.
    const isForeign = problem.code === 'NOT_OURS' && this.schemaVersion === 0;
    if (problem.class === 'corrupt' && !isForeign && this.phase !== 'recovering') {
      void this.recover(problem.message);
      return;
    }
    router.open('environment', problem.message);
    // It was open before, or another has been put in its place: that it cannot be opened now may pass.
    const wasThere = this.schemaVersion > 0 || this.phase === 'recovering';
    if (wasThere && problem.class === 'environment') {
      this.#become('open', null);
      this.#settleOpening(null);
      writer.expectRestart(REOPEN_AFTER_MS);
      return;
    }
    writer.expectEnd();
    this.#become('failed', `The database cannot be opened: ${problem.message}`);
    this.#settleOpening(new StorageError(problem.code, `${this.#options.file} cannot be opened: ${problem.message}`));
  }

  /** A read has found damage. Where putting another file in its place has failed, no read sets it off again. */
  onDamagedRead(problem: string): void {
    if (this.phase !== 'failed') void this.recover(problem);
  }

  /** The writer thread has ended, however: whoever waits for what it was about to do to the file would wait for ever. */
  onThreadEnded(): void {
    this.#users.router.onThreadEnded();
    if (!this.#isWriterStopped) this.#users.reader.resume();
  }

  /** The database is damaged: it is replaced by the newest intact backup, and what it still holds is brought over. */
  async recover(problem: string): Promise<void> {
    if (this.phase === 'recovering' || this.#isClosing) return;
    if (this.phase === 'failed') this.#users.writer.revive();
    this.#become('recovering', `The database file is damaged (${problem}); it is being replaced from a backup.`);
    this.#users.router.open('corrupt', problem);
    await this.#stopWriter();
    // The next start finds the damage again.
    if (this.#isClosing) return;
    try {
      await this.#replace(problem);
    } catch (error) {
      this.#become('failed', `The damaged database could not be replaced: ${(error as Error).message}`);
      this.#settleOpening(new StorageError('SQLITE_CORRUPT', (error as Error).message));
    }
  }

  /**
   * Work on the file begins: from now on writes go to the spool. Rejects with BUSY when the file is not in order now.
   * @param whenFailed also when it has failed, which is no hindrance to putting another file in its place
   */
  async pauseWriter(cause: string, whenFailed: boolean): Promise<void> {
    const isReady = this.phase === 'open' || (this.phase === 'failed' && whenFailed);
    if (!isReady || this.#isClosing) {
      throw new StorageError('BUSY', 'the database is not in order now; try again when it is');
    }
    if (this.phase === 'failed') this.#users.writer.revive();
    this.#become('recovering', cause);
    this.#users.router.open('maintenance', 'the file is being replaced');
    await this.#stopWriter();
    if (this.#isClosing) throw cancelled();
  }

  /** Work on the file has ended. */
  resume(): void {
    this.#users.reader.resume();
    if (this.#isClosing) return;
    this.#become('starting', 'The database is being opened.');
    this.#startWriter();
  }

  giveUp(reason: string): void {
    this.#users.router.open('thread', reason);
    this.#become(
      'failed',
      `The writer thread keeps dying and stays down (${reason}); rows are kept safely in the spool.`,
    );
    this.#settleOpening(new StorageError('WORKER_GONE', `the writer thread died again and again: ${reason}`));
  }

  /** From now on nobody takes up the file again. */
  closing(): void {
    this.#isClosing = true;
  }

  closed(): void {
    this.#become('closed', null);
  }

  async #replace(problem: string): Promise<void> {
    const { reader, maintenance } = this.#users;
    await reader.hold();
    try {
      await maintenance.replace(problem);
      if (!this.#isClosing) this.#startWriter();
    } finally {
      // Also without another file: a read has to be answered, if only with what is wrong.
      reader.resume();
    }
  }

  #startWriter(): void {
    this.#isWriterStopped = false;
    this.#users.writer.start();
  }

  /** Hands everything back to us and ends; it has the file closed then. */
  async #stopWriter(): Promise<void> {
    const { orders, writer } = this.#users;
    this.#isWriterStopped = true;
    const ended = writer.paused();
    writer.post({ kind: 'abandon' });
    await ended;
    orders.threadEnded('it was stopped');
  }

  #becomeOpen(): void {
    const { keeper, maintenance, router } = this.#users;
    this.#become('open', null);
    router.probe();
    void router.whenClosed().then(() => maintenance.salvage());
    keeper.begin();
  }

  #becomeReadOnly(reason: string): void {
    this.#become('read_only', reason);
    this.#users.writer.expectEnd();
    this.#users.router.rejectAll(new StorageError('READ_ONLY', reason));
  }

  #become(phase: StoreFacts['phase'], cause: string | null): void {
    this.phase = phase;
    this.cause = cause;
    this.#users.feed.changed();
  }
}
