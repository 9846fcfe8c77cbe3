// Tells listeners that something worth showing changed, at most four times a second, and always about the last change.
import type { DatabaseStatus } from '../../shared/domain/database';
import type { Clock, TimerHandle } from '../../shared/util/clock';

const MIN_INTERVAL_MS = 250;

export class StatusFeed {
  readonly #clock: Clock;
  readonly #current: () => DatabaseStatus;
  readonly #listeners = new Set<(status: DatabaseStatus) => void>();
  #timer: TimerHandle | null = null;
  #lastAtMs = -Infinity;

  constructor(clock: Clock, current: () => DatabaseStatus) {
    this.#clock = clock;
    this.#current = current;
  }

  subscribe(listener: (status: DatabaseStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed(): void {
    if (this.#timer) return;
    const waitMs = Math.max(0, this.#lastAtMs + MIN_INTERVAL_MS - this.#clock.monotonicMs());
    this.#timer = this.#clock.after(waitMs, () => this.#tell());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#tell();
    this.#listeners.clear();
  }

  #tell(): void {
    this.#timer = null;
    this.#lastAtMs = this.#clock.monotonicMs();
    const status = this.#current();
    for (const listener of this.#listeners) listener(status);
  }
}
