import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/main/demo/market/random';
import {
  type Bucket,
  bucketsOf,
  emptyBucket,
  everySeconds,
  figureOf,
  mergeInto,
} from '../../../src/main/monitoring/series/bucket';
import { chooseTier } from '../../../src/main/monitoring/series/chooseTier';
import { localDay } from '../../../src/main/monitoring/series/localDay';
import { packBuckets, unpackBuckets } from '../../../src/main/monitoring/series/packedBuckets';
import { packSamples, type Sample, unpackSamples } from '../../../src/main/monitoring/series/packedSamples';
import { Sketch } from '../../../src/main/monitoring/series/sketch';

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  const random = new Random(seed);
  return () => random.u32() / 2 ** 32;
}

const FROM_S = 1_760_000_400;
const SHAPES: Readonly<Record<string, (random: () => number, index: number) => number>> = {
  steady: () => 12,
  zero: () => 0,
  flag: (random) => (random() < 0.1 ? 1 : 0),
  growing: (_, index) => 1_000_000_000 + 4_096 * index,
  latency: (random) => Math.round(Math.exp(8 * random()) * 10) / 10,
  share: (random) => Math.round(random() * 10_000) / 10_000,
  unrounded: (random) => random() * 1e9,
  tiny: (random) => random() * 1e-12,
  negative: (random) => Math.round(100 * (random() - 0.5)),
  huge: (random) => random() * 1e300,
};

function samplesOf(shape: string, seed: number, count = 360): readonly Sample[] {
  const random = seeded(seed);
  let atS = FROM_S;
  return Array.from({ length: count }, (_, index) => {
    // Mostly on time, sometimes late, sometimes away for a while.
    atS += random() < 0.9 ? 10 : 1 + Math.floor(random() * 300);
    return { atS, value: SHAPES[shape]?.(random, index) ?? 0 };
  });
}

describe('packed samples', () => {
  it.each(Object.keys(SHAPES))('come back as they were: %s', (shape) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const samples = samplesOf(shape, seed, seed * 20);
      expect(unpackSamples(packSamples(samples))).toEqual(samples);
    }
  });

  it('take a handful of bytes for an hour in which nothing changes', () => {
    const samples = Array.from({ length: 360 }, (_, index) => ({ atS: FROM_S + 10 * index, value: 3 }));
    expect(packSamples(samples).length).toBeLessThan(30);
  });

  it('refuse what was cut off', () => {
    const text = packSamples(samplesOf('latency', 1));
    expect(() => unpackSamples(text.slice(0, 40))).toThrow(/ends too early/);
  });
});

function direct(samples: readonly Sample[]): Bucket {
  return bucketsOf(samples, () => FROM_S)[0] ?? emptyBucket(FROM_S);
}

describe('buckets', () => {
  it.each(Object.keys(SHAPES))('of minutes, packed, unpacked and merged, are that of all samples: %s', (shape) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const samples = samplesOf(shape, seed);
      const merged = emptyBucket(FROM_S);
      for (const bucket of unpackBuckets(packBuckets(bucketsOf(samples, everySeconds(60))))) mergeInto(merged, bucket);
      const whole = direct(samples);
      expect(merged).toMatchObject({ n: whole.n, slots: whole.slots, min: whole.min, max: whole.max });
      expect(Math.abs(merged.sum - whole.sum)).toBeLessThanOrEqual(1e-9 * Math.abs(whole.sum) + 0.001);
      expect(merged.sketch.zeros).toBe(whole.sketch.zeros);
      expect(merged.sketch.inOrder()).toEqual(whole.sketch.inOrder());
    }
  });

  it('tell how much of the time there were samples', () => {
    const half = Array.from({ length: 180 }, (_, index) => ({ atS: FROM_S + 10 * index, value: 1 }));
    expect(figureOf(direct(half), 3_600).coverage).toBe(0.5);
    const twice = half.flatMap(({ atS }) => [
      { atS, value: 1 },
      { atS: atS + 5, value: 1 },
    ]);
    expect(figureOf(direct(twice), 3_600).coverage).toBe(0.5);
  });

  it('tell which share of the samples was nothing', () => {
    const values = [0, 0, 0, 7, 0].map((value, index) => ({ atS: FROM_S + 10 * index, value }));
    expect(figureOf(direct(values), 50)).toMatchObject({ zeroShare: 0.8, p50: 0, max: 7, mean: 1.4 });
  });
});

describe('quantiles of a sketch', () => {
  it('are at most 2 % off, for whatever was measured', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const random = seeded(seed);
      const values = Array.from({ length: 1 + Math.floor(random() * 2_000) }, () => Math.exp(20 * random() - 6));
      const sketch = new Sketch();
      for (const value of values) sketch.add(value);
      const sorted = values.toSorted((a, b) => a - b);
      for (const fraction of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
        const exact = sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
        expect(Math.abs(sketch.quantile(fraction) / exact - 1)).toBeLessThanOrEqual(0.02 + 1e-9);
      }
    }
  });

  it('are 0 where nothing was measured', () => {
    expect(new Sketch().quantile(0.5)).toBe(0);
  });
});

describe('a local day', () => {
  it.each([
    ['2026-06-15T12:00:00Z', 'Europe/Berlin', 24, '2026-06-14T22:00:00.000Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', 23, '2026-03-28T23:00:00.000Z'],
    ['2026-10-25T12:00:00Z', 'Europe/Berlin', 25, '2026-10-24T22:00:00.000Z'],
    ['2026-03-08T12:00:00Z', 'America/New_York', 23, '2026-03-08T05:00:00.000Z'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', 24, '2025-12-31T18:15:00.000Z'],
    ['2026-01-01T23:59:59Z', 'UTC', 24, '2026-01-01T00:00:00.000Z'],
  ])('that holds %s in %s has %i hours', (at, zone, hours, begin) => {
    const atS = Date.parse(at) / 1_000;
    const { from, to } = localDay(atS, zone);
    expect((to - from) / 3_600).toBe(hours);
    expect(new Date(from * 1_000).toISOString()).toBe(begin);
    expect(from <= atS && atS < to).toBe(true);
  });

  it('ends where the next one begins', () => {
    let atS = Date.parse('2026-01-01T12:00:00Z') / 1_000;
    for (let count = 0; count < 400; count += 1) {
      const { to } = localDay(atS, 'Europe/Berlin');
      expect(localDay(to, 'Europe/Berlin').from).toBe(to);
      atS = to;
    }
  });
});

describe('the tier that answers', () => {
  const NOW_S = FROM_S;
  const HOUR = 3_600;
  it.each([
    ['an hour in full detail', 0.5 * HOUR, 180, 'raw', 10],
    ['an hour', HOUR, 60, 'minute', 60],
    ['a day for a chart', 24 * HOUR, 140, 'ten_minutes', 1_200],
    ['thirty days for a chart', 30 * 24 * HOUR, 1_000, 'ten_minutes', 3_000],
    ['thirty days as days', 30 * 24 * HOUR, 30, 'day', 86_400],
    ['two years for a chart', 729 * 24 * HOUR, 1_000, 'hour', 64_800],
    ['ten years', 3_650 * 24 * HOUR, 5_000, 'day', 86_400],
  ])('for %s', (_, spanS, points, tier, stepS) => {
    const grid = chooseTier(NOW_S - spanS, NOW_S, points, NOW_S);
    expect([grid.tier.id, grid.stepS]).toEqual([tier, stepS]);
  });

  it('has not forgotten the time that is asked about', () => {
    expect(chooseTier(NOW_S - 100 * 86_400, NOW_S - 99 * 86_400, 1_000, NOW_S).tier.id).toBe('hour');
  });
});
