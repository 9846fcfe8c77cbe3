// Where a line of time is labelled, and how: round local times, as many as there is room for. Pure.
import { formatClock, formatDay, formatMinute } from '../../../../shared/util/format';
import type { TimeSpan } from '../../../../shared/domain/timeline';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  ...[5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 5, 7, 14, 30, 60, 90].map((count) => count * DAY_MS),
];
const LABEL_PX = 84;

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

export function timeTicks({ fromMs, toMs }: TimeSpan, widthPx: number): readonly TimeTick[] {
  const room = Math.max(2, Math.floor(widthPx / LABEL_PX));
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= room) ?? 365 * DAY_MS;
  // Local midnight is where counting begins, so that "06:00" is one of the labels; it moves with daylight saving.
  const offsetMs = new Date(fromMs).getTimezoneOffset() * MINUTE_MS;
  const ticks: TimeTick[] = [];
  for (let atMs = Math.ceil((fromMs - offsetMs) / stepMs) * stepMs + offsetMs; atMs < toMs; atMs += stepMs) {
    ticks.push({ atMs, label: labelOf(atMs, stepMs) });
  }
  return ticks;
}

function labelOf(atMs: number, stepMs: number): string {
  if (stepMs >= DAY_MS) return formatDay(atMs);
  const at = new Date(atMs);
  if (at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0) return formatDay(atMs);
  return stepMs < MINUTE_MS ? formatClock(atMs) : formatMinute(atMs);
}
