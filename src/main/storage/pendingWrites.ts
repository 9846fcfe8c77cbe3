// Batches that were handed to us and are not durable yet. They stay here, whole and packed, until the writer or the spool has
// answered for them: whatever dies in between, they can be sent again.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { StorageError } from './store';
import { packParts, unpackParts } from './common/packedRows';
import type { PackedEntry } from './common/rowsOnTheWire';

export interface PendingWrite {
  readonly entry: PackedEntry;
  readonly rows: number;
  /** `caller`: must never be lost. `own`: a probe or a replayed batch that is safe elsewhere; simply tried again later. */
  readonly origin: 'caller' | 'own';
  readonly promise: Promise<WriteAck>;
  /**
   * Who is working on it. `memory`: nobody could take it; it has been answered as volatile and is tried again. `held`: it is not
   * its turn yet.
   */
  place: 'writer' | 'spool' | 'memory' | 'held';
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

  add(batch: WriteBatch, rows: number, enqueuedAtMs: number, origin: PendingWrite['origin']): PendingWrite {
    let resolve: PendingWrite['resolve'] = () => {};
    let reject: PendingWrite['reject'] = () => {};
    const promise = new Promise<WriteAck>((onStored, onRefused) => {
      resolve = onStored;
      reject = onRefused;
    });
    const seq = this.#nextSeq++;
    const entry = { seq, id: batch.id, enqueuedAtMs, packed: packParts(batch.parts) };
    const pending: PendingWrite = { entry, rows, origin, promise, place: 'writer', resolve, reject };
    this.#bySeq.set(seq, pending);
    if (origin === 'caller') this.#byId.set(batch.id, pending);
    this.#rows += rows;
    return pending;
  }

  /** A caller's batch with this id. */
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
    if (this.#byId.get(pending.entry.id) === pending) this.#byId.delete(pending.entry.id);
    this.#rows -= pending.rows;
    return pending;
  }

  /** In the order in which they came. */
  at(...places: readonly PendingWrite['place'][]): readonly PendingWrite[] {
    return [...this.#bySeq.values()].filter(({ place }) => places.includes(place));
  }
}

/** Its rows are made when they are asked for: those of all that waits at once would hold up everything else on the thread. */
export function unpackedLater({ id, packed }: PackedEntry): WriteBatch {
  return {
    id,
    get parts() {
      return unpackParts(packed);
    },
  };
}
