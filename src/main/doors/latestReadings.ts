// The latest reading of every metric and target, and when alerts were last judged. Decides nothing about either.
import { type Reading, targetKey } from '../../shared/domain/metrics';
import type { Clock } from '../../shared/util/clock';

/** What was not read again within this has gone: a channel that was removed. Every target is read more often. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;
/** Readings are judged every second; a stall as long as this is one that somebody should hear of. */
const LATE_AFTER_MS = 15_000;

export class LatestReadings {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly reading: Reading; readonly seenMs: number }>();
  #judgedMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called once alerts have judged them. */
  judged(readings: readonly Reading[]): void {
    this.#judgedMs = this.#clock.monotonicMs();
    for (const reading of readings) {
      this.#seen.set(`${reading.metric} ${targetKey(reading.target)}`, { reading, seenMs: this.#judgedMs });
    }
  }

  /** What comes next is of another profile. */
  forget(): void {
    this.#seen.clear();
    this.#judgedMs = -Infinity;
  }

  /** True while alerts are judged as often as they should be. */
  get isOnTime(): boolean {
    return this.#clock.monotonicMs() - this.#judgedMs < LATE_AFTER_MS;
  }

  list(): readonly Reading[] {
    const oldestMs = this.#clock.monotonicMs() - FORGOTTEN_AFTER_MS;
    for (const [key, { seenMs }] of this.#seen) if (seenMs < oldestMs) this.#seen.delete(key);
    return [...this.#seen.values()].map(({ reading }) => reading);
  }
}
