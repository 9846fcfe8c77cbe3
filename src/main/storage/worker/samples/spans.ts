// The buckets of an answer: a grid of equal steps, or local days, filled from finer or equally wide ones.
import { type Bucket, emptyBucket } from '../../../monitoring/series/bucket';

/** A 24th: by so much of a day the clock is changed. */
const HOUR_OF_DAY = 1 / 24;

export interface Span {
  readonly fromS: number;
  readonly toS: number;
  readonly bucket: Bucket;
}

export interface SpanGrid {
  readonly fromS: number;
  readonly toS: number;
  /** Of days, a whole number of them. */
  readonly stepS: number;
  /** What is added are local days then, and a span begins and ends with one. */
  readonly isDays: boolean;
}

export class Spans {
  readonly #grid: SpanGrid;
  readonly #spans = new Map<number, { fromS: number; toS: number; readonly bucket: Bucket }>();

  constructor(grid: SpanGrid) {
    this.#grid = grid;
  }

  /** The bucket to which one is to be added that begins at `atS`; null for one that nobody asked about. */
  at(atS: number, widthS: number): Bucket | null {
    const { fromS, toS, stepS, isDays } = this.#grid;
    if (atS < fromS || atS >= toS) return null;
    // Local days begin an hour earlier or later in one half of the year.
    const index = Math.floor((atS - fromS) / stepS + (isDays ? HOUR_OF_DAY : 0));
    let span = this.#spans.get(index);
    if (!span) {
      const begin = isDays ? atS : fromS + index * stepS;
      span = { fromS: begin, toS: begin + stepS, bucket: emptyBucket(begin) };
      this.#spans.set(index, span);
    }
    if (isDays) span.toS = atS + widthS;
    return span.bucket;
  }

  inOrder(): readonly Span[] {
    return [...this.#spans.values()].sort((a, b) => a.fromS - b.fromS).filter(({ bucket }) => bucket.n > 0);
  }
}
