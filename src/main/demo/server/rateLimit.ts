// The token bucket in front of the API. A call answered from the cache never comes here.

export interface RateLimit {
  /** Calls that may come at once. */
  readonly capacity: number;
  /** One more call is allowed after each such time. */
  readonly refillMs: number;
}

export const RATE_LIMITS = {
  /** For the demo: no reasonable collector meets it. */
  generous: { capacity: 120, refillMs: 500 },
  /** What the documentation promises: 30 calls a minute. */
  documented: { capacity: 30, refillMs: 2000 },
  /** What callers without a key measured in 2026: a burst of five, then one call every six seconds. */
  tight: { capacity: 5, refillMs: 6000 },
} as const satisfies Readonly<Record<string, RateLimit>>;

export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #countedAtMs: number;

  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.capacity;
    this.#countedAtMs = nowMs;
  }

  take(nowMs: number): boolean {
    const earned = Math.max(0, nowMs - this.#countedAtMs) / this.#limit.refillMs;
    this.#tokens = Math.min(this.#limit.capacity, this.#tokens + earned);
    this.#countedAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
