// Orders to the writer thread that it carries out between commits and answers later: a checkpoint, the deletion of old rows.
import type { LongWork } from '../../shared/domain/operation';
import type { CheckpointFigures, RetentionCut, RetentionFigures, WriterEvent, WriterRequest } from './common/protocol';
import { StorageError } from './store';

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: StorageError): void;
}

type Answer = Extract<WriterEvent, { kind: 'checkpointAnswer' | 'retentionProgress' | 'retentionEnded' }>;

export class WriterOrders {
  readonly #post: (request: WriterRequest) => boolean;
  #checkpoint: Waiting<readonly CheckpointFigures[]> | null = null;
  #retention: (Waiting<RetentionFigures> & { readonly work: LongWork }) | null = null;

  constructor(post: (request: WriterRequest) => boolean) {
    this.#post = post;
  }

  /** One pass that waits for nobody and, when it could move everything, one that empties the log. */
  checkpoint(): Promise<readonly CheckpointFigures[]> {
    if (this.#checkpoint) return Promise.reject(new StorageError('BUSY', 'a checkpoint is running already'));
    return new Promise((resolve, reject) => {
      this.#checkpoint = { resolve, reject };
      if (!this.#post({ kind: 'checkpoint' })) this.threadEnded('it is not running');
    });
  }

  /** What was deleted before it was called off stays deleted. */
  retain(cuts: readonly RetentionCut[], work: LongWork): Promise<RetentionFigures> {
    if (this.#retention) return Promise.reject(new StorageError('BUSY', 'old rows are being deleted already'));
    const cancel = (): void => void this.#post({ kind: 'cancelRetention' });
    const done = new Promise<RetentionFigures>((resolve, reject) => {
      this.#retention = { resolve, reject, work };
      if (!this.#post({ kind: 'retain', cuts })) this.threadEnded('it is not running');
    });
    work.signal.addEventListener('abort', cancel);
    return done.finally(() => work.signal.removeEventListener('abort', cancel));
  }

  onAnswer(event: Answer): void {
    if (event.kind === 'retentionProgress') {
      const done = event.figures.deleted.reduce((sum, { rows }) => sum + rows, 0);
      this.#retention?.work.onProgress({ done, total: null, unit: 'rows', step: 'deleting' });
      return;
    }
    const problem = event.problem && new StorageError(event.problem.code, event.problem.message);
    if (event.kind === 'checkpointAnswer') {
      const waiting = this.#checkpoint;
      this.#checkpoint = null;
      if (problem) waiting?.reject(problem);
      else waiting?.resolve(event.runs);
      return;
    }
    const waiting = this.#retention;
    this.#retention = null;
    if (problem) waiting?.reject(problem);
    else waiting?.resolve(event.figures);
  }

  /** Nobody will answer any more. */
  threadEnded(reason: string): void {
    const error = new StorageError('WORKER_GONE', `the writer thread cannot do it: ${reason}`);
    this.#checkpoint?.reject(error);
    this.#retention?.reject(error);
    this.#checkpoint = null;
    this.#retention = null;
  }
}
