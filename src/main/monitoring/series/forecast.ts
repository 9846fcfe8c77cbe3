// When a series will reach its limit if it goes on as it did: the median of the slopes between all pairs of points (Theil and Sen),
// with the interval that Kendall's statistic gives. A few days of cleaning up, or a peak, do not turn it.
import type { Forecast } from '../../../shared/domain/series';
import { median } from './robust';

const DAY_MS = 86_400_000;
const MIN_POINTS = 24;
/** Pairs grow with the square; so many points tell as much as all. */
const MAX_POINTS = 300;
/** 95 %. */
const Z = 1.96;

/**
 * @param points in order of time, at even distances as far as there are any
 * @returns null while there is too little to tell
 */
export function forecast(
  points: readonly { readonly atMs: number; readonly value: number }[],
  limit: number,
): Forecast | null {
  const every = Math.ceil(points.length / MAX_POINTS);
  const used = points.filter((_, index) => (points.length - 1 - index) % every === 0);
  const n = used.length;
  const last = used.at(-1);
  if (n < MIN_POINTS || !last) return null;
  const slopes: number[] = [];
  for (const [index, a] of used.entries()) {
    for (const b of used.slice(index + 1)) slopes.push((b.value - a.value) / ((b.atMs - a.atMs) / DAY_MS));
  }
  slopes.sort((a, b) => a - b);
  const perDay = median(slopes);
  const half = (Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2;
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? perDay;
  const fastest = limit > last.value ? at(slopes.length / 2 + half) : at(slopes.length / 2 - half);
  return {
    limit,
    perDay,
    days: daysUntil(limit - last.value, perDay),
    daysAtEarliest: daysUntil(limit - last.value, fastest),
  };
}

/** Null where it does not get closer. */
function daysUntil(distance: number, perDay: number): number | null {
  if (distance === 0) return 0;
  const days = distance / perDay;
  return Number.isFinite(days) && days > 0 ? days : null;
}
