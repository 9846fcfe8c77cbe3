// What is remembered of one API host: how its calls went lately, since when it is down and since when it throttles. Decides nothing;
// the sensor reads it.
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { RunErrorClass } from '../../../shared/domain/collector';
import type { LatencySummary } from '../../../shared/domain/database';
import { RollingHistogram } from '../../../shared/util/histogram';
import { Attention } from '../attention';
import type { Moment } from './reading';

const WINDOW_MS = 5 * 60_000;
/** Shorter than the time for which many failures must last to be told: what is over by then is not told afterwards. */
const FAILURES_WINDOW_MS = 2 * 60_000;
const LOOK_EVERY_MS = 5_000;
export const ENOUGH_CALLS = 5;
/** A throttle that nothing has been heard of for so long is over, even when nobody has called since. */
const THROTTLE_FORGOTTEN_MS = 5 * 60_000;

/** Failures of the same class in a row that say what keeps a host down. */
const ALIKE = 2;

/** One call to the API, as its client tells it. */
export interface CallFacts {
  readonly ms: number;
  readonly outcome: 'ok' | RunErrorClass;
  /** Why it failed, in one sentence; null when it did not. */
  readonly message: string | null;
}

/** Answers that say no, and yet are answers to what was asked. */
const ANSWERS: ReadonlySet<CallFacts['outcome']> = new Set(['ok', 'throttled', 'not_found', 'page_limit']);
/** Failures for which the way to the host, or the host itself, can answer. */
const NO_ANSWER: ReadonlySet<CallFacts['outcome']> = new Set(['network', 'timeout']);

export class HostRecord {
  readonly attention = new Attention(LOOK_EVERY_MS);
  /** Monotonic; null before the first since somebody has been there. */
  lastAnswerMs: number | null = null;
  /** Why the last call went without an answer; null after an answer. */
  unanswered: RunErrorClass | null = null;
  /** Wall time since which its breaker is open, through all attempts to come back; null while it is closed. */
  downSinceMs: number | null = null;
  /** What its breaker opened for, or what keeps it open since; null while it is closed. */
  fault: string | null = null;
  readonly #latencies = new RollingHistogram(WINDOW_MS);
  #calls = new RollingHistogram(FAILURES_WINDOW_MS);
  #failures = new RollingHistogram(FAILURES_WINDOW_MS);
  #lastFault: string | null = null;
  #lastClass: CallFacts['outcome'] = 'ok';
  /** Failures in a row of the same class. */
  #alike = 0;
  #throttledSince: Moment | null = null;
  #throttledLastMs = 0;

  called({ ms, outcome, message }: CallFacts, moment: Moment): void {
    if (outcome === 'cancelled' || outcome === 'host_down') return;
    const { monotonicMs } = moment;
    this.#latencies.record(ms, monotonicMs);
    this.#calls.record(ms, monotonicMs);
    if (!ANSWERS.has(outcome)) {
      this.#failures.record(ms, monotonicMs);
      this.#lastFault = message;
      this.#alike = outcome === this.#lastClass ? this.#alike + 1 : 1;
    }
    this.#lastClass = outcome;
    if (outcome === 'throttled') {
      this.#throttledSince ??= moment;
      this.#throttledLastMs = monotonicMs;
    } else if (outcome === 'ok') this.#throttledSince = null;
    const isUnanswered = NO_ANSWER.has(outcome);
    this.unanswered = isUnanswered && outcome !== 'ok' ? outcome : null;
    if (!isUnanswered) this.lastAnswerMs = monotonicMs;
  }

  /** Nobody was there: what was known is old. */
  unwatched(): void {
    this.lastAnswerMs = null;
    this.unanswered = null;
    this.#throttledSince = null;
    this.attention.wake();
  }

  breakerMoved({ kind, atMs }: Pick<CollectorEvent, 'kind' | 'atMs'>): void {
    if (kind === 'breaker_closed') {
      this.downSinceMs = null;
      this.fault = null;
      // They were those of the outage.
      this.#calls = new RollingHistogram(FAILURES_WINDOW_MS);
      this.#failures = new RollingHistogram(FAILURES_WINDOW_MS);
    } else if (kind === 'breaker_open') {
      // One attempt to come back that fails in another way may be chance.
      if (this.downSinceMs === null || this.#alike >= ALIKE) this.fault = this.#lastFault;
      this.downSinceMs ??= atMs;
    }
  }

  /** From the first refusal to the newest. `isHeldBack`: calls wait for the end of the pause that was asked for. */
  throttledForMs({ monotonicMs }: Moment, isHeldBack: boolean): number {
    if (this.#throttledSince === null) return 0;
    if (isHeldBack) this.#throttledLastMs = monotonicMs;
    if (monotonicMs - this.#throttledLastMs > THROTTLE_FORGOTTEN_MS) this.#throttledSince = null;
    return this.#throttledSince === null ? 0 : this.#throttledLastMs - this.#throttledSince.monotonicMs;
  }

  latency({ monotonicMs }: Moment): LatencySummary {
    return this.#latencies.summary(monotonicMs);
  }

  /** The share of the latest calls that failed since the last outage; null when there were too few. */
  failedShare({ monotonicMs }: Moment): number | null {
    const calls = this.#calls.summary(monotonicMs).count;
    return calls < ENOUGH_CALLS ? null : this.#failures.summary(monotonicMs).count / calls;
  }
}
