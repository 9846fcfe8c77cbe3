// When a series will reach its limit if it goes on as it did, by its Theil–Sen slope and the interval of that. A few days of cleaning
// up, or a peak, do not turn it.
import type { Forecast } from '../../../shared/domain/series';
import { theilSen } from './theilSen';

const DAY_MS = 86_400_000;
const MIN_POINTS = 24;

/**
 * @param points in order of time, at even distances as far as there are any
 * @returns null while there is too little to tell
 */
export function forecast(
  points: readonly { readonly atMs: number; readonly value: number }[],
  limit: number,
): Forecast | null {
  const last = points.at(-1);
  if (points.length < MIN_POINTS || !last) return null;
  const slope = theilSen(points);
  const perDay = slope.median * DAY_MS;
  const fastest = (limit > last.value ? slope.high : slope.low) * DAY_MS;
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
