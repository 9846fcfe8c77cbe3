// Notices a reader that keeps the write-ahead log from being emptied. Nothing fails then, the file only grows and reads slow
// down, so it is a concern only when it lasts.
import type { LockHolder } from '../../shared/domain/database';
import type { Clock } from '../../shared/util/clock';
import type { CheckpointFigures } from './common/protocol';
import { foreignLocks } from './holder/lockHolders';

/** About 4 MB that could not be moved. */
const PINNED_FRAMES = 1_000;
export const PINNED_CONCERN_AFTER_MS = 30_000;
/** About 64 MB: whoever is told that the log is large wants to know at once who keeps it. */
const LARGE_FRAMES = 16_000;

export interface WalWatchListener {
  changed(): void;
  /** A read that was a concern is over. */
  readerEnded(pinnedMs: number, holder: LockHolder | null): void;
}

export class WalWatch {
  readonly #clock: Clock;
  readonly #file: string;
  readonly #listener: WalWatchListener;
  #pinnedSinceMs: number | null = null;
  #holder: LockHolder | null = null;
  #failure: string | null = null;
  #failures = 0;
  #pinned: string | null = null;
  readonly #ownReads = new Set<{ readonly what: string }>();

  constructor(clock: Clock, file: string, listener: WalWatchListener) {
    this.#clock = clock;
    this.#file = file;
    this.#listener = listener;
  }

  /** What is wrong with the log, worst first. */
  get concerns(): readonly string[] {
    return [this.#failure, this.#pinned].filter((concern) => concern !== null);
  }

  /** Checkpoints that failed in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** How long a reader has kept the log from being emptied; 0 when none does. */
  get pinnedForMs(): number {
    return this.#pinnedSinceMs === null ? 0 : this.#clock.monotonicMs() - this.#pinnedSinceMs;
  }

  /** A long read of our own has begun; returns the function that ends it. */
  noteRead(what: string): () => void {
    const read = { what };
    this.#ownReads.add(read);
    return () => void this.#ownReads.delete(read);
  }

  failed(message: string): void {
    this.#failures += 1;
    this.#failure = `The write-ahead log cannot be moved into the database: ${message}.`;
  }

  checkpointed({ log, checkpointed }: CheckpointFigures): void {
    this.#failure = null;
    this.#failures = 0;
    if (log - checkpointed < PINNED_FRAMES) {
      this.unpinned();
      return;
    }
    const nowMs = this.#clock.monotonicMs();
    this.#pinnedSinceMs ??= nowMs;
    const isConcern = nowMs - this.#pinnedSinceMs >= PINNED_CONCERN_AFTER_MS || log >= LARGE_FRAMES;
    if (isConcern && this.#pinned === null) void this.#nameReader();
  }

  /** The log could be moved, or nobody watches any more. */
  unpinned(): void {
    if (this.#pinnedSinceMs !== null && this.#pinned !== null) {
      this.#listener.readerEnded(this.#clock.monotonicMs() - this.#pinnedSinceMs, this.#holder);
    }
    this.#pinnedSinceMs = null;
    this.#holder = null;
    this.#pinned = null;
  }

  async #nameReader(): Promise<void> {
    const [own] = this.#ownReads;
    const reader = own
      ? undefined
      : (await foreignLocks(this.#file).catch(() => [])).find(({ role }) => role === 'reader');
    if (this.#pinnedSinceMs === null) return;
    if (reader) {
      const { pid, program, command } = reader;
      const sinceMs = this.#clock.wallMs() - (this.#clock.monotonicMs() - this.#pinnedSinceMs);
      this.#holder = { pid, program, command, sinceMs, certainty: 'exact' };
    }
    const foreign = reader ? `${reader.program ?? 'A program'} (process ${reader.pid})` : 'A long read';
    const who = own ? `${own.what} of Poolwatch` : foreign;
    this.#pinned = `${who} keeps the write-ahead log from being emptied; it grows until that read ends.`;
    this.#listener.changed();
  }
}
