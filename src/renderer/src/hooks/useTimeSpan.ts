// The chosen stretch of time as moments: it moves on in steps that suit its length, and every step is a reason to ask again.
import type { TimeSpan } from '../../../shared/domain/timeline';
import { useSnapshot } from '../store/selectors';
import { spanOf, type TimeRange, troubleSince, useTimeRangeStore } from '../store/timeRange';
import { useNow } from './useNow';

const SHORT_MS = 2 * 3_600_000;
const FAST_MS = 5_000;
const MIDDLE_MS = 20_000;
const SLOW_MS = 60_000;
/** Of days there is much to read, and a column is an hour wide. */
const SLOWEST_MS = 300_000;
const DAY_MS = 24 * 3_600_000;

export interface ChosenSpan extends TimeSpan {
  readonly range: TimeRange;
  /** Changes when another stretch was chosen, not when it moves on. */
  readonly key: string;
  /** Changes when it has moved on. */
  readonly tick: number;
}

export function useTimeSpan(): ChosenSpan {
  const range = useTimeRangeStore((state) => state.range);
  const troubleMs = useSnapshot(troubleSince);
  const { fromMs, toMs } = spanOf(range, Date.now(), troubleMs);
  const everyMs = stepOf(toMs - fromMs);
  const tick = useNow((nowMs) => (range.kind === 'custom' ? 0 : Math.floor(nowMs / everyMs)));
  return { fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs), range, key: JSON.stringify([range, troubleMs]), tick };
}

function stepOf(lengthMs: number): number {
  if (lengthMs <= SHORT_MS) return FAST_MS;
  if (lengthMs < DAY_MS) return MIDDLE_MS;
  return lengthMs <= 2 * DAY_MS ? SLOW_MS : SLOWEST_MS;
}
