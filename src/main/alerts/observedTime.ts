// The time that counts for alerts: it advances only while the program is awake and judging. Tells sleep, a stepped wall clock and a
// late tick apart from what three signals say, because no single one works on every system.
import type { Clock } from '../../shared/util/clock';
import type { Moment } from './instance';

/** Ticks come this often; a gap of more than `GAP_MS` is no busy moment any more but sleep. */
export const TICK_MS = 1_000;
const GAP_MS = 5 * TICK_MS;
/** Wall time that runs ahead of monotonic time by more than this is sleep, or somebody moved the clock. */
const DRIFT_MS = 2_000;
/** How long nothing of the network begins to fire after a start or a sleep. */
export const SETTLE_MS = 30_000;
export class ObservedTime {
  readonly #clock: Clock;
  #observedMs: number;
  #wallMs: number;
  #monotonicMs: number;
  #settledAtObservedMs: number;

  /** @param observedMs where the session before left off */
  constructor(clock: Clock, observedMs: number) {
    this.#clock = clock;
    this.#observedMs = observedMs;
    this.#wallMs = clock.wallMs();
    this.#monotonicMs = clock.monotonicMs();
    this.#settledAtObservedMs = observedMs + SETTLE_MS;
  }

  /** Advances to now. To be called with every tick and before anything is judged. */
  look(): Moment {
    const countedMs = Math.max(0, this.#clock.monotonicMs() - this.#monotonicMs);
    const driftMs = this.#clock.wallMs() - this.#wallMs - countedMs;
    if (countedMs > GAP_MS) {
      this.slept();
    } else {
      this.#observedMs += countedMs;
      if (driftMs > DRIFT_MS) this.slept();
    }
    this.#wallMs = this.#clock.wallMs();
    this.#monotonicMs = this.#clock.monotonicMs();
    return this.moment();
  }

  /** Nothing since the last look was observed. To be called on waking, when the system tells of it. */
  slept(): void {
    this.#wallMs = this.#clock.wallMs();
    this.#monotonicMs = this.#clock.monotonicMs();
    this.#settledAtObservedMs = this.#observedMs + SETTLE_MS;
  }

  moment(): Moment {
    return {
      wallMs: this.#wallMs,
      observedMs: this.#observedMs,
      settled: this.#observedMs >= this.#settledAtObservedMs,
    };
  }

  /** Wall time until which nothing of the network begins to fire; null once it is judged. */
  settlingUntilMs(): number | null {
    const leftMs = this.#settledAtObservedMs - this.#observedMs;
    return leftMs > 0 ? this.#wallMs + leftMs : null;
  }
}
