import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { planDue, planRestart, stretch } from '../../../src/main/scheduling/slotPlan';

describe('planDue', () => {
  it('keeps the grid when a run is on time', () => {
    expect(planDue(1_000, 60_000, 1_020)).toEqual({ slotMs: 1_000, missed: null, nextDueMs: 61_000 });
  });

  it('runs for the newest point and tells those before it as one missed stretch', () => {
    expect(planDue(0, 10_000, 35_000)).toEqual({
      slotMs: 30_000,
      missed: { fromMs: 0, untilMs: 20_000, slots: 3 },
      nextDueMs: 40_000,
    });
  });

  it('accounts for every point of the grid once and always plans ahead, whatever the delay', () => {
    fc.assert(
      fc.property(fc.nat(1e7), fc.integer({ min: 1, max: 1e6 }), fc.nat(1e8), (dueMs, intervalMs, delayMs) => {
        const { slotMs, missed, nextDueMs } = planDue(dueMs, intervalMs, dueMs + delayMs);
        expect(slotMs).toBe(dueMs + (missed?.slots ?? 0) * intervalMs);
        expect(nextDueMs).toBe(slotMs + intervalMs);
        expect(slotMs).toBeLessThanOrEqual(dueMs + delayMs);
        expect(nextDueMs).toBeGreaterThan(dueMs + delayMs);
      }),
    );
  });
});

describe('stretch', () => {
  it('counts both ends, and knows when there is nothing to count', () => {
    expect(stretch(10, 5, 20)).toEqual({ fromMs: 10, untilMs: 20, slots: 3 });
    expect(stretch(10, 5, 9)).toBeNull();
  });
});

describe('planRestart', () => {
  it('runs at once when there is no earlier slot', () => {
    expect(planRestart(null, 60_000, 5, 'one')).toEqual({ missed: null, delayMs: 0 });
  });

  it('goes on where the last session left off', () => {
    expect(planRestart(100_000, 60_000, 130_000, 'one')).toEqual({ missed: null, delayMs: 30_000 });
  });

  it('tells what passed while the program was off, and catches up by one run', () => {
    const missed = { fromMs: 160_000, untilMs: 880_000, slots: 13 };
    expect(planRestart(100_000, 60_000, 900_000, 'one')).toEqual({ missed, delayMs: 0 });
    expect(planRestart(100_000, 60_000, 900_000, 'none')).toEqual({ missed, delayMs: 40_000 });
  });

  it('waits at most one interval when the clock was set back', () => {
    expect(planRestart(9_000_000, 60_000, 0, 'one')).toEqual({ missed: null, delayMs: 60_000 });
  });
});
