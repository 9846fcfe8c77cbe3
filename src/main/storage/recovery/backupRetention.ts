// Which backups to keep: the newest of each of the last days and of each of the last weeks that have one. Pure.

export const KEPT_DAYS = 7;
export const KEPT_WEEKS = 4;
const DAY_MS = 24 * 60 * 60_000;
const WEEK_MS = 7 * DAY_MS;

/** @param atMs when each backup was made @returns those that may go */
export function expendableBackups(atMs: readonly number[]): readonly number[] {
  const newestFirst = [...atMs].sort((a, b) => b - a);
  const kept = new Set([
    ...newestPerPeriod(newestFirst, DAY_MS, KEPT_DAYS),
    ...newestPerPeriod(newestFirst, WEEK_MS, KEPT_WEEKS),
  ]);
  return newestFirst.filter((ms) => !kept.has(ms));
}

function newestPerPeriod(newestFirst: readonly number[], periodMs: number, periods: number): readonly number[] {
  const newest = new Map<number, number>();
  for (const ms of newestFirst) {
    const period = Math.floor(ms / periodMs);
    if (!newest.has(period) && newest.size < periods) newest.set(period, ms);
  }
  return [...newest.values()];
}
