import { describe, expect, it } from 'vitest';
import {
  afterRun,
  COOLDOWN_MS,
  cooldownAfter,
  FAILURE_THRESHOLD,
  HEALTHY,
  retryAfter,
} from '../../../src/main/scheduling/recovery';

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

  it('cools down from the fifth failure on, and not before', () => {
    expect(cooldownAfter(failing(FAILURE_THRESHOLD - 1), 'failed')).toBeNull();
    expect(cooldownAfter(failing(FAILURE_THRESHOLD), 'failed')).toBe(COOLDOWN_MS);
    expect(cooldownAfter(failing(FAILURE_THRESHOLD), 'throttled')).toBeNull();
  });

  it('retries a slow collector sooner than its interval, with growing waits up to the cool-down', () => {
    const hour = 3_600_000;
    const waits = [1, 2, 3, 4, 5].map((failures) => retryAfter(failing(failures), hour, 0.5));
    expect(waits).toEqual([15_000, 30_000, 60_000, 60_000, 60_000]);
  });

  it('leaves a fast collector on its grid', () => {
    expect(retryAfter(failing(1), 10_000, 0.5)).toBeNull();
  });

  it('spreads collectors that failed together', () => {
    expect(retryAfter(failing(1), 3_600_000, 0)).toBe(11_250);
    expect(retryAfter(failing(1), 3_600_000, 0.999)).toBeCloseTo(18_742.5, 0);
  });
});
