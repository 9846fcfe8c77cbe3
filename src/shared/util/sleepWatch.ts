// Notices that the machine slept, that the program was held up, or that somebody moved the wall clock. Monotonic time stands still
// during sleep on some systems and goes on on others; both leave a gap, in different places. Where the system tells of its sleep,
// that is certain, however short it was; its word may come late or never, so the gap counts as well.
import type { Clock } from './clock';

/** Shorter gaps are a busy machine, not sleep. */
const SLEEP_MS = 10_000;
/** A machine that is still awake this long after it wanted to sleep has thought better of it. */
const CALLED_OFF_MS = 60_000;
/** Clocks that are kept in time by a server drift less than this between two looks. */
const STEP_MS = 2_000;

export type PowerEvent = 'suspend' | 'resume';

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
  /** When the system said that it was about to sleep; null while it is awake. */
  #since: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  #isBack = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallMs = clock.wallMs();
    this.#monotonicMs = clock.monotonicMs();
  }

  /** By how much the wall clock jumped before the last look, forwards or backwards; 0 when it did not, or when that was a sleep. */
  get stepMs(): number {
    return this.#stepMs;
  }

  /** The system has said that it is about to sleep, and not yet that it is back: nothing should be begun or judged. */
  get isAsleep(): boolean {
    return this.#since !== null;
  }

  /** What the system says. The next look tells the sleep that has ended by it. */
  tell(event: PowerEvent): void {
    this.#isBack = event === 'resume';
    if (event === 'suspend') this.#since = { wallMs: this.#clock.wallMs(), monotonicMs: this.#clock.monotonicMs() };
    else this.#since ??= { wallMs: this.#wallMs, monotonicMs: this.#monotonicMs };
  }

  /** What happened since the last look, or null when nothing did. To be called at least every few seconds. */
  look(): Sleep | null {
    const gap = this.#gap();
    const since = this.#since;
    if (since === null) return gap;
    // Time that passed on the way into sleep and out of it is a part of it, not a clock that somebody moved.
    this.#stepMs = 0;
    const countedMs = this.#clock.monotonicMs() - since.monotonicMs;
    const isAwake = gap === null && !this.#isBack;
    if (isAwake && countedMs < CALLED_OFF_MS) return null;
    this.#since = null;
    this.#isBack = false;
    if (isAwake) return null;
    const uncountedMs = Math.max(0, this.#clock.wallMs() - since.wallMs - countedMs);
    return { sleptMs: countedMs + uncountedMs, uncountedMs };
  }

  #gap(): Sleep | null {
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
