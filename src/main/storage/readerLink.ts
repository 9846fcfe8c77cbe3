// Reads as promises over the reader thread.
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import { StorageError } from './store';
import { ThreadLink, type ThreadOptions } from './threadLink';
import type { ReaderEvent, ReaderRequest } from './common/protocol';

interface PendingRead {
  resolve(value: unknown): void;
  reject(error: StorageError): void;
}

export class ReaderLink {
  readonly #thread: ThreadLink<ReaderRequest, ReaderEvent>;
  readonly #pending = new Map<number, PendingRead>();
  #nextSeq = 1;
  #closed = false;

  constructor(options: ThreadOptions) {
    this.#thread = new ThreadLink(options, {
      onEvent: (event) => this.#onEvent(event),
      onStarted: () => {},
      onLost: (reason) => this.#rejectAll('WORKER_GONE', `the reader thread died: ${reason}`),
      onGaveUp: (reason) => this.#rejectAll('WORKER_GONE', `the reader thread stays down: ${reason}`),
    });
  }

  start(): void {
    this.#thread.start();
  }

  read<R extends ReadName>(name: R, args: ReadArgs<R>): Promise<ReadAnswer<R>> {
    if (this.#closed) return Promise.reject(new StorageError('CLOSED', 'the database is closed'));
    return new Promise((resolve, reject) => {
      const seq = this.#nextSeq++;
      this.#pending.set(seq, { resolve: (value) => resolve(value as ReadAnswer<R>), reject });
      if (this.#thread.post({ kind: 'read', seq, name, args })) return;
      this.#pending.delete(seq);
      reject(new StorageError('WORKER_GONE', 'the reader thread is not running'));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#thread.expectEnd();
    this.#thread.post({ kind: 'close' });
    await this.#thread.ended;
    this.#rejectAll('CLOSED', 'the database is closed');
  }

  #onEvent(event: ReaderEvent): void {
    if (event.kind === 'closed') return;
    const pending = this.#pending.get(event.seq);
    this.#pending.delete(event.seq);
    if (event.kind === 'answer') pending?.resolve(event.value);
    else pending?.reject(new StorageError(event.problem.code, `the read failed: ${event.problem.message}`));
  }

  #rejectAll(code: string, message: string): void {
    for (const { reject } of this.#pending.values()) reject(new StorageError(code, message));
    this.#pending.clear();
  }
}
