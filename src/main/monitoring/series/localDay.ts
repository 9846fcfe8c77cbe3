// Where a day begins and ends for people: at midnight in their time zone, so that it has 23 or 25 hours twice a year.
import type { Range } from '../../../shared/util/ranges';

const DAY_S = 86_400;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The local day that holds a time, in seconds since the epoch.
 * @param zone name of a time zone ("Europe/Berlin")
 */
export function localDay(atS: number, zone: string): Range {
  const localDayNumber = Math.floor((atS + offsetS(atS, zone)) / DAY_S);
  return { from: midnight(localDayNumber, zone), to: midnight(localDayNumber + 1, zone) };
}

function midnight(dayNumber: number, zone: string): number {
  const guess = dayNumber * DAY_S;
  const first = guess - offsetS(guess, zone);
  // The offset may change between midnight here and midnight in UTC.
  return guess - offsetS(first, zone);
}

/** By how much local time is ahead of UTC. */
function offsetS(atS: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(atS * 1_000).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - Math.floor(atS);
}
