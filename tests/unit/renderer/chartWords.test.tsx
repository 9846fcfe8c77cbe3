import { describe, expect, it } from 'vitest';
import { summariseCandles } from '../../../src/renderer/src/pages/market/candleSummary';
import { summariseStorage, toLatencySeries } from '../../../src/renderer/src/pages/database/storageSeries';
import { fakeCandles, fakeStorageSamples } from './support/fakeMarket';

const NOW_MS = Date.UTC(2026, 10, 23, 12);

describe('charts in words', () => {
  it('names the span, the change, the extremes and the bars that are missing', () => {
    const candles = fakeCandles('pool', 60, NOW_MS);
    const summary = summariseCandles(candles, 5 * 60_000);
    expect(summary).toContain(`${candles.length} bars of 5 min since`);
    expect(summary).toMatch(/[+−][\d.]+ %, low 0\.0₄\d+, high 0\.0₄\d+/);
    expect(summary).toContain('1 bar without trades');
  });

  it('does not call a gapless series incomplete', () => {
    expect(summariseCandles(fakeCandles('pool', 30, NOW_MS), 5 * 60_000)).not.toContain('without trades');
  });

  it('has words for a series without bars', () => {
    expect(summariseCandles([], 60_000)).toBe('No candles.');
    expect(summariseStorage([], 'last hour')).toBe('No samples in the last hour.');
  });

  it('breaks the line where samples are missing instead of drawing across the hole', () => {
    const samples = fakeStorageSamples(NOW_MS - 900_000, NOW_MS);
    const [commit] = toLatencySeries(samples);
    expect(commit?.points.filter(({ y }) => Number.isNaN(y))).toHaveLength(1);
    expect(commit?.points.filter(({ y }) => !Number.isNaN(y))).toHaveLength(samples.length);
  });

  it('names the newest and the worst latency', () => {
    const summary = summariseStorage(fakeStorageSamples(NOW_MS - 900_000, NOW_MS), 'last 15 minutes');
    expect(summary).toMatch(
      /Commit p95 now [\d.]+ ms; in the last 15 minutes at most \d+ ms, longest lock wait 140 ms/,
    );
  });
});
