import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram, RollingHistogram } from '../../../../src/shared/util/histogram';

const latency = fc.double({ min: 0.001, max: 3_600_000, noNaN: true });

describe('Histogram', () => {
  it('answers any quantile within a tenth of the exact one', () => {
    fc.assert(
      fc.property(
        fc.array(latency, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, q) => {
          const histogram = new Histogram();
          for (const value of values) histogram.record(value);
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? 0;
          expect(histogram.quantileMs(q)).toBeGreaterThanOrEqual(exact * 0.999999);
          expect(histogram.quantileMs(q)).toBeLessThanOrEqual(exact * 1.1);
        },
      ),
    );
  });

  it('is the same merged as recorded in one', () => {
    fc.assert(
      fc.property(fc.array(latency), fc.array(latency), (first, second) => {
        const [a, b, both] = [new Histogram(), new Histogram(), new Histogram()];
        for (const value of first) a.record(value);
        for (const value of second) b.record(value);
        for (const value of [...first, ...second]) both.record(value);
        a.merge(b);
        expect(a.summary()).toEqual(both.summary());
      }),
    );
  });

  it('is all zero when nothing was recorded', () => {
    expect(new Histogram().summary()).toEqual({ count: 0, p50Ms: 0, p95Ms: 0, maxMs: 0 });
  });

  it('takes zero and negative durations as the shortest there is', () => {
    const histogram = new Histogram();
    histogram.record(0);
    histogram.record(-0.5);
    expect(histogram.summary()).toMatchObject({ count: 2, p50Ms: 0, maxMs: 0 });
  });
});

describe('RollingHistogram', () => {
  it('forgets what is older than its window', () => {
    const rolling = new RollingHistogram(60_000);
    rolling.record(5_000, 1_000);
    rolling.record(1, 40_000);
    expect(rolling.summary(41_000)).toMatchObject({ count: 2, maxMs: 5_000 });
    expect(rolling.summary(70_000)).toMatchObject({ count: 1, maxMs: 1 });
    expect(rolling.summary(140_000).count).toBe(0);
  });
});
