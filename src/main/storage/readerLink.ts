// Reads as promises over the reader thread.
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { LatencySummary } from '../../shared/domain/database';
import type { Clock } from '../../shared/util/clock';
import { RollingHistogram } from '../../shared/util/histogram';
import { StorageError } from './store';
import { ThreadLink, type ThreadOptions } from './threadLink';
import type { ReaderEvent, ReaderRequest } from './common/protocol';

const RELEASE_DEADLINE_MS = 2_000;
/** A read cannot be interrupted; the writer must not be kept from closing by a long one. */
const CLOSE_DEADLINE_MS = 2_000;
const LATENCY_WINDOW_MS = 60_000;

interface PendingRead {
  resolve(value: unknown): void;
  reject(error: StorageError): void;
}

export class ReaderLink {
  readonly #thread: ThreadLink<ReaderRequest, ReaderEvent>;
  readonly #pending = new Map<number, PendingRead>();
  #nextSeq = 1;
  #closed = false;
  /** Reads that wait until the reader may open the file again; null when it may. */
  #held: (() => void)[] | null = null;
  /** Why nothing is read for the time being, instead of waiting; null while it may be. */
  #refusal: StorageError | null = null;
  #onReleased: () => void = () => {};
  /** The file has been there: a reader that starts (again) may open it without being asked to read. */
  #opensAhead = false;
  readonly #clock: Clock;
  readonly #latency = new RollingHistogram(LATENCY_WINDOW_MS);

  readonly #onCorrupt: (message: string) => void;

  /** @param onCorrupt called when a read finds the file damaged */
  constructor(options: ThreadOptions, onCorrupt: (message: string) => void) {
    this.#clock = options.clock;
    this.#onCorrupt = onCorrupt;
    this.#thread = new ThreadLink(options, {
      onEvent: (event) => this.#onEvent(event),
      onStarted: () => this.#postOpenAhead(),
      onEnded: () => {},
      onLost: (reason) => this.#rejectAll('WORKER_GONE', `the reader thread died: ${reason}`),
      onGaveUp: (reason) => this.#rejectAll('WORKER_GONE', `the reader thread stays down: ${reason}`),
    });
  }

  /** What reads took inside SQLite in the last minute. */
  get latency(): LatencySummary {
    return this.#latency.summary(this.#clock.monotonicMs());
  }

  start(): void {
    this.#thread.start();
  }

  /** The file is in order: the reader opens it now instead of at the first read, which would have to wait for that. */
  openAhead(): void {
    this.#opensAhead = true;
    this.#postOpenAhead();
  }

  read<R extends ReadName>(name: R, args: ReadArgs<R>): Promise<ReadAnswer<R>> {
    if (this.#closed) return Promise.reject(new StorageError('CLOSED', 'the database is closed'));
    if (this.#refusal) return Promise.reject(this.#refusal);
    return new Promise((resolve, reject) => {
      const seq = this.#nextSeq++;
      this.#pending.set(seq, { resolve: (value) => resolve(value as ReadAnswer<R>), reject });
      const send = (): void => {
        if (this.#thread.post({ kind: 'read', seq, name, args })) return;
        this.#pending.delete(seq);
        reject(new StorageError('WORKER_GONE', 'the reader thread is not running'));
      };
      if (this.#held) this.#held.push(send);
      else send();
    });
  }

  /**
   * Makes the reader let go of the file, so that it can be replaced; reads wait until `resume`. Resolves when it has let go,
   * or after a while even if it has not.
   */
  hold(): Promise<void> {
    this.#held ??= [];
    return new Promise((resolve) => {
      const deadline = this.#clock.after(RELEASE_DEADLINE_MS, resolve);
      this.#onReleased = () => {
        deadline.cancel();
        resolve();
      };
      if (!this.#thread.post({ kind: 'release' })) this.#onReleased();
    });
  }

  /** Held for longer than anybody should wait: reads are refused until `resume`. */
  refuse(code: string, message: string): void {
    this.#held = [];
    this.#refusal = new StorageError(code, message);
    this.#rejectAll(code, message);
  }

  resume(): void {
    this.#refusal = null;
    const waiting = this.#held ?? [];
    this.#held = null;
    for (const send of waiting) send();
  }

  /** Resolves when the thread has ended, or after a while even if it has not: then it ends after its present read. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#thread.expectEnd();
    this.#thread.post({ kind: 'close' });
    await this.#thread.endedWithin(CLOSE_DEADLINE_MS);
    this.#rejectAll('CLOSED', 'the database is closed');
  }

  #postOpenAhead(): void {
    if (this.#opensAhead && !this.#held && !this.#closed) this.#thread.post({ kind: 'openAhead' });
  }

  #onEvent(event: ReaderEvent): void {
    // Only jobs, which have threads of their own, tell of progress.
    if (event.kind === 'closed' || event.kind === 'progress') return;
    if (event.kind === 'released') {
      this.#onReleased();
      return;
    }
    const pending = this.#pending.get(event.seq);
    this.#pending.delete(event.seq);
    if (event.kind === 'answer') {
      this.#latency.record(event.sqlMs, this.#clock.monotonicMs());
      pending?.resolve(event.value);
      return;
    }
    pending?.reject(new StorageError(event.problem.code, `the read failed: ${event.problem.message}`));
    if (event.problem.class === 'corrupt') this.#onCorrupt(event.problem.message);
  }

  #rejectAll(code: string, message: string): void {
    for (const { reject } of this.#pending.values()) reject(new StorageError(code, message));
    this.#pending.clear();
  }
}
