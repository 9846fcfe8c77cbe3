// When a disk will be full, from how its free space went: at the slow end of the interval of its slope, and no faster than in more
// than half of its hours. Neither a large file that comes or goes, nor what is written and deleted again and again, is a trend. Pure.
import { theilSen } from '../series/theilSen';

export interface RoomSample {
  /** Monotonic. */
  readonly atMs: number;
  readonly freeBytes: number;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A file that takes two hours to be written is more than half of anything much shorter. */
const ENOUGH_MS = 6 * HOUR_MS;
/** As good as never. */
const LONGEST_DAYS = 3_650;

/**
 * Days until nothing is free, at most ten years; null before there is a trend.
 * @param samples in order of time
 */
export function daysLeft(samples: readonly RoomSample[]): number | null {
  const [oldest] = samples;
  const newest = samples.at(-1);
  if (!oldest || !newest || newest.atMs - oldest.atMs < ENOUGH_MS) return null;
  const slowest = theilSen(samples.map(({ atMs, freeBytes }) => ({ atMs, value: freeBytes }))).high;
  const perMs = Math.max(slowest, mostHours(samples));
  return perMs >= 0 ? LONGEST_DAYS : Math.min(LONGEST_DAYS, newest.freeBytes / -perMs / DAY_MS);
}

/** Change in a millisecond that more than half of the hours, each for itself, had or went below. */
function mostHours(samples: readonly RoomSample[]): number {
  const slopes: number[] = [];
  let [from] = samples;
  for (const to of samples) {
    if (!from || to.atMs - from.atMs < HOUR_MS) continue;
    slopes.push((to.freeBytes - from.freeBytes) / (to.atMs - from.atMs));
    from = to;
  }
  return slopes.toSorted((a, b) => a - b)[slopes.length >> 1] ?? 0;
}
