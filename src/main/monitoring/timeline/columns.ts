// The columns of a stretch of time: as wide as clocks count, at the same places whenever it is asked, so that a picture that moves
// on with the time does not flicker. Pure.
import type { TimelineArgs } from '../../../shared/contract/timeline';
import type { TimeSpan } from '../../../shared/domain/timeline';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
];

export interface Columns extends TimeSpan {
  readonly stepMs: number;
}

/** At most as many columns as asked for, and one more: the first begins at or before `fromMs`. */
export function columnsOf({ fromMs, toMs, columns }: TimelineArgs): Columns {
  const leastMs = (toMs - fromMs) / columns;
  const stepMs = STEPS_MS.find((step) => step >= leastMs) ?? Math.ceil(leastMs / DAY_MS) * DAY_MS;
  return { fromMs: Math.floor(fromMs / stepMs) * stepMs, toMs, stepMs };
}
