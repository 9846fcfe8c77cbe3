// The time that counts for alerts: it advances only while the program is awake and judging. Tells sleep, a stepped wall clock and a
// late tick apart from what three signals say, because no single one works on every system.
import type { Clock } from '../../shared/util/clock';
import type { Moment } from './instance';

/** Ticks come this often; a gap of more than `GAP_MS` is no busy moment any more but sleep. */
export const TICK_MS = 1_000;
const GAP_MS = 10 * TICK_MS;
/** A tick later than this counts as so much observed time only: what was held up was not judged either. */
const LATE_TICK_MS = 5 * TICK_MS;
/** Wall time that runs ahead of monotonic time by more than this is sleep, or somebody moved the clock. */
const DRIFT_MS = 2_000;
/** How long nothing of the network begins to fire after a start or a sleep. */
export const SETTLE_MS = 30_000;
/** Gaps that are remembered, newest last. */
const GAPS_KEPT = 200;

/** A stretch of wall time in which nobody judged. */
export interface CoverageGap {
  readonly fromMs: number;
  readonly toMs: number;
}

export class ObservedTime {
  readonly #clock: Clock;
  #observedMs: number;
  #wallMs: number;
  #monotonicMs: number;
  #settledAtObservedMs: number;
  #gaps: readonly CoverageGap[] = [];
  /** Wall time moved back since the last tick, milliseconds. */
  #lateMs = 0;

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
    const wallMs = this.#clock.wallMs();
    const monotonicMs = this.#clock.monotonicMs();
    const countedMs = Math.max(0, monotonicMs - this.#monotonicMs);
    const driftMs = wallMs - this.#wallMs - countedMs;
    const fromMs = this.#wallMs;
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    this.#lateMs = countedMs > GAP_MS ? 0 : Math.max(0, countedMs - TICK_MS);
    if (countedMs > GAP_MS || driftMs > DRIFT_MS) {
      if (countedMs <= GAP_MS) this.#observedMs += Math.min(countedMs, LATE_TICK_MS);
      this.slept({ fromMs: Math.min(fromMs, wallMs), toMs: wallMs });
    } else {
      this.#observedMs += Math.min(countedMs, LATE_TICK_MS);
    }
    return this.moment();
  }

  /** The system says that it slept; to be called on waking. */
  slept(gap: CoverageGap): void {
    const last = this.#gaps.at(-1);
    // The power event and the gap between two ticks tell of the same sleep.
    const known = last !== undefined && gap.fromMs <= last.toMs + DRIFT_MS && gap.toMs >= last.fromMs;
    const merged = known ? { fromMs: Math.min(last.fromMs, gap.fromMs), toMs: Math.max(last.toMs, gap.toMs) } : gap;
    this.#gaps = [...(known ? this.#gaps.slice(0, -1) : this.#gaps), merged].slice(-GAPS_KEPT);
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

  /** By how much the tick that was just looked at came too late. */
  lateMs(): number {
    return this.#lateMs;
  }

  /** How much of a stretch of wall time somebody was there to judge, as far as gaps are remembered. */
  awakeMs(fromMs: number, toMs: number): number {
    const asleep = this.#gaps.reduce(
      (sum, gap) => sum + Math.max(0, Math.min(gap.toMs, toMs) - Math.max(gap.fromMs, fromMs)),
      0,
    );
    return Math.max(0, toMs - fromMs - asleep);
  }
}
