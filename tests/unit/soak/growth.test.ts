// Whether the program grew in an endurance run.
import { describe, expect, it } from 'vitest';
import { growthOf, type Sample } from '../../../bench/soak/growth';

function life(pid: number, minutes: number, perMinute: number): readonly Sample[] {
  return Array.from({ length: minutes * 12 + 1 }, (_, n) => ({
    pid,
    ageMs: n * 5_000,
    rssBytes: 2e8 + (n / 12) * perMinute * 1e6,
    handles: 50 + Math.round((n / 12) * perMinute),
    threads: 20,
  }));
}

describe('the growth of a soak', () => {
  it('is not told from lives that were too short', () => {
    expect(growthOf(life(1, 9, 5))).toBeNull();
  });

  it('is the most that any life of ten minutes or more grew by, however long the others were', () => {
    const growth = growthOf([...life(1, 9, 50), ...life(2, 16, 2), ...life(3, 40, 0)]);
    expect(growth).toMatchObject({ lives: 2, longestMs: 40 * 60_000, threads: 0, handles: 18 });
    expect(growth?.rssBytes).toBeCloseTo(18e6, -6);
  });

  it('is nothing for what was only warming up', () => {
    const samples = life(1, 30, 0).map((sample) => (sample.ageMs < 120_000 ? { ...sample, rssBytes: 1e8 } : sample));
    expect(growthOf(samples)).toMatchObject({ rssBytes: 0, handles: 0 });
  });
});
