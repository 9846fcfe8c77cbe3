// A thread for one piece of long work: started for it, ended after it.
import { Worker } from 'node:worker_threads';
import type { LongWork } from '../../../shared/domain/operation';
import type { Job, JobAnswers, ReaderEvent, ReaderRequest } from '../common/protocol';
import { StorageError, type StoreOptions } from '../store';

/** For work that nobody watches and nobody calls off. */
export const QUIET_WORK: LongWork = { signal: new AbortController().signal, onProgress: () => {} };

/** Which database, and the threads that know it. */
export type JobPlace = Pick<StoreOptions, 'name' | 'file' | 'workers'>;

export class JobThread {
  readonly #worker: Worker;
  #seq = 0;
  /** Why there is no thread any more, which can also happen between two pieces of work. */
  #gone: StorageError | null = null;
  /** Ends the work in hand. */
  #onGone: (error: StorageError) => void = () => {};

  constructor({ name, file, workers }: JobPlace) {
    this.#worker = new Worker(workers.reader, { workerData: { database: name, file }, name: `${name}-job` });
    this.#worker.on('error', (error) => this.#ended(error.message));
    this.#worker.on('exit', () => this.#ended('it ended before its work was done'));
  }

  /**
   * One at a time. Rejects with a StorageError when the work fails or the thread dies, and with CANCELLED once it has stopped and
   * undone what it did; SQLite cannot be interrupted, so that can take until its present step is over.
   */
  run<T extends Job['type']>(job: Extract<Job, { type: T }>, work: LongWork): Promise<JobAnswers[T]> {
    if (work.signal.aborted) return Promise.reject(cancelled());
    if (this.#gone) return Promise.reject(this.#gone);
    const seq = ++this.#seq;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        this.#worker.off('message', onMessage);
        this.#onGone = () => {};
        work.signal.removeEventListener('abort', onAbort);
        action();
      };
      const onMessage = (event: ReaderEvent): void => {
        if (event.kind === 'progress') work.onProgress(event.progress);
        // Called off too late for the thread to hear it: the caller removes what came of it.
        if (event.kind === 'answer' && work.signal.aborted) settle(() => reject(cancelled()));
        else if (event.kind === 'answer') settle(() => resolve(event.value as JobAnswers[T]));
        if (event.kind === 'failed') settle(() => reject(new StorageError(event.problem.code, event.problem.message)));
      };
      this.#onGone = (error) => settle(() => reject(error));
      const onAbort = (): void => this.#worker.postMessage({ kind: 'cancelJob' } satisfies ReaderRequest);
      this.#worker.on('message', onMessage);
      work.signal.addEventListener('abort', onAbort);
      this.#worker.postMessage({ kind: 'job', seq, job } satisfies ReaderRequest);
    });
  }

  close(): void {
    this.#worker.postMessage({ kind: 'close' } satisfies ReaderRequest);
  }

  /** The first reason counts: an exit follows every error. */
  #ended(reason: string): void {
    this.#gone ??= new StorageError('WORKER_GONE', `the job thread died: ${reason}`);
    this.#onGone(this.#gone);
  }
}

/** Runs one job in a thread of its own. */
export async function runJob<T extends Job['type']>(
  place: JobPlace,
  job: Extract<Job, { type: T }>,
  work: LongWork,
): Promise<JobAnswers[T]> {
  const thread = new JobThread(place);
  try {
    return await thread.run<T>(job, work);
  } finally {
    thread.close();
  }
}

export function cancelled(): StorageError {
  return new StorageError('CANCELLED', 'it was cancelled');
}
