import { describe, expect, it } from 'vitest';
import { afterRun, coolsDown, fromStreak, HEALTHY, retryDelay, toStreak } from '../../../src/main/scheduling/recovery';

const POLICY = { failureThreshold: 5, cooldownMs: 60_000 };

const failing = (failures: number) => ({ failures, successes: 0 });

describe('recovery', () => {
  it('counts failures in a row and forgets them at the first success', () => {
    const twice = afterRun(afterRun(HEALTHY, 'failed'), 'failed');
    expect(twice).toEqual({ failures: 2, successes: 0 });
    expect(afterRun(twice, 'ok')).toEqual({ failures: 0, successes: 1 });
  });

  it('does not hold throttling or a cancelled run against a collector', () => {
    expect(afterRun(failing(2), 'throttled')).toEqual(failing(2));
    expect(afterRun(failing(2), 'cancelled')).toEqual(failing(2));
  });

  it('cools down from the threshold on, and not before', () => {
    expect(coolsDown(failing(4), POLICY)).toBe(false);
    expect(coolsDown(failing(5), POLICY)).toBe(true);
    expect(coolsDown(failing(1), { ...POLICY, failureThreshold: 1 })).toBe(true);
  });

  it('tries again after growing waits, up to the cool-down', () => {
    const waits = [1, 2, 3, 4, 5].map((failures) => retryDelay(failing(failures), POLICY, 0.5));
    expect(waits).toEqual([15_000, 30_000, 60_000, 60_000, 60_000]);
  });

  it('spreads collectors that failed together', () => {
    expect(retryDelay(failing(1), POLICY, 0)).toBe(11_250);
    expect(retryDelay(failing(1), POLICY, 0.999)).toBeCloseTo(18_742.5, 0);
  });

  it('is kept as one number without loss', () => {
    for (const state of [HEALTHY, failing(7), { failures: 0, successes: 118 }])
      expect(fromStreak(toStreak(state))).toEqual(state);
  });
});
