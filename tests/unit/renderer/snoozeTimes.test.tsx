import { expect, it } from 'vitest';
import { tomorrowMorning } from '../../../src/renderer/src/components/incidents/snoozeTimes';

it.each([
  ['just after midnight', '2026-11-28T00:01', '2026-11-29T09:00'],
  ['late in the evening', '2026-11-28T23:59', '2026-11-29T09:00'],
  ['at the end of a year', '2026-12-31T12:00', '2027-01-01T09:00'],
] as const)('tomorrow morning is nine o’clock of the next day, %s', (_, now, then) => {
  expect(tomorrowMorning(new Date(now).getTime())).toBe(new Date(then).getTime());
});
