import { describe, expect, it } from 'vitest';
import { backTest, type ReadingSource } from '../../../src/main/alerts/backTest';
import { DEFAULT_RULES } from '../../../src/main/alerts/defaultRules';
import type { AlertRule } from '../../../src/shared/domain/alerts';
import type { Reading } from '../../../src/shared/domain/metrics';
import { collector, market, T0 } from './support/alertBench';

const SLOW = DEFAULT_RULES.find(({ id }) => id === 'database-slow-reads') as AlertRule;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** One value every few seconds, as `valueAt` says; null leaves it out. */
function history(
  lengthMs: number,
  valueAt: (ms: number) => number | null,
  { target = market, everyMs = 10_000 } = {},
): readonly Reading[] {
  const readings: Reading[] = [];
  for (let ms = 0; ms < lengthMs; ms += everyMs) {
    const value = valueAt(ms);
    if (value !== null) readings.push({ metric: 'database.readP95', target, value, atMs: T0 + ms, detail: null });
  }
  return readings;
}

const source = (...readings: readonly Reading[]): ReadingSource => ({ readings: () => Promise.resolve(readings) });
const between = (ms: number, from: number, to: number): boolean => ms >= from * MINUTE_MS && ms < to * MINUTE_MS;

describe('a rule on the past', () => {
  it('says when it would have fired, for how long and how bad it was, as it would have live', async () => {
    const values = history(60 * MINUTE_MS, (ms) => (between(ms, 10, 15) ? 600 + ms / MINUTE_MS : 40));
    const { firings, coverage } = await backTest(SLOW, source(...values), T0, T0 + 60 * MINUTE_MS);
    expect(firings).toEqual([
      {
        target: market,
        fromMs: T0 + 10 * MINUTE_MS + SLOW.forMs,
        untilMs: T0 + 15 * MINUTE_MS + SLOW.keepForMs,
        peak: 600 + 14 + 5 / 6,
      },
    ]);
    expect(coverage).toBeCloseTo(1, 1);
  });

  it('does not take a gap for time that passed', async () => {
    // Bad for 20 s before nobody watched, and for 20 s after: the rule wants half a minute.
    const values = history(60 * MINUTE_MS, (ms) => {
      if (between(ms, 10, 50)) return null;
      return ms >= 580_000 && ms < 3_020_000 ? 600 : 40;
    });
    const { firings, coverage } = await backTest(SLOW, source(...values), T0, T0 + 60 * MINUTE_MS);
    expect(firings).toEqual([]);
    expect(coverage).toBeCloseTo(1 / 3, 1);
    const later = values.map((reading) => (reading.atMs - T0 < 3_020_000 ? reading : { ...reading, value: 600 }));
    const lasting = await backTest(SLOW, source(...later), T0, T0 + 60 * MINUTE_MS);
    expect(lasting.firings).toMatchObject([{ fromMs: T0 + 3_020_000, untilMs: null }]);
  });

  it('keeps targets apart, and says of what still fires that it does', async () => {
    const other = collector('c1');
    const values = [
      ...history(20 * MINUTE_MS, (ms) => (between(ms, 2, 5) ? 900 : 10)),
      ...history(20 * MINUTE_MS, (ms) => (ms >= 18 * MINUTE_MS ? 800 : 10), { target: other }),
    ];
    const { firings } = await backTest(SLOW, source(...values), T0, T0 + 20 * MINUTE_MS);
    expect(firings).toMatchObject([
      { target: market, untilMs: expect.any(Number) as number },
      { target: other, untilMs: null },
    ]);
  });

  it('suggests a level that is quiet, and the one that only the worst value reached', async () => {
    // Two weeks with five bad minutes each hour, and two really bad ones.
    const valueAt = (ms: number): number => {
      if (between(ms, 3_000, 3_010) || between(ms, 15_000, 15_010)) return 4_000 + ms / MINUTE_MS;
      return ms % (60 * MINUTE_MS) < 5 * MINUTE_MS ? 700 : 50;
    };
    const values = history(2 * WEEK_MS, valueAt, { everyMs: 5 * MINUTE_MS });
    const { firings, suggested } = await backTest(SLOW, source(...values), T0, T0 + 2 * WEEK_MS);
    expect(firings.length).toBeGreaterThan(300);
    expect(suggested?.quiet).toBeGreaterThan(700);
    expect(suggested?.quiet).toBeLessThanOrEqual(suggested?.strict ?? 0);
    expect(suggested?.strict).toBe(19_005);
    const quiet = { ...SLOW, fire: suggested?.quiet ?? 0, clear: (suggested?.quiet ?? 0) / 2 };
    expect((await backTest(quiet, source(...values), T0, T0 + 2 * WEEK_MS)).firings.length).toBeLessThanOrEqual(2);
  }, 60_000);

  it('suggests nothing without history', async () => {
    expect(await backTest(SLOW, source(), T0, T0 + WEEK_MS)).toEqual({
      fromMs: T0,
      toMs: T0 + WEEK_MS,
      coverage: 0,
      firings: [],
      suggested: null,
    });
  });
});
