// What the writer does between commits: checkpoints when the queue is empty, figures for the status. Owns their timers.
import { describeError } from '../common/errorClass';
import type { WriterEvent } from '../common/protocol';
import { IDLE_CHECKPOINT_AFTER_MS } from './checkpointer';
import type { WriterFile } from './writerFile';

const STATS_EVERY_MS = 250;
/** A checkpoint that could not move everything (a reader pins the WAL) is tried again after this long. */
const PINNED_CHECKPOINT_AFTER_MS = 2_000;

export class Housekeeper {
  readonly #path: string;
  readonly #post: (event: WriterEvent) => void;
  #checkpointTimer: NodeJS.Timeout | null = null;
  #statsTimer: NodeJS.Timeout | null = null;
  /** Posts the figures that the timer is to post. */
  #tellStats: () => void = () => undefined;

  constructor(path: string, post: (event: WriterEvent) => void) {
    this.#path = path;
    this.#post = post;
  }

  /** Runs an overdue checkpoint at once; all else waits for a quiet moment. */
  afterCommit(file: WriterFile): void {
    this.#tellStats = () => {
      this.#statsTimer = null;
      this.#post({ kind: 'stats', stats: file.counts.stats(this.#path) });
    };
    this.#statsTimer ??= setTimeout(() => this.#tellStats(), STATS_EVERY_MS);
    if (file.checkpointer.isOverdue()) this.#checkpoint(file);
    else this.#checkpointLater(file, IDLE_CHECKPOINT_AFTER_MS);
  }

  /** Must be called before the file is closed. Figures that were still to be told are told: a summary may count on them. */
  cancel(): void {
    if (this.#checkpointTimer) clearTimeout(this.#checkpointTimer);
    this.#checkpointTimer = null;
    if (!this.#statsTimer) return;
    clearTimeout(this.#statsTimer);
    this.#tellStats();
  }

  #checkpointLater(file: WriterFile, delayMs: number): void {
    this.#checkpointTimer ??= setTimeout(() => {
      this.#checkpointTimer = null;
      this.#checkpoint(file);
    }, delayMs);
  }

  #checkpoint(file: WriterFile): void {
    try {
      if (!file.checkpointer.isDue()) return;
      const figures = file.checkpointer.run();
      this.#post({ kind: 'checkpoint', figures });
      if (figures.checkpointed < figures.log) this.#checkpointLater(file, PINNED_CHECKPOINT_AFTER_MS);
    } catch (error) {
      this.#post({ kind: 'checkpointFailed', problem: describeError(error) });
      this.#checkpointLater(file, PINNED_CHECKPOINT_AFTER_MS);
    }
  }
}
