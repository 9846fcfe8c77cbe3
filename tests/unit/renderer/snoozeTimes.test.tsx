import { expect, it } from 'vitest';
import { tomorrowMorning } from '../../../src/renderer/src/components/incidents/snoozeTimes';

it.each([
  ['just after midnight', [2026, 10, 28, 0, 1], [2026, 10, 29, 9]],
  ['late in the evening', [2026, 10, 28, 23, 59], [2026, 10, 29, 9]],
  ['at the end of a year', [2026, 11, 31, 12, 0], [2027, 0, 1, 9]],
] as const)('tomorrow morning is nine o’clock of the next day, %s', (_, now, then) => {
  const [year, month, day, hour] = then;
  expect(tomorrowMorning(new Date(...now).getTime())).toBe(new Date(year, month, day, hour).getTime());
});
