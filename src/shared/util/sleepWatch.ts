// Notices that the machine slept, that the program was held up, or that somebody moved the wall clock. Monotonic time stands still
// during sleep on some systems and goes on on others; both leave a gap, in different places.
import type { Clock } from './clock';

/** Shorter gaps are a busy machine, not sleep. */
const SLEEP_MS = 10_000;
/** Clocks that are kept in time by a server drift less than this between two looks. */
const STEP_MS = 2_000;

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
  #stepMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallMs = clock.wallMs();
    this.#monotonicMs = clock.monotonicMs();
  }

  /** By how much the wall clock jumped before the last look, forwards or backwards; 0 when it did not, or when that was a sleep. */
  get stepMs(): number {
    return this.#stepMs;
  }

  /** What happened since the last look, or null when nothing did. To be called at least every few seconds. */
  look(): Sleep | null {
    const wallMs = this.#clock.wallMs();
    const monotonicMs = this.#clock.monotonicMs();
    const countedMs = monotonicMs - this.#monotonicMs;
    const driftMs = wallMs - this.#wallMs - countedMs;
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    this.#stepMs = driftMs < SLEEP_MS && Math.abs(driftMs) >= STEP_MS ? driftMs : 0;
    if (driftMs >= SLEEP_MS) return { sleptMs: driftMs + countedMs, uncountedMs: driftMs };
    return countedMs >= SLEEP_MS ? { sleptMs: countedMs, uncountedMs: 0 } : null;
  }
}
