import { describe, expect, it } from 'vitest';
import { probeDelayMs, retryDelayMs } from '../../../src/main/storage/worker/lockWait';

describe('retryDelayMs', () => {
  it('doubles from 1 ms to a cap of 25 ms', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((attempt) => retryDelayMs(attempt, 0, 0.5))).toEqual([
      1, 2, 4, 8, 16, 25, 25, 25,
    ]);
  });

  it('spreads each delay by half in both directions', () => {
    expect([retryDelayMs(6, 0, 0), retryDelayMs(6, 0, 1)]).toEqual([12.5, 37.5]);
  });

  it('asks every 25 to 30 ms after the first second', () => {
    expect([retryDelayMs(60, 1_000, 0), retryDelayMs(60, 30_000, 1)]).toEqual([25, 30]);
  });
});

describe('probeDelayMs', () => {
  it('looks out for a lock more often while rows come, and four times a second for ever', () => {
    expect([0, 1_999, 2_000, Infinity].map(probeDelayMs)).toEqual([100, 100, 250, 250]);
  });
});
