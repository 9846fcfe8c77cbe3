// The budget of calls to one host, shared fairly by everyone who calls it: never more than N in any 60 s, one at a time for each
// caller. It outlives restarts through LimiterState, and slows down when the host complains.
import type { Clock, TimerHandle } from '../../../shared/util/clock';
import { FairQueue, type Caller } from './fairQueue';
import { cancelledError } from './sourceError';

export const WINDOW_MS = 60_000;

/**
 * First pause after a complaint is drawn from this range; each further complaint in a row doubles it, up to the longest range: two
 * calls a minute are fewer than any limit, and whether the host has calmed down is known within 45 s.
 */
const FIRST_PAUSE_MS = { from: 10_000, to: 25_000 } as const;
const LONGEST_PAUSE_MS = { from: 25_000, to: 40_000 } as const;
/** What the host itself asks for is believed up to here. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/** After a complaint the rate is halved; each success gives back this share of the full rate. */
const RECOVERY_STEP = 0.05;
/** Calls per minute that are left by any number of complaints: fewer would be a longer pause by another name. */
const LOWEST_RATE = 2;

/** Calls come in bursts of at most four times the even pace, which the host's own burst allowance stands. */
const BURST_FACTOR = 4;

/** Calls under way at once. With one, a call that hangs would hold everybody up. */
export const MAX_IN_FLIGHT = 4;

const NOBODY: Caller = { key: '', priority: 'normal' };

/** What must survive a restart; wall-clock milliseconds, so that it means something to the next process. */
export interface LimiterMemory {
  readonly callTimesMs: readonly number[];
  readonly throttledUntilMs: number | null;
}

/** Where the memory is kept. Neither function may throw: a limiter without memory is better than no limiter. */
export interface LimiterState {
  load(): LimiterMemory;
  /** Called before each call is made, so that a crash of the program can only make the next one more careful. Must be written on return. */
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
   * Resolves when it is the caller's turn, with the function that ends the turn; the same caller is not let in again before it is
   * called. Callers that do not say who they are count as one. Rejects with a SourceError `cancelled` as soon as the signal aborts; a place given up costs nothing.
   */
  enter(signal: AbortSignal, caller?: Caller): Promise<() => void>;
  /** The host complained about too many calls: everyone pauses. A `retryAfterMs` below our own pause is not believed. */
  penalise(retryAfterMs: number | null): void;
  /** The host answered properly. */
  reward(): void;
  status(): LimiterStatus;
}

interface Waiter {
  readonly grant: () => void;
}

interface Call {
  readonly startedMs: number;
  /** Null while it is under way. */
  endedMs: number | null;
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
  /** A call counts until 60 s after its answer, since the host may have counted it any time before. */
  #calls: readonly Call[];
  #pausedUntilMs: number;
  #share = 1;
  #complaints = 0;
  readonly #inFlight = new Set<string>();
  readonly #queue = new FairQueue<Waiter>();
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
    this.#calls = callTimesMs
      .map((atMs) => nowMs - Math.max(0, wallMs - atMs))
      .filter((atMs) => nowMs - atMs < WINDOW_MS)
      .map((atMs) => ({ startedMs: atMs, endedMs: atMs }));
    this.#pausedUntilMs = nowMs + clamp((throttledUntilMs ?? 0) - wallMs, 0, LONGEST_RETRY_AFTER_MS);
  }

  enter(signal: AbortSignal, caller = NOBODY): Promise<() => void> {
    if (signal.aborted) return Promise.reject(cancelledError());
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#queue.remove(waiter);
        reject(cancelledError());
        this.#pump();
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#begin(caller.key));
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queue.push(caller, waiter);
      this.#pump();
    });
  }

  penalise(retryAfterMs: number | null): void {
    const growth = 2 ** Math.min(this.#complaints, 8);
    const from = Math.min(FIRST_PAUSE_MS.from * growth, LONGEST_PAUSE_MS.from);
    const to = Math.min(FIRST_PAUSE_MS.to * growth, LONGEST_PAUSE_MS.to);
    const ownPauseMs = from + this.#random() * (to - from);
    const pauseMs = clamp(retryAfterMs ?? 0, ownPauseMs, LONGEST_RETRY_AFTER_MS);
    this.#complaints += 1;
    this.#share = Math.max(this.#share / 2, Math.min(1, LOWEST_RATE / this.#fullRate));
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
      waiting: this.#queue.size,
      throttledUntilMs: pauseMs > 0 ? this.#clock.wallMs() + pauseMs : null,
    };
  }

  #rate(): number {
    return Math.max(1, Math.floor(this.#fullRate * this.#share));
  }

  #recentCalls(nowMs: number): readonly Call[] {
    return this.#calls.filter(({ endedMs }) => endedMs === null || nowMs - endedMs < WINDOW_MS);
  }

  #pump(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#inFlight.size >= MAX_IN_FLIGHT || this.#queue.size === 0) return;
    const delayMs = this.#nextTurnMs() - this.#clock.monotonicMs();
    if (delayMs > 0) {
      this.#timer = this.#clock.after(Math.ceil(delayMs), () => this.#pump());
      return;
    }
    this.#queue.shift((key) => !this.#inFlight.has(key))?.grant();
  }

  /** Earliest monotonic time of the next call. */
  #nextTurnMs(): number {
    const nowMs = this.#clock.monotonicMs();
    const rate = this.#rate();
    const newestMs = Math.max(...this.#calls.map(({ startedMs, endedMs }) => endedMs ?? startedMs));
    const spacedMs = newestMs + WINDOW_MS / (rate * BURST_FACTOR);
    const countedMs = this.#calls.map(({ endedMs }) => endedMs ?? nowMs).sort((a, b) => a - b);
    const windowMs = (countedMs.at(-rate) ?? Number.NEGATIVE_INFINITY) + WINDOW_MS;
    return Math.max(this.#pausedUntilMs, spacedMs, windowMs);
  }

  #begin(key: string): () => void {
    const nowMs = this.#clock.monotonicMs();
    const call: Call = { startedMs: nowMs, endedMs: null };
    this.#inFlight.add(key);
    this.#calls = [...this.#recentCalls(nowMs), call];
    this.#save();
    // Another caller may go at once: then nothing else would wake the queue.
    queueMicrotask(() => this.#pump());
    return () => {
      if (call.endedMs !== null) return;
      call.endedMs = this.#clock.monotonicMs();
      this.#inFlight.delete(key);
      this.#pump();
    };
  }

  #save(): void {
    const wallMs = this.#clock.wallMs();
    const nowMs = this.#clock.monotonicMs();
    this.#state.save({
      callTimesMs: this.#recentCalls(nowMs).map(({ endedMs }) => Math.ceil(wallMs - (nowMs - (endedMs ?? nowMs)))),
      throttledUntilMs: this.#pausedUntilMs > nowMs ? Math.ceil(wallMs + this.#pausedUntilMs - nowMs) : null,
    });
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
