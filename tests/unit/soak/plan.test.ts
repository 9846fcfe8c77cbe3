// Which faults an endurance run makes: all kinds, each long enough and far enough from the next to be told.
import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, type PlannedFault, plannedFaults } from '../../../bench/soak/plan';

function first(count: number, seed: number): readonly PlannedFault[] {
  const faults = plannedFaults(seed, []);
  return Array.from({ length: count }, () => faults.next().value);
}

describe('the faults of an endurance run', () => {
  it.each([1, 2, 20_261_128])(
    'are of each kind once before any comes again, the same for the same seed (%i)',
    (seed) => {
      const round = first(FAULT_KINDS.length, seed).map(({ id }) => id);
      expect(new Set(round).size).toBe(FAULT_KINDS.length);
      expect(first(FAULT_KINDS.length, seed).map(({ id }) => id)).toEqual(round);
    },
  );

  it('begin when the recovery of the one before has been noticed, and some API faults are met with a lock within them', () => {
    const faults = first(64, 3);
    for (const { id, pauseMs, lastsMs, lock } of faults) {
      expect(pauseMs).toBeGreaterThanOrEqual(45_000);
      if (lock) expect(lock.afterMs + lock.lastsMs).toBeLessThan(lastsMs);
      if (lock) expect(id).toMatch(/^api-/);
    }
    const met = faults.filter(({ lock }) => lock !== null);
    expect(met).toHaveLength(faults.filter(({ id }) => id.startsWith('api-')).length / 2);
    expect(new Set(met.map(({ id }) => id)).size).toBe(4);
  });
});
