// The slope of a series: the median of the slopes between all pairs of points (Theil and Sen), with the 95 % interval that Kendall's
// statistic gives. Pure.
import { median } from './robust';

/** Pairs grow with the square; so many points tell as much as all. */
const MAX_POINTS = 300;
/** 95 %. */
const Z = 1.96;

interface Slope {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * @param points at least two, in order of time
 * @returns change of the value in a millisecond
 */
export function theilSen(points: readonly { readonly atMs: number; readonly value: number }[]): Slope {
  const every = Math.ceil(points.length / MAX_POINTS);
  const used = points.filter((_, index) => (points.length - 1 - index) % every === 0);
  const n = used.length;
  const slopes: number[] = [];
  for (const [index, a] of used.entries()) {
    for (const b of used.slice(index + 1)) slopes.push((b.value - a.value) / (b.atMs - a.atMs));
  }
  slopes.sort((a, b) => a - b);
  const middle = median(slopes);
  const half = (Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2;
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? middle;
  return { low: at(slopes.length / 2 - half), median: middle, high: at(slopes.length / 2 + half) };
}
