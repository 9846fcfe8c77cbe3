// Work in small steps on a stopwatch, so that whoever waits behind it waits for a known time. Knows nothing of what a step does.
import { nowMs } from '../common/stopwatch';

/**
 * Takes one step after the other until there is nothing left or the time is used up; at least one. It cannot end a step early:
 * the whole takes no longer than `budgetMs` and one step.
 * @param step answers false when nothing is left to do
 * @param now milliseconds, monotonic
 * @returns true when more is left to do
 */
export function stepWithin(budgetMs: number, step: () => boolean, now: () => number = nowMs): boolean {
  const endsAtMs = now() + budgetMs;
  do {
    if (!step()) return false;
  } while (now() < endsAtMs);
  return true;
}
