import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercentChange,
  formatPrice,
  formatQuantity,
  formatShare,
  formatShortAge,
  formatUntil,
  formatUsd,
  formatUtc,
  NO_VALUE,
} from '../../../../src/shared/util/format';

describe('formatPrice', () => {
  it.each([
    ['187.4210983', '187.42'],
    ['1234.5678', '1,234.56'],
    ['2.31', '2.31'],
    ['2.5', '2.50'],
    ['2', '2'],
    ['1234567.891', '1,234,567'],
    ['0.0613', '0.0613'],
    ['0.00001613691542742065', '0.0₄16136'],
    ['0.000000000000000000000042', '0.0₂₂42'],
    ['0', '0'],
    ['0.000', '0'],
    ['-0.5', '−0.5'],
  ])('shows %s as %s', (price, shown) => {
    expect(formatPrice(price)).toBe(shown);
  });

  it('shows a missing price as a dash and text that is no decimal as it is', () => {
    expect(formatPrice(null)).toBe(NO_VALUE);
    expect(formatPrice('1e-7')).toBe('1e-7');
  });

  it('never turns a price into zero, however small', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 999_999 }), (zeros, digits) => {
        const shown = formatPrice(`0.${'0'.repeat(zeros)}${digits}`);
        expect(shown).toMatch(/[1-9]/);
      }),
    );
  });

  it('keeps the leading digits exactly, without rounding up', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (whole) => {
        expect(formatPrice(`${whole}.999999`).replaceAll(',', '').split('.')[0]).toBe(String(whole));
      }),
    );
  });
});

describe('times', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [26 * 3_600_000, '1 d 2 h'],
  ])('shows an age of %d ms as %s', (ms, shown) => {
    expect(formatAge(ms)).toBe(shown);
  });

  it.each([
    [59_000, '59 s'],
    [119_000, '1 min'],
    [47 * 3_600_000, '47 h'],
    [90 * 86_400_000, '90 d'],
    [800 * 86_400_000, '2 y'],
  ])('shortens an age of %d ms to %s', (ms, shown) => {
    expect(formatShortAge(ms)).toBe(shown);
  });

  it.each([
    [0, '0 ms'],
    [0.352, '0.35 ms'],
    [5.44, '5.4 ms'],
    [48.6, '49 ms'],
    [1_840, '1.8 s'],
    [125_000, '2 min 5 s'],
  ])('shows a duration of %d ms as %s', (ms, shown) => {
    expect(formatDuration(ms)).toBe(shown);
  });

  it('shows no time as a dash instead of a date in 1970 or an exception', () => {
    expect(formatUtc(Number.NaN)).toBe(NO_VALUE);
    expect(formatUtc(8.7e15)).toBe(NO_VALUE);
    expect(formatUtc(0)).toBe('1970-01-01 00:00:00 UTC');
  });
});

describe('amounts', () => {
  it.each([
    ['48200000', '$48.2M'],
    ['1240', '$1.24K'],
    ['982.4', '$982.4'],
    ['0', '$0'],
    ['0.004', '<$0.01'],
    ['-12', '−$12'],
    ['NaN', NO_VALUE],
    [null, NO_VALUE],
  ])('shows %s dollars as %s', (amount, shown) => {
    expect(formatUsd(amount)).toBe(shown);
  });

  it.each([
    ['1.239', '+1.24 %'],
    ['-0.3', '−0.30 %'],
    ['0.001', '0.00 %'],
    ['-0.001', '0.00 %'],
    ['12345.6', '+12,346 %'],
    [null, NO_VALUE],
  ])('shows a change of %s as %s', (percent, shown) => {
    expect(formatPercentChange(percent)).toBe(shown);
  });

  it('writes 100 % only when nothing is missing', () => {
    expect(formatShare(1)).toBe('100 %');
    expect(formatShare(0.99999)).toBe('99.9 %');
    expect(formatShare(0)).toBe('0.0 %');
  });

  it('counts, with the right plural and the right unit', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatQuantity(1, 'row')).toBe('1 row');
    expect(formatQuantity(0, 'batch', 'batches')).toBe('0 batches');
    expect(formatBytes(512)).toBe('512 B');
    expect(formatBytes(1_536)).toBe('1.5 KB');
    expect(formatBytes(5 * 1_024 ** 3)).toBe('5.0 GB');
  });
});

describe('formatUntil', () => {
  const nowMs = new Date(2026, 10, 28, 22, 0).getTime();
  it('tells the time of day of what comes within a day, and the date, too, of what comes later', () => {
    expect(formatUntil(new Date(2026, 10, 29, 6, 0).getTime(), nowMs)).toBe('06:00:00');
    expect(formatUntil(new Date(2026, 10, 30, 6, 0).getTime(), nowMs)).toBe('Nov 30, 06:00:00');
  });
});
