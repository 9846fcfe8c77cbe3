// For how long an incident can be put aside. Pure; local time, because "tomorrow at nine" is the person's tomorrow.

const MINUTE_MS = 60_000;
const MORNING_HOUR = 9;

export interface SnoozeChoice {
  readonly key: '15m' | '1h' | 'morning' | 'change';
  readonly label: string;
  readonly until: (nowMs: number) => number | 'until_change';
}

export const SNOOZES: readonly SnoozeChoice[] = [
  { key: '15m', label: 'For 15 minutes', until: (nowMs) => nowMs + 15 * MINUTE_MS },
  { key: '1h', label: 'For 1 hour', until: (nowMs) => nowMs + 60 * MINUTE_MS },
  { key: 'morning', label: 'Until tomorrow, 09:00', until: tomorrowMorning },
  { key: 'change', label: 'Until it changes', until: () => 'until_change' },
];

/** Nine o'clock on the next day of the calendar, also where a day has 23 or 25 hours. */
export function tomorrowMorning(nowMs: number): number {
  const date = new Date(nowMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING_HOUR).getTime();
}
