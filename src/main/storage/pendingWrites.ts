// Batches that were handed to us and are not durable yet. They stay here, whole, until the writer has answered for them:
// whatever dies in between, they can be sent again.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { StorageError } from './store';
import type { WriteEntry } from './common/protocol';

export interface PendingWrite {
  readonly entry: WriteEntry;
  readonly rows: number;
  readonly promise: Promise<WriteAck>;
  resolve(ack: WriteAck): void;
  reject(error: StorageError): void;
}

export class PendingWrites {
  readonly #bySeq = new Map<number, PendingWrite>();
  readonly #byId = new Map<string, PendingWrite>();
  #nextSeq = 1;
  #rows = 0;

  get size(): number {
    return this.#bySeq.size;
  }

  get rows(): number {
    return this.#rows;
  }

  add(batch: WriteBatch, rows: number, enqueuedAtMs: number): PendingWrite {
    let resolve: PendingWrite['resolve'] = () => {};
    let reject: PendingWrite['reject'] = () => {};
    const promise = new Promise<WriteAck>((onStored, onRefused) => {
      resolve = onStored;
      reject = onRefused;
    });
    const seq = this.#nextSeq++;
    const pending = { entry: { seq, id: batch.id, enqueuedAtMs, parts: batch.parts }, rows, promise, resolve, reject };
    this.#bySeq.set(seq, pending);
    this.#byId.set(batch.id, pending);
    this.#rows += rows;
    return pending;
  }

  findById(id: string): PendingWrite | undefined {
    return this.#byId.get(id);
  }

  find(seq: number): PendingWrite | undefined {
    return this.#bySeq.get(seq);
  }

  /** Undefined when it was settled before: a batch that was sent twice is answered twice. */
  remove(seq: number): PendingWrite | undefined {
    const pending = this.#bySeq.get(seq);
    if (!pending) return undefined;
    this.#bySeq.delete(seq);
    this.#byId.delete(pending.entry.id);
    this.#rows -= pending.rows;
    return pending;
  }

  /** In the order in which they came. */
  all(): readonly PendingWrite[] {
    return [...this.#bySeq.values()];
  }
}
