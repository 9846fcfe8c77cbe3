// The budget of calls to one host, shared by everyone who calls it: never more than N in any 60 s, one at a time, in the order of
// asking. It outlives restarts through LimiterState, and slows down when the host complains.
import type { Clock, TimerHandle } from '../../../shared/util/clock';
import { cancelledError } from './sourceError';

export const WINDOW_MS = 60_000;

/** First pause after a complaint is drawn from this range; each further complaint in a row doubles it, up to the longest range. */
const FIRST_PAUSE_MS = { from: 10_000, to: 25_000 } as const;
const LONGEST_PAUSE_MS = { from: 60_000, to: 120_000 } as const;

/** After a complaint the rate is halved; each success gives back this share of the full rate. */
const RECOVERY_STEP = 0.05;

/** Calls come in bursts of at most four times the even pace, which the host's own burst allowance stands. */
const BURST_FACTOR = 4;

/** What must survive a restart; wall-clock milliseconds, so that it means something to the next process. */
export interface LimiterMemory {
  readonly callTimesMs: readonly number[];
  readonly throttledUntilMs: number | null;
}

/** Where the memory is kept. Neither function may throw: a limiter without memory is better than no limiter. */
export interface LimiterState {
  load(): LimiterMemory;
  /** Called before each call is made, so that a crash can only make the next process more careful. Must be durable on return. */
  save(memory: LimiterMemory): void;
}

export interface RateLimiterOptions {
  /** The full rate; a whole number of at least 1. */
  readonly callsPerMinute: number;
  readonly clock: Clock;
  readonly state: LimiterState;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
}

export interface LimiterStatus {
  /** Calls allowed in a minute at present: less than configured for a while after a complaint. */
  readonly callsPerMinute: number;
  readonly callsInWindow: number;
  readonly waiting: number;
  /** Wall time. */
  readonly throttledUntilMs: number | null;
}

export interface RateLimiter {
  /**
   * Resolves when it is the caller's turn, with the function that ends the turn; nobody else is let in before it is called.
   * Rejects with a SourceError `cancelled` as soon as the signal aborts; a place given up costs nothing.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /** The host complained about too many calls: everyone pauses. A `retryAfterMs` below our own pause is not believed. */
  penalise(retryAfterMs: number | null): void;
  /** The host answered properly. */
  reward(): void;
  status(): LimiterStatus;
}

interface Waiter {
  readonly grant: () => void;
}

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  if (!Number.isInteger(options.callsPerMinute) || options.callsPerMinute < 1) {
    throw new RangeError(`Calls per minute must be a whole number of at least 1, not ${options.callsPerMinute}.`);
  }
  return new SlidingWindowLimiter(options);
}

class SlidingWindowLimiter implements RateLimiter {
  readonly #fullRate: number;
  readonly #clock: Clock;
  readonly #state: LimiterState;
  readonly #random: () => number;
  /** Monotonic; oldest first. A call counts until 60 s after its answer, since the host may have counted it any time before. */
  #callsMs: number[];
  #pausedUntilMs: number;
  #share = 1;
  #complaints = 0;
  #inFlight = false;
  #queue: Waiter[] = [];
  #timer: TimerHandle | null = null;

  constructor(options: RateLimiterOptions) {
    this.#fullRate = options.callsPerMinute;
    this.#clock = options.clock;
    this.#state = options.state;
    this.#random = options.random ?? Math.random;
    const { callTimesMs, throttledUntilMs } = this.#state.load();
    const wallMs = this.#clock.wallMs();
    const nowMs = this.#clock.monotonicMs();
    // The wall clock may have been set back while nobody looked: a call "in the future" counts as made now, never as later.
    this.#callsMs = callTimesMs
      .map((atMs) => nowMs - Math.max(0, wallMs - atMs))
      .filter((atMs) => nowMs - atMs < WINDOW_MS)
      .sort((a, b) => a - b);
    this.#pausedUntilMs = nowMs + clamp((throttledUntilMs ?? 0) - wallMs, 0, LONGEST_PAUSE_MS.to);
  }

  enter(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(cancelledError());
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#queue = this.#queue.filter((other) => other !== waiter);
        reject(cancelledError());
        this.#pump();
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#begin());
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queue.push(waiter);
      this.#pump();
    });
  }

  penalise(retryAfterMs: number | null): void {
    const growth = 2 ** Math.min(this.#complaints, 8);
    const from = Math.min(FIRST_PAUSE_MS.from * growth, LONGEST_PAUSE_MS.from);
    const to = Math.min(FIRST_PAUSE_MS.to * growth, LONGEST_PAUSE_MS.to);
    const ownPauseMs = from + this.#random() * (to - from);
    const pauseMs = clamp(retryAfterMs ?? 0, ownPauseMs, LONGEST_PAUSE_MS.to);
    this.#complaints += 1;
    this.#share = Math.max(this.#share / 2, 1 / this.#fullRate);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#clock.monotonicMs() + pauseMs);
    this.#save();
    this.#pump();
  }

  reward(): void {
    this.#complaints = 0;
    this.#share = Math.min(1, this.#share + RECOVERY_STEP);
  }

  status(): LimiterStatus {
    const nowMs = this.#clock.monotonicMs();
    const pauseMs = this.#pausedUntilMs - nowMs;
    return {
      callsPerMinute: this.#rate(),
      callsInWindow: this.#recentCalls(nowMs).length,
      waiting: this.#queue.length,
      throttledUntilMs: pauseMs > 0 ? this.#clock.wallMs() + pauseMs : null,
    };
  }

  #rate(): number {
    return Math.max(1, Math.floor(this.#fullRate * this.#share));
  }

  #recentCalls(nowMs: number): readonly number[] {
    return this.#callsMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
  }

  #pump(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#inFlight || this.#queue.length === 0) return;
    const delayMs = this.#nextTurnMs() - this.#clock.monotonicMs();
    if (delayMs > 0) {
      this.#timer = this.#clock.after(Math.ceil(delayMs), () => this.#pump());
      return;
    }
    this.#queue.shift()?.grant();
  }

  /** Earliest monotonic time of the next call. */
  #nextTurnMs(): number {
    const rate = this.#rate();
    const newestMs = this.#callsMs.at(-1) ?? Number.NEGATIVE_INFINITY;
    const spacedMs = newestMs + WINDOW_MS / (rate * BURST_FACTOR);
    const windowMs = (this.#callsMs.at(-rate) ?? Number.NEGATIVE_INFINITY) + WINDOW_MS;
    return Math.max(this.#pausedUntilMs, spacedMs, windowMs);
  }

  #begin(): () => void {
    const nowMs = this.#clock.monotonicMs();
    this.#inFlight = true;
    this.#callsMs = [...this.#recentCalls(nowMs), nowMs];
    this.#save();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#inFlight = false;
      this.#callsMs[this.#callsMs.length - 1] = this.#clock.monotonicMs();
      this.#pump();
    };
  }

  #save(): void {
    const wallMs = this.#clock.wallMs();
    const nowMs = this.#clock.monotonicMs();
    this.#state.save({
      callTimesMs: this.#recentCalls(nowMs).map((atMs) => Math.ceil(wallMs - (nowMs - atMs))),
      throttledUntilMs: this.#pausedUntilMs > nowMs ? Math.ceil(wallMs + this.#pausedUntilMs - nowMs) : null,
    });
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
