// A thread for one piece of long work: started for it, ended after it.
import { Worker } from 'node:worker_threads';
import type { Job, JobAnswers, ReaderEvent, ReaderRequest } from '../common/protocol';
import { StorageError, type StoreOptions } from '../store';

export class JobThread {
  readonly #worker: Worker;
  #seq = 0;

  constructor({ name, file, workers }: StoreOptions) {
    this.#worker = new Worker(workers.reader, { workerData: { database: name, file }, name: `${name}-job` });
  }

  /** One at a time. Rejects with a StorageError when the work fails or the thread dies. */
  run<T extends Job['type']>(job: Extract<Job, { type: T }>): Promise<JobAnswers[T]> {
    const seq = ++this.#seq;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        this.#worker.off('message', onMessage);
        this.#worker.off('error', onEnd);
        this.#worker.off('exit', onEnd);
        action();
      };
      const onMessage = (event: ReaderEvent): void => {
        if (event.kind === 'answer') settle(() => resolve(event.value as JobAnswers[T]));
        if (event.kind === 'failed') settle(() => reject(new StorageError(event.problem.code, event.problem.message)));
      };
      const onEnd = (reason: unknown): void => {
        const message = reason instanceof Error ? reason.message : 'it ended before its work was done';
        settle(() => reject(new StorageError('WORKER_GONE', `the job thread died: ${message}`)));
      };
      this.#worker.on('message', onMessage);
      this.#worker.on('error', onEnd);
      this.#worker.on('exit', onEnd);
      this.#worker.postMessage({ kind: 'job', seq, job } satisfies ReaderRequest);
    });
  }

  close(): void {
    this.#worker.postMessage({ kind: 'close' } satisfies ReaderRequest);
  }
}
