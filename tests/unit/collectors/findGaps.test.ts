import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findGaps } from '../../../src/main/collectors/backfill/findGaps';
import { type Range, unite, without } from '../../../src/shared/util/ranges';

const range = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 }))
  .map(([from, length]): Range => ({ from, to: from + length }));
const ranges = fc.array(range, { maxLength: 8 });
const members = (set: readonly Range[]): number[] =>
  [...new Set(set.flatMap(({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)))].sort(
    (a, b) => a - b,
  );

describe('sets of ranges', () => {
  it('hold the same numbers as a set would, sorted, apart and never empty', () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const united = unite(some);
        expect(members(united)).toEqual(members(some));
        united.forEach(({ from, to }, index) => {
          expect(from).toBeLessThan(to);
          expect(united[index - 1]?.to ?? -1).toBeLessThan(from);
        });
      }),
    );
  });

  it('lose exactly what is taken from them', () => {
    fc.assert(
      fc.property(range, ranges, (whole, taken) => {
        const gone = new Set(members(taken));
        expect(members(without(whole, taken))).toEqual(members([whole]).filter((n) => !gone.has(n)));
      }),
    );
  });
});

describe('finding gaps', () => {
  it('agrees with looking at every bar one by one', () => {
    const barS = fc.constantFrom(1, 5, 15, 60);
    const startBars = fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 40 });
    fc.assert(
      fc.property(barS, range, ranges, startBars, (length, window, coverage, bars) => {
        const startsS = [...new Set(bars)].sort((a, b) => a - b).map((bar) => bar * length);
        const found = findGaps({ barS: length, window, coverage, startsS });
        const expected: number[] = [];
        for (let at = 0; at < window.to; at += length) if (at >= window.from) expected.push(at);
        const covered = new Set(members(coverage));
        const isCovered = (start: number): boolean =>
          Array.from({ length }, (_, offset) => start + offset).every((second) => covered.has(second));
        // Coverage comes united from the database; two ranges that only touch within a bar are one there.
        const touching = unite(coverage);
        fc.pre(touching.length === coverage.filter(({ from, to }) => from < to).length);
        const missing = expected.filter((start) => !startsS.includes(start) && !isCovered(start));
        expect(found.expected).toBe(expected.length);
        expect(found.missing).toBe(missing.length);
        expect(found.ranges.flatMap(({ from, to }) => expected.filter((at) => at >= from && at < to))).toEqual(missing);
      }),
    );
  });

  it('calls nothing a gap where the source was asked and had nothing, and everything where it was not', () => {
    const window = { from: 600, to: 1_200 };
    const asked = findGaps({ barS: 60, window, coverage: [{ from: 0, to: 1_200 }], startsS: [] });
    expect(asked).toEqual({ expected: 10, missing: 0, ranges: [] });
    const never = findGaps({ barS: 60, window, coverage: [], startsS: [660, 720] });
    expect(never).toEqual({
      expected: 10,
      missing: 8,
      ranges: [
        { from: 600, to: 660 },
        { from: 780, to: 1_200 },
      ],
    });
  });

  it('does not take a bar for seen of which only a part was covered', () => {
    const found = findGaps({ barS: 60, window: { from: 0, to: 180 }, coverage: [{ from: 30, to: 150 }], startsS: [] });
    expect(found.ranges).toEqual([
      { from: 0, to: 60 },
      { from: 120, to: 180 },
    ]);
  });

  it('expects nothing in a window that ends before it begins', () => {
    expect(findGaps({ barS: 60, window: { from: 600, to: 60 }, coverage: [], startsS: [] }).expected).toBe(0);
  });
});
