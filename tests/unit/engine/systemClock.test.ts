import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/main/engine/systemClock';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

/** When each timer of a chain came that sets the next one as it comes, milliseconds of the monotonic clock. */
function chain(everyMs: number): readonly number[] {
  const cameMs: number[] = [];
  const next = (): void => {
    systemClock.after(everyMs, () => {
      cameMs.push(performance.now());
      next();
    });
  };
  next();
  return cameMs;
}

describe('timers of the system clock', () => {
  it('of a second come together, whenever each chain of them began, and once a second', () => {
    const chains = [0, 130, 70, 333].map((laterMs) => {
      vi.advanceTimersByTime(laterMs);
      return chain(1_000);
    });
    vi.advanceTimersByTime(10_000);
    const apart = chains.map((came) => (came[5] ?? 0) % 250);
    expect(apart).toEqual([0, 0, 0, 0]);
    for (const came of chains) expect((came[8] ?? 0) - (came[2] ?? 0)).toBe(6_000);
  });

  it('are never early by more than nobody sees, nor late by more than a mark', () => {
    vi.advanceTimersByTime(19);
    const late = [1_000, 1_234, 5_001, 60_000].map((delayMs) => {
      const setMs = performance.now();
      let cameMs = 0;
      systemClock.after(delayMs, () => (cameMs = performance.now()));
      vi.advanceTimersByTime(delayMs + 300);
      return cameMs - setMs - delayMs;
    });
    expect(Math.min(...late)).toBeGreaterThanOrEqual(-20);
    expect(Math.max(...late)).toBeLessThan(250);
  });

  it('that are shorter come when they are due', () => {
    vi.advanceTimersByTime(77);
    const came = chain(100);
    vi.advanceTimersByTime(300);
    expect(came).toEqual([177, 277, 377]);
  });

  it('that were cancelled never come', () => {
    let came = false;
    systemClock.after(1_000, () => (came = true)).cancel();
    vi.advanceTimersByTime(5_000);
    expect(came).toBe(false);
  });
});
