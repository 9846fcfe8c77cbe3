import { describe, expect, it } from 'vitest';
import { stepChanges } from '../../../src/main/monitoring/series/changes';
import { forecast } from '../../../src/main/monitoring/series/forecast';
import { type Point, usualBand } from '../../../src/main/monitoring/series/usual';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 4, 4);

function hours(count: number, valueAt: (hour: number) => number, coverage = 1): readonly Point[] {
  return Array.from({ length: count }, (_, hour) => ({ atMs: START + hour * HOUR_MS, value: valueAt(hour), coverage }));
}

/** Always the same, of mean 0, between -1 and 1. */
const noise = (hour: number): number => Math.sin(hour * hour * 12.9898);

describe('what is usual', () => {
  const weekly = (hour: number): number => (hour % 168 < 10 ? 100 : 20) + noise(hour);

  it('is told for the hour of the week, from three weeks on', () => {
    const at = (hour: number): number => START + hour * HOUR_MS + 600_000;
    expect(usualBand(hours(336, weekly), at(336 + 5))).toBeNull();
    const busy = usualBand(hours(504, weekly), at(504 + 5));
    expect(busy).toMatchObject({ weeks: 3 });
    expect(busy?.low).toBeGreaterThan(80);
    const calm = usualBand(hours(504, weekly), at(504 + 100));
    expect(calm?.median).toBeCloseTo(20, 0);
    expect(calm?.high).toBeLessThan(30);
  });

  it('is not moved by one bad week, nor by hours that were hardly measured', () => {
    const bad = hours(672, (hour) => (hour < 168 ? 9_999 : weekly(hour)));
    expect(usualBand(bad, START + (672 + 100) * HOUR_MS)?.high).toBeLessThan(30);
    expect(usualBand(hours(672, weekly, 0.4), START + 700 * HOUR_MS)).toBeNull();
  });

  it('leaves some room around a series that never moved', () => {
    const band = usualBand(
      hours(600, () => 40),
      START + 600 * HOUR_MS,
    );
    expect([band?.low, band?.median, band?.high]).toEqual([38, 40, 42]);
  });
});

describe('a change of level', () => {
  it('is found where it happened, once for each', () => {
    const stepped = hours(400, (hour) => (hour < 150 ? 100 : hour < 290 ? 180 : 90) + 5 * noise(hour));
    expect(stepChanges(stepped).map(({ atMs }) => (atMs - START) / HOUR_MS)).toEqual([150, 290]);
    const [first] = stepChanges(stepped);
    expect(first?.before).toBeGreaterThan(90);
    expect(first?.after).toBeGreaterThan(170);
  });

  it.each([
    ['steady', () => 7],
    ['noisy', (hour: number) => 100 + 40 * noise(hour)],
    ['a peak of five hours', (hour: number) => (hour >= 200 && hour < 205 ? 900 : 100) + noise(hour)],
    ['up and down every day', (hour: number) => 100 + 60 * Math.sin((hour * Math.PI) / 12)],
    ['growing slowly', (hour: number) => 1_000 + hour],
  ])('is not seen in a series that is %s', (_, valueAt) => {
    expect(stepChanges(hours(500, valueAt))).toEqual([]);
  });

  it('needs a day on either side', () => {
    expect(stepChanges(hours(40, (hour) => (hour < 20 ? 1 : 100)))).toEqual([]);
  });
});

describe('a forecast', () => {
  it('says when a limit is reached, and that the earliest day is no later', () => {
    const shrinking = hours(24 * 14, (hour) => 1_000 - 2 * hour + 10 * noise(hour));
    const told = forecast(shrinking, 0);
    const left = shrinking.at(-1)?.value ?? 0;
    expect(told?.perDay).toBeCloseTo(-48, 0);
    expect(told?.days).toBeCloseTo(left / 48, 1);
    expect(told?.daysAtEarliest).toBeLessThanOrEqual(told?.days ?? 0);
    expect(told?.daysAtEarliest).toBeGreaterThan((left / 48) * 0.95);
  });

  it('is not turned by a fifth of the values being anything', () => {
    const spoilt = hours(24 * 14, (hour) => (hour % 5 === 0 ? 1e6 * noise(hour) : 10 * hour));
    expect(forecast(spoilt, 100_000)?.perDay).toBeCloseTo(240, -1);
  });

  it('has an interval that holds the true slope nearly always', () => {
    let held = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const points = hours(72, (hour) => 5 * hour + 200 * noise(hour + 1_000 * seed));
      const earliest = forecast(points, 1e6)?.daysAtEarliest ?? Infinity;
      const trueDays = (1e6 - (points.at(-1)?.value ?? 0)) / 120;
      if (earliest <= trueDays) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(90);
  });

  it('sees no end where a series goes away from its limit, or stands still', () => {
    expect(
      forecast(
        hours(48, (hour) => 10 + hour),
        0,
      ),
    ).toMatchObject({ days: null, daysAtEarliest: null });
    expect(
      forecast(
        hours(48, () => 5),
        10,
      ),
    ).toMatchObject({ perDay: 0, days: null, daysAtEarliest: null });
  });

  it('says nothing after less than a day of hours', () => {
    expect(
      forecast(
        hours(23, (hour) => hour),
        100,
      ),
    ).toBeNull();
  });
});
