// What is usual for a series at this hour of the week: people and markets have weeks.
import type { UsualBand } from '../../../shared/domain/series';
import { median, scaledMad } from './robust';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const MIN_WEEKS = 3;
const MADS = 3;
/** An hour that was hardly measured says nothing about that hour. */
const MIN_COVERAGE = 0.5;
/** A series that never moved would otherwise call the smallest change unusual. */
const LEAST_SPREAD = 0.05;

export interface Point {
  readonly atMs: number;
  readonly value: number;
  readonly coverage: number;
}

/**
 * The band for the hour of the week that `atMs` lies in, from earlier weeks; null when there are fewer than three.
 * @param points hourly values
 */
export function usualBand(points: readonly Point[], atMs: number): UsualBand | null {
  const weeks = new Map<number, number[]>();
  for (const { atMs: pointMs, value, coverage } of points) {
    const weeksAgo = Math.round((atMs - pointMs - HOUR_MS / 2) / WEEK_MS);
    // The neighbouring hours count as well: clocks change, and one value a week is little.
    const offMs = Math.abs(atMs - weeksAgo * WEEK_MS - pointMs - HOUR_MS / 2);
    if (weeksAgo < 1 || coverage < MIN_COVERAGE || offMs > 1.5 * HOUR_MS) continue;
    weeks.set(weeksAgo, [...(weeks.get(weeksAgo) ?? []), value]);
  }
  if (weeks.size < MIN_WEEKS) return null;
  const values = [...weeks.values()].flat();
  const middle = median(values);
  const spread = MADS * Math.max(scaledMad(values), (LEAST_SPREAD * Math.abs(middle)) / MADS);
  return { median: middle, low: middle - spread, high: middle + spread, weeks: weeks.size };
}
