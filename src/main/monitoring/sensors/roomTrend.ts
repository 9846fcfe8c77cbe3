// When a disk will be full, from how its free space went: the median of the slopes between all pairs of looks (Theil–Sen), which a
// large file that comes or goes once does not bend. Pure.
import { median } from './usual';

export interface RoomSample {
  /** Monotonic. */
  readonly atMs: number;
  readonly freeBytes: number;
}

const DAY_MS = 24 * 60 * 60_000;
/** An hour of looks every five minutes; less is no trend. */
const ENOUGH = 12;
/** As good as never. */
const LONGEST_DAYS = 3_650;

/** Days until nothing is free, at most ten years; null before there is a trend. */
export function daysLeft(samples: readonly RoomSample[]): number | null {
  const newest = samples.at(-1);
  if (newest === undefined || samples.length < ENOUGH) return null;
  const slopes = samples.flatMap((from, index) =>
    samples.slice(index + 1).map((to) => (to.freeBytes - from.freeBytes) / (to.atMs - from.atMs)),
  );
  const perMs = median(slopes);
  return perMs >= 0 ? LONGEST_DAYS : Math.min(LONGEST_DAYS, newest.freeBytes / -perMs / DAY_MS);
}
