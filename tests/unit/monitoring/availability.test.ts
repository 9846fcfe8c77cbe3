import { describe, expect, it } from 'vitest';
import {
  countOf,
  fastestBurn,
  objectiveOf,
  runsFigure,
  sampledFigure,
  timeFigure,
} from '../../../src/main/monitoring/series/availability';
import { OutageWindow } from '../../../src/main/monitoring/sensors/outageWindow';
import { type SlotFact, tallySlots } from '../../../src/main/monitoring/series/slotTally';
import type { SlotOutcome } from '../../../src/shared/domain/collector';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function slots(...outcomes: readonly SlotOutcome[]): readonly SlotFact[] {
  return outcomes.map((outcome, index) => ({
    slotAtMs: index * MINUTE_MS,
    outcome,
    slots: 1,
    untilMs: null,
    expected: true,
  }));
}

describe('the slots of a collector', () => {
  it('are up from a run that worked to one that did not', () => {
    const tally = tallySlots(slots('ok', 'ok', 'failed', 'skipped_cooldown', 'ok'), 0, 5 * MINUTE_MS);
    expect(tally).toEqual({ good: 3, bad: 2, excused: 0, upMs: 3 * MINUTE_MS, downMs: 2 * MINUTE_MS });
    expect(timeFigure(tally, 5 * MINUTE_MS)).toEqual({ share: 0.6, coverage: 1 });
    expect(runsFigure(tally)).toEqual({ share: 0.6, coverage: 1 });
  });

  it('say nothing about time in which it was paused, asleep or not running, and little about the whole then', () => {
    const tally = tallySlots(
      slots('ok', 'skipped_paused', 'skipped_asleep', 'missed', 'ok', 'ok', 'ok', 'ok'),
      0,
      8 * MINUTE_MS,
    );
    expect(timeFigure(tally, 8 * MINUTE_MS)).toEqual({ share: 1, coverage: 5 / 8 });
    expect(runsFigure(tally)).toEqual({ share: 5 / 6, coverage: 6 / 8 });
  });

  it('have worked when they began late, for data came; one that was broken off says nothing', () => {
    expect(runsFigure(tallySlots(slots('late', 'cancelled', 'failed'), 0, 3 * MINUTE_MS)).share).toBe(0.5);
  });

  it('do not hold for ever when the program was closed without a word', () => {
    const later = slots('ok').map((slot) => ({ ...slot, slotAtMs: 10 * HOUR_MS }));
    const tally = tallySlots([...slots('ok', 'ok', 'ok'), ...later], 0, 10 * HOUR_MS);
    expect(tally.upMs).toBe(5 * MINUTE_MS);
  });

  it('hold as long as always for a collector that was retried every minute for a while', () => {
    const hourly = Array.from({ length: 25 }, (_, hour) =>
      slots(hour === 12 ? 'failed' : 'ok').map((slot) => ({ ...slot, slotAtMs: hour * HOUR_MS })),
    ).flat();
    const retries = Array.from({ length: 30 }, (_, index) =>
      slots(index === 29 ? 'ok' : 'failed').map((slot) => ({
        ...slot,
        slotAtMs: 12 * HOUR_MS + (index + 1) * MINUTE_MS,
        expected: false,
      })),
    ).flat();
    const all = [...hourly, ...retries].toSorted((a, b) => a.slotAtMs - b.slotAtMs);
    const tally = tallySlots(all, HOUR_MS, 25 * HOUR_MS);
    expect(tally).toEqual({ good: 23, bad: 1, excused: 0, upMs: 23.5 * HOUR_MS, downMs: 0.5 * HOUR_MS });
  });

  it('carry the state into the window, and count only what was due in it', () => {
    const all = slots('failed', 'ok', 'ok', 'ok');
    const tally = tallySlots(all, MINUTE_MS / 2, 2.5 * MINUTE_MS);
    expect(tally).toEqual({ good: 2, bad: 0, excused: 0, upMs: 1.5 * MINUTE_MS, downMs: MINUTE_MS / 2 });
  });

  it('count a stretch of many as many, and a run beside the schedule not at all', () => {
    const stretch = slots('missed').map((slot) => ({ ...slot, slots: 60, untilMs: 59 * MINUTE_MS }));
    const manual = slots('ok').map((slot) => ({ ...slot, slotAtMs: HOUR_MS, expected: false }));
    const next = slots('ok').map((slot) => ({ ...slot, slotAtMs: 61 * MINUTE_MS }));
    const tally = tallySlots([...stretch, ...manual, ...next], 0, 62 * MINUTE_MS);
    expect(tally).toEqual({ good: 1, bad: 60, excused: 0, upMs: 2 * MINUTE_MS, downMs: 0 });
  });
});

describe('an objective', () => {
  const counted = (bad: number, of: number) => ({ good: of - bad, bad });

  it('has used up its budget when as much went wrong as may', () => {
    expect(objectiveOf(0.95, counted(5, 100), () => counted(0, 0)).budget.used).toBeCloseTo(1);
    expect(objectiveOf(0.95, counted(0, 0), () => counted(0, 0)).budget.used).toBeNull();
  });

  it.each([
    ['both windows', 60, 5, true],
    ['only the long one, because it is over', 60, 0, false],
    ['only the short one, because it has just begun', 3, 5, false],
  ])('burns when too much goes wrong in %s', (_, long, short, isBurning) => {
    const of = (windowMs: number) =>
      windowMs === HOUR_MS ? counted(long, 60) : windowMs === 5 * MINUTE_MS ? counted(short, 5) : counted(0, 60);
    expect(objectiveOf(0.95, counted(0, 1), of).burnRates[0]?.isBurning).toBe(isBurning);
  });

  it('does not burn by a single failure, however few runs there are', () => {
    const of = () => counted(2, 2);
    expect(objectiveOf(0.999, counted(2, 2), of).burnRates.map(({ isBurning }) => isBurning)).toEqual([false, false]);
  });
});

describe('the speed at which a budget burns', () => {
  it('is the slower of the two windows, in shares of the limit, where that is nearest to it', () => {
    const of = (windowMs: number) => ({ good: 50, bad: windowMs === 360 * MINUTE_MS ? 50 : 10 });
    // 50 % in six hours, a sixth in half an hour: 3.3 times the budget of 5 %, of which 6 times burns.
    expect(fastestBurn(0.95, of)).toMatchObject({
      share: expect.closeTo(10 / 60 / 0.05 / 6),
      windowMs: 360 * MINUTE_MS,
      count: { good: 50, bad: 50 },
    });
  });

  it('is none while hardly anything failed, and unknown while nothing was observed', () => {
    expect(fastestBurn(0.95, () => ({ good: 0, bad: 2 }))?.share).toBe(0);
    expect(fastestBurn(0.95, () => ({ good: 0, bad: 0 }))).toBeNull();
  });
});

describe('the time out of service', () => {
  it('is counted within each window, where one outage was seen in many looks', () => {
    const outages = new OutageWindow();
    for (let second = 0; second < 60; second += 1) outages.add(second * 1_000, (second + 1) * 1_000);
    outages.add(40 * MINUTE_MS, 41 * MINUTE_MS);
    expect(outages.count(42 * MINUTE_MS, HOUR_MS)).toEqual({ good: 3_480, bad: 120 });
    expect(outages.count(42 * MINUTE_MS, 1.5 * MINUTE_MS).bad).toBe(30);
    expect(outages.count(42 * MINUTE_MS, 41.5 * MINUTE_MS).bad).toBe(90);
    outages.add(8 * HOUR_MS, 8 * HOUR_MS + 1_000);
    expect(outages.count(8 * HOUR_MS + 1_000, 9 * HOUR_MS).bad).toBe(1);
  });
});

describe('samples of a lateness', () => {
  it('are good where they are 0', () => {
    const figure = { n: 200, min: 0, max: 9, mean: 1, p50: 0, p95: 8, zeroShare: 0.9, coverage: 0.5 };
    expect(sampledFigure(figure)).toEqual({ share: 0.9, coverage: 0.5 });
    expect(countOf(figure)).toEqual({ good: 180, bad: 20 });
    expect(sampledFigure(null)).toEqual({ share: null, coverage: 0 });
    expect(countOf(null)).toEqual({ good: 0, bad: 0 });
  });
});
