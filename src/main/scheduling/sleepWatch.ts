// Notices that the machine slept, that the program was held up, or that somebody moved the wall clock forward. Monotonic time
// stands still during sleep on some systems and goes on on others; both leave a gap, in different places.
import type { Clock } from '../../shared/util/clock';

/** Shorter gaps are a busy machine, not sleep. */
const SLEEP_MS = 10_000;

export interface Sleep {
  /** How long nobody was there, milliseconds. */
  readonly sleptMs: number;
  /** The part of it that monotonic time did not count. */
  readonly uncountedMs: number;
}

export class SleepWatch {
  readonly #clock: Clock;
  #wallMs: number;
  #monotonicMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallMs = clock.wallMs();
    this.#monotonicMs = clock.monotonicMs();
  }

  /** What happened since the last look, or null when nothing did. To be called at least every few seconds. */
  look(): Sleep | null {
    const wallMs = this.#clock.wallMs();
    const monotonicMs = this.#clock.monotonicMs();
    const countedMs = monotonicMs - this.#monotonicMs;
    const driftMs = wallMs - this.#wallMs - countedMs;
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    if (driftMs >= SLEEP_MS) return { sleptMs: driftMs + countedMs, uncountedMs: driftMs };
    return countedMs >= SLEEP_MS ? { sleptMs: countedMs, uncountedMs: 0 } : null;
  }
}
