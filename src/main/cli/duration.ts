// Spans of time as people type them: 90s, 15m, 2h.
import { InvalidArgumentError } from 'commander';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds; throws an Error that says what would have been right. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})(s|m|h)$/.exec(text);
  const [, amount, unit] = match ?? [];
  if (amount === undefined || unit === undefined || Number(amount) === 0)
    throw new Error(`“${text}” is not a span of time; write for example 60s, 15m or 2h.`);
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** For options of the command line. */
export function readDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** As `readDuration`, and a number alone is seconds. */
export function readSeconds(text: string): number {
  return readDuration(/^\d+$/.test(text) ? `${text}s` : text);
}
