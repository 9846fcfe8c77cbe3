// The figures of a series over a stretch of time, so kept that those of two stretches add up to those of both.
import { type Figure, SAMPLE_EVERY_S } from '../../../shared/domain/series';
import type { Sample } from './packedSamples';
import { Sketch } from './sketch';

export interface Bucket {
  readonly fromS: number;
  n: number;
  /** Ten-second slots of which there are samples. */
  slots: number;
  sum: number;
  min: number;
  max: number;
  readonly sketch: Sketch;
}

export function emptyBucket(fromS: number): Bucket {
  return { fromS, n: 0, slots: 0, sum: 0, min: Infinity, max: -Infinity, sketch: new Sketch() };
}

export function mergeInto(into: Bucket, other: Bucket): void {
  into.n += other.n;
  into.slots += other.slots;
  into.sum += other.sum;
  into.min = Math.min(into.min, other.min);
  into.max = Math.max(into.max, other.max);
  into.sketch.merge(other.sketch);
}

/**
 * Buckets of samples that are in order of time; there is none where there is no sample.
 * @param startOf the beginning of the bucket that holds a time
 */
export function bucketsOf(samples: readonly Sample[], startOf: (atS: number) => number): readonly Bucket[] {
  const buckets: Bucket[] = [];
  let lastSlot = -1;
  for (const { atS, value } of samples) {
    const fromS = startOf(atS);
    let bucket = buckets.at(-1);
    if (bucket?.fromS !== fromS) {
      bucket = emptyBucket(fromS);
      buckets.push(bucket);
    }
    const slot = Math.floor(atS / SAMPLE_EVERY_S);
    if (slot !== lastSlot) bucket.slots += 1;
    lastSlot = slot;
    bucket.n += 1;
    bucket.sum += value;
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
    bucket.sketch.add(value);
  }
  return buckets;
}

export function everySeconds(widthS: number): (atS: number) => number {
  return (atS) => Math.floor(atS / widthS) * widthS;
}

/** @param spanS the length of time that the bucket stands for */
export function figureOf(bucket: Bucket, spanS: number): Figure {
  const { n, slots, sum, min, max, sketch } = bucket;
  const within = (value: number): number => Math.min(max, Math.max(min, value));
  return {
    n,
    min,
    max,
    mean: sum / n,
    p50: within(sketch.quantile(0.5)),
    p95: within(sketch.quantile(0.95)),
    zeroShare: sketch.zeros / n,
    coverage: Math.min(1, (slots * SAMPLE_EVERY_S) / spanS),
  };
}
