import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { firstDelay, planDue } from '../../../src/main/scheduling/slotPlan';

describe('planDue', () => {
  it('keeps the grid when a run is on time', () => {
    expect(planDue(1_000, 60_000, 1_020)).toEqual({ slotAgoMs: 20, missedAgoMs: [], nextDueMs: 61_000 });
  });

  it('catches an overslept grid up by one run and names the slots in between as missed', () => {
    expect(planDue(0, 10_000, 35_000)).toEqual({
      slotAgoMs: 5_000,
      missedAgoMs: [35_000, 25_000, 15_000],
      nextDueMs: 40_000,
    });
  });

  it('never leaves the grid and always plans ahead, whatever the delay', () => {
    fc.assert(
      fc.property(fc.nat(1e7), fc.integer({ min: 1, max: 1e6 }), fc.nat(1e8), (dueMs, intervalMs, lateMs) => {
        const plan = planDue(dueMs, intervalMs, dueMs + lateMs);
        expect((plan.nextDueMs - dueMs) % intervalMs).toBe(0);
        expect(plan.nextDueMs).toBeGreaterThan(dueMs + lateMs);
        expect(plan.nextDueMs - (dueMs + lateMs)).toBeLessThanOrEqual(intervalMs);
        expect(plan.missedAgoMs.length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('firstDelay', () => {
  it('runs at once when there is no earlier slot', () => {
    expect(firstDelay(null, 60_000, 5)).toBe(0);
  });

  it('goes on where the last session left off', () => {
    expect(firstDelay(100_000, 60_000, 130_000)).toBe(30_000);
  });

  it('runs at once when the slot passed while the program was off', () => {
    expect(firstDelay(100_000, 60_000, 900_000)).toBe(0);
  });

  it('waits at most one interval when the clock was set back', () => {
    expect(firstDelay(9_000_000, 60_000, 0)).toBe(60_000);
  });
});
