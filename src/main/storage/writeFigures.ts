// What has been written and how long it took, for the status: counters since the start, latencies over the last minute.
import type { LatencySummary } from '../../shared/domain/database';
import { RollingHistogram } from '../../shared/util/histogram';
import type { WriterEvent } from './common/protocol';

const WINDOW_MS = 60_000;

export interface PhaseLatencies {
  /** Until the writer first asked for the lock, per batch. */
  readonly queue: LatencySummary;
  /** Waiting for the lock, per transaction. */
  readonly lock: LatencySummary;
  readonly execution: LatencySummary;
  /** COMMIT with its fsync. */
  readonly commit: LatencySummary;
}

export class WriteFigures {
  commits = 0;
  rowsWritten = 0;
  rowsRejected = 0;
  busyRetries = 0;
  lastCommitAtMs: number | null = null;
  readonly #queue = new RollingHistogram(WINDOW_MS);
  readonly #lock = new RollingHistogram(WINDOW_MS);
  readonly #execution = new RollingHistogram(WINDOW_MS);
  readonly #commit = new RollingHistogram(WINDOW_MS);

  committed(event: Extract<WriterEvent, { kind: 'committed' }>, wallMs: number, monotonicMs: number): void {
    const { firstTryAtMs, begunAtMs, executedAtMs, committedAtMs } = event.stamps;
    this.commits += 1;
    this.busyRetries += event.attempts - 1;
    this.lastCommitAtMs = wallMs;
    this.#lock.record(begunAtMs - firstTryAtMs, monotonicMs);
    this.#execution.record(executedAtMs - begunAtMs, monotonicMs);
    this.#commit.record(committedAtMs - executedAtMs, monotonicMs);
  }

  queued(waitMs: number, monotonicMs: number): void {
    this.#queue.record(waitMs, monotonicMs);
  }

  phases(monotonicMs: number): PhaseLatencies {
    return {
      queue: this.#queue.summary(monotonicMs),
      lock: this.#lock.summary(monotonicMs),
      execution: this.#execution.summary(monotonicMs),
      commit: this.#commit.summary(monotonicMs),
    };
  }
}
