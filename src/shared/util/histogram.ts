// Latencies as counts in logarithmic buckets: constant memory, mergeable, at most 9 % off at any size from 1 µs to an hour.
import type { LatencySummary } from '../domain/database';

const BUCKETS_PER_OCTAVE = 8;
const OCTAVES = 32;
const SMALLEST_MS = 0.001;

export class Histogram {
  readonly #counts = new Float64Array(BUCKETS_PER_OCTAVE * OCTAVES);
  #count = 0;
  #maxMs = 0;

  /** Negative values count as zero: two clocks read on two threads can be a hair out of order. */
  record(valueMs: number): void {
    const bucket = bucketOf(valueMs);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    if (valueMs > this.#maxMs) this.#maxMs = valueMs;
  }

  merge(other: Histogram): void {
    for (let bucket = 0; bucket < this.#counts.length; bucket += 1) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0);
    }
    this.#count += other.#count;
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#maxMs = 0;
  }

  get count(): number {
    return this.#count;
  }

  /** The value that `fraction` (0..1) of all recorded values do not exceed, within a bucket's width; 0 when empty. */
  quantileMs(fraction: number): number {
    const rank = Math.ceil(fraction * this.#count);
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket += 1) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank && seen > 0) return Math.min(upperBoundMs(bucket), this.#maxMs);
    }
    return 0;
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      p50Ms: this.quantileMs(0.5),
      p95Ms: this.quantileMs(0.95),
      maxMs: this.#maxMs,
    };
  }
}

/** A histogram that forgets: holds the last `windowMs`, in `slots` steps. */
export class RollingHistogram {
  readonly #slotMs: number;
  readonly #slots: { startedAtMs: number; readonly histogram: Histogram }[];

  constructor(windowMs: number, slots = 12) {
    this.#slotMs = windowMs / slots;
    this.#slots = Array.from({ length: slots }, () => ({ startedAtMs: -Infinity, histogram: new Histogram() }));
  }

  /** `nowMs` is monotonic time. */
  record(valueMs: number, nowMs: number): void {
    const startedAtMs = Math.floor(nowMs / this.#slotMs) * this.#slotMs;
    const slot = this.#slots[(startedAtMs / this.#slotMs) % this.#slots.length];
    if (!slot) return;
    if (slot.startedAtMs !== startedAtMs) {
      slot.startedAtMs = startedAtMs;
      slot.histogram.clear();
    }
    slot.histogram.record(valueMs);
  }

  summary(nowMs: number): LatencySummary {
    const oldestMs = nowMs - this.#slotMs * this.#slots.length;
    const merged = new Histogram();
    for (const slot of this.#slots) if (slot.startedAtMs > oldestMs) merged.merge(slot.histogram);
    return merged.summary();
  }
}

function bucketOf(valueMs: number): number {
  if (!(valueMs > SMALLEST_MS)) return 0;
  const bucket = Math.floor(Math.log2(valueMs / SMALLEST_MS) * BUCKETS_PER_OCTAVE);
  return Math.min(bucket, BUCKETS_PER_OCTAVE * OCTAVES - 1);
}

function upperBoundMs(bucket: number): number {
  return SMALLEST_MS * 2 ** ((bucket + 1) / BUCKETS_PER_OCTAVE);
}
