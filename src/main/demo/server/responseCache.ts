// The shared cache in front of the API: the same address asked again within a minute gets the same bytes.
import type { Answer } from './answers';

const MAX_BYTES = 16 * 1024 * 1024;

interface CachedResponse {
  readonly storedAtMs: number;
  readonly requestId: string;
  readonly bytes: Buffer;
  readonly answer: Answer;
}

export class ResponseCache {
  readonly #ttlMs: number;
  readonly #entries = new Map<string, CachedResponse>();
  #bytes = 0;

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  get(key: string, nowMs: number): CachedResponse | null {
    const entry = this.#entries.get(key);
    return entry === undefined || nowMs - entry.storedAtMs >= this.#ttlMs ? null : entry;
  }

  set(key: string, entry: CachedResponse): void {
    if (this.#ttlMs === 0) return;
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes.length;
    // Oldest first: entries are never renewed in place, so the order of insertion is the order of expiry.
    for (const [oldest, { storedAtMs }] of this.#entries) {
      if (this.#bytes <= MAX_BYTES && entry.storedAtMs - storedAtMs < this.#ttlMs) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes.length;
  }
}
