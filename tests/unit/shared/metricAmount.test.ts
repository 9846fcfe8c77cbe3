import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRICS, type MetricName } from '../../../src/shared/domain/metrics';
import { formatMetric, readAmount, writeAmount } from '../../../src/shared/util/metricAmount';

const units = [...new Set(Object.values(METRICS).map(({ unit }) => unit))];
const LARGEST = 1e12;

describe('amounts of metrics', () => {
  it('are read back exactly as they were written', () => {
    const value = fc.oneof(
      fc.integer({ min: -LARGEST, max: LARGEST }),
      fc.integer({ min: 0, max: LARGEST }).map((n) => n / 100),
    );
    fc.assert(
      fc.property(value, fc.constantFrom(...units.filter((unit) => unit !== 'share')), (amount, unit) => {
        expect(readAmount(writeAmount(amount, unit), unit)).toBe(amount);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const share = hundredths / 10_000;
        expect(readAmount(writeAmount(share, 'share'), 'share')).toBe(share);
      }),
    );
  });

  it.each([
    [93_600_000, 'ms', '26 h'],
    [500, 'ms', '500 ms'],
    [1_500, 'ms', '1.5 s'],
    [0, 'ms', '0 ms'],
    [67_108_864, 'bytes', '64 MB'],
    [0.07, 'share', '7 %'],
    [3, 'count', '3'],
    [0.25, 'ratio', '0.25 ×'],
    [7, 'days', '7 d'],
  ] as const)('writes %d %s as %s', (value, unit, written) => expect(writeAmount(value, unit)).toBe(written));

  it.each([
    ['2 min 5 s', 'ms', 125_000],
    ['26H', 'ms', 93_600_000],
    ['250', 'ms', 250],
    ['0.1', 'share', 0.1],
    ['10%', 'share', 0.1],
    ['5 apples', 'count', null],
    ['5 MB', 'ms', null],
    ['', 'ms', null],
    ['soon', 'ms', null],
    ['1e999', 'count', null],
  ] as const)('reads %j in %s as %j', (text, unit, value) => expect(readAmount(text, unit)).toBe(value));

  it('shows every metric as a figure with its unit, and what is not known as no figure', () => {
    const shown = (name: MetricName, value: number | null): string => formatMetric(value, METRICS[name].unit);
    expect(shown('collector.rowsVersusUsual', 0.031_415)).toBe('0.0314 ×');
    expect(shown('database.diskDaysLeft', 6.543)).toBe('6.54 d');
    expect(shown('host.breakerOpen', 1)).toBe('yes');
    expect(shown('host.latencyP95', null)).toBe('–');
  });
});
