import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepWithin } from '../../../src/main/storage/worker/timeBudget';

/** A stopwatch that only the steps move. */
function stopwatch() {
  let atMs = 1_000;
  return { now: () => atMs, spend: (milliseconds: number) => (atMs += milliseconds) };
}

describe('stepWithin', () => {
  it('takes no longer than its budget and one step, whatever the steps cost, and always gets on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 30, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (costs, budgetMs) => {
          const { now, spend } = stopwatch();
          let steps = 0;
          let endedAtMs = now();
          do {
            const [beganAtMs, before] = [now(), steps];
            stepWithin(
              budgetMs,
              () => {
                spend(costs[steps] ?? 0);
                steps += 1;
                return steps < costs.length;
              },
              now,
            );
            endedAtMs = now();
            expect(steps).toBeGreaterThan(before);
            expect(endedAtMs - beganAtMs).toBeLessThanOrEqual(budgetMs + (costs[steps - 1] ?? 0) + 1e-6);
          } while (steps < costs.length);
        },
      ),
    );
  });

  it('says whether anything is left', () => {
    const { now, spend } = stopwatch();
    expect(stepWithin(6, () => spend(4) > 0, now)).toBe(true);
    expect(stepWithin(6, () => spend(4) < 0, now)).toBe(false);
  });
});
