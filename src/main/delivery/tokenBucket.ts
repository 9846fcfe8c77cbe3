// So many at once, then one every so often.
import type { RateLimit } from './channel';

export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #countedMs: number;

  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#countedMs = nowMs;
  }

  /** Milliseconds until there is a token; 0 when there is one. Times are monotonic. */
  waitMs(nowMs: number): number {
    this.#refill(nowMs);
    return this.#tokens > 0 ? 0 : this.#countedMs + this.#limit.everyMs - nowMs;
  }

  take(nowMs: number): void {
    this.#refill(nowMs);
    // A full bucket earns nothing: the next token is counted from here.
    if (this.#tokens === this.#limit.burst) this.#countedMs = nowMs;
    this.#tokens -= 1;
  }

  #refill(nowMs: number): void {
    const { burst, everyMs } = this.#limit;
    const earned = Math.floor((nowMs - this.#countedMs) / everyMs);
    if (earned <= 0) return;
    this.#tokens = Math.min(burst, this.#tokens + earned);
    this.#countedMs += earned * everyMs;
  }
}
