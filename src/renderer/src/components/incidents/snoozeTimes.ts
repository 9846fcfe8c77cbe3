// For how long an incident can be put aside. Pure; local time, because "tomorrow at nine" is the person's tomorrow.
import type { PlainTextKey } from '../../texts/textKeys';

const MINUTE_MS = 60_000;
const MORNING_HOUR = 9;

export interface SnoozeChoice {
  readonly key: '15m' | '1h' | 'morning' | 'change';
  readonly labelKey: PlainTextKey;
  readonly until: (nowMs: number) => number | 'until_change';
}

export const SNOOZES: readonly SnoozeChoice[] = [
  { key: '15m', labelKey: 'incidents.snoozeFor.15m', until: (nowMs) => nowMs + 15 * MINUTE_MS },
  { key: '1h', labelKey: 'incidents.snoozeFor.1h', until: (nowMs) => nowMs + 60 * MINUTE_MS },
  { key: 'morning', labelKey: 'incidents.snoozeFor.morning', until: tomorrowMorning },
  { key: 'change', labelKey: 'incidents.snoozeFor.change', until: () => 'until_change' },
];

/** Nine o'clock on the next day of the calendar, also where a day has 23 or 25 hours. */
export function tomorrowMorning(nowMs: number): number {
  const date = new Date(nowMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING_HOUR).getTime();
}
