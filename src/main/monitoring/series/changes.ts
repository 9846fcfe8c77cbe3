// When the level of a series changed for good: a step, told apart from peaks, from daily ups and downs and from slow growth.
import type { StepChange } from '../../../shared/domain/series';
import { median, scaledMad } from './robust';
import type { Point } from './usual';

/** Points on either side of a step: a day of hours, so that the hours of a day weigh the same on both. */
const SIDE = 24;
/** The step must stand out from what is between neighbours, and matter by itself. */
const SPREADS = 4;
const LEAST_SHARE = 0.25;

/**
 * @param points hourly values, oldest first
 * @returns oldest first; no two within a day
 */
export function stepChanges(points: readonly Point[]): readonly StepChange[] {
  const values = points.map(({ value }) => value);
  const candidates = points.flatMap(({ atMs }, index) => {
    const before = values.slice(index - SIDE, index);
    const after = values.slice(index, index + SIDE);
    if (index < SIDE || after.length < SIDE) return [];
    const [from, to] = [median(before), median(after)];
    const step = Math.abs(to - from);
    const spread = Math.max(scaledMad(before), scaledMad(after));
    const matters = step > SPREADS * spread && step > LEAST_SHARE * Math.max(Math.abs(from), Math.abs(to));
    return matters ? [{ index, atMs, before: from, after: to, fit: misfit(before, from) + misfit(after, to) }] : [];
  });
  const changes: (StepChange & { readonly index: number })[] = [];
  // Around a step every point looks like one: the point at which both sides fit their level best is it.
  for (const candidate of candidates.toSorted((a, b) => a.fit - b.fit)) {
    if (changes.every(({ index }) => Math.abs(index - candidate.index) >= SIDE)) changes.push(candidate);
  }
  return changes.toSorted((a, b) => a.index - b.index).map(({ atMs, before, after }) => ({ atMs, before, after }));
}

function misfit(values: readonly number[], level: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - level), 0);
}
