import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAges, foldRuns, type RunFact, withoutAbsence } from '../../../src/main/monitoring/series/foldRuns';
import { foldSlots, worstOutcome } from '../../../src/main/monitoring/series/foldSlots';
import { columnsOf } from '../../../src/main/monitoring/timeline/columns';
import { breakerStates, type LaneFacts, lanesOf } from '../../../src/main/monitoring/timeline/lanes';
import { presenceOf } from '../../../src/main/monitoring/timeline/presence';
import type { SlotGroup, StorageSpanRow } from '../../../src/shared/contract/timeline';
import { SLOT_OUTCOMES, type SlotOutcome } from '../../../src/shared/domain/collector';
import type { CollectorEvent, CollectorEventKind } from '../../../src/shared/domain/collectorEvent';
import type { LaneId, LaneSpan } from '../../../src/shared/domain/timeline';

const T0 = Date.UTC(2026, 10, 23, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function group(atMs: number, outcome: SlotOutcome = 'ok', change: Partial<SlotGroup> = {}): SlotGroup {
  return { atMs, outcome, slots: 1, untilMs: null, detail: null, ...change };
}

describe('slots folded for a screen', () => {
  const wide = { fromMs: T0, toMs: T0 + 10 * MINUTE, stepMs: 5 * SECOND, intervalMs: MINUTE };

  it('shows each for itself, until the next, while there is room', () => {
    const slots = [0, 1, 2, 3].map((index) => group(T0 + index * MINUTE, index === 2 ? 'failed' : 'ok'));
    const segments = foldSlots(slots, wide);
    expect(
      segments.map(({ fromMs, toMs, outcome }) => [(fromMs - T0) / MINUTE, (toMs - T0) / MINUTE, outcome]),
    ).toEqual([
      [0, 1, 'ok'],
      [1, 2, 'ok'],
      [2, 3, 'failed'],
      [3, 4.5, 'ok'],
    ]);
  });

  it('lets the slot before the picture reach into it, and shows nothing where nobody was there', () => {
    const segments = foldSlots([group(T0 - 30 * SECOND), group(T0 + 8 * MINUTE)], wide);
    expect(segments.map(({ fromMs, toMs }) => [(fromMs - T0) / SECOND, (toMs - T0) / SECOND])).toEqual([
      [0, 60],
      [480, 570],
    ]);
  });

  it('leaves no holes between hours because one of them was retried every minute', () => {
    const hour = 60 * MINUTE;
    const day = { fromMs: T0, toMs: T0 + 24 * hour, stepMs: 2 * MINUTE, intervalMs: hour };
    const hours = Array.from({ length: 24 }, (_, index) => group(T0 + index * hour));
    const retries = Array.from({ length: 30 }, (_, index) => group(T0 + 6 * hour + (index + 1) * MINUTE, 'failed'));
    const segments = foldSlots([...hours, ...retries], day);
    for (const [index, segment] of segments.entries())
      expect(segment.toMs).toBe(segments[index + 1]?.fromMs ?? day.toMs);
    // While half a day in which nobody was there stays a hole.
    const absent = foldSlots([...hours.slice(0, 5), group(T0 + 20 * hour)], day);
    expect(absent[4]).toMatchObject({ fromMs: T0 + 4 * hour, toMs: T0 + 5.5 * hour });
  });

  it('folds what shares a column into one, the worst in front with its newest cause, and counts all', () => {
    const slots = [
      group(T0 + 1 * SECOND),
      group(T0 + 2 * SECOND, 'failed', { detail: 'old' }),
      group(T0 + 3 * SECOND, 'failed', { slots: 2, detail: 'new' }),
      group(T0 + 4 * SECOND, 'skipped_paused'),
      group(T0 + 61 * SECOND),
    ];
    const segments = foldSlots(slots, { ...wide, stepMs: MINUTE, intervalMs: SECOND });
    expect(segments[0]).toEqual({
      ...{ fromMs: T0, toMs: T0 + MINUTE, outcome: 'failed', slots: 5, detail: 'new' },
      counts: [
        ['failed', 3],
        ['skipped_paused', 1],
        ['ok', 1],
      ],
    });
    expect(segments).toHaveLength(2);
  });

  it('shows a stretch that one record speaks for as one piece', () => {
    const slept = group(T0 + MINUTE, 'skipped_asleep', { slots: 4, untilMs: T0 + 4 * MINUTE });
    const [segment] = foldSlots([slept], wide);
    expect(segment).toMatchObject({ fromMs: T0 + MINUTE, toMs: T0 + 5 * MINUTE, slots: 4, outcome: 'skipped_asleep' });
  });

  it('never loses a slot, leaves the picture, or has two pieces at one moment', () => {
    const slots = fc.uniqueArray(fc.integer({ min: 0, max: 599 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(slots, fc.constantFrom(1, 10, 60, 120), fc.constantFrom(...SLOT_OUTCOMES), (seconds, step, other) => {
        const groups = seconds.map((second, index) => group(T0 + second * SECOND, index % 3 === 0 ? other : 'ok'));
        const segments = foldSlots(groups, { ...wide, stepMs: step * SECOND });
        expect(segments.reduce((sum, segment) => sum + segment.slots, 0)).toBe(groups.length);
        for (const [index, { fromMs, toMs }] of segments.entries()) {
          expect(fromMs).toBeGreaterThanOrEqual(segments[index - 1]?.toMs ?? T0);
          expect(toMs).toBeLessThanOrEqual(wide.toMs);
        }
      }),
    );
  });

  it('has a rank for every outcome', () => {
    for (const outcome of SLOT_OUTCOMES) expect(worstOutcome([outcome, 'ok'])).toBe(outcome);
    expect(worstOutcome(['ok', 'skipped_paused', 'failed', 'late'])).toBe('failed');
  });
});

describe('runs folded to figures', () => {
  const grid = { fromMs: T0, toMs: T0 + 3 * MINUTE, stepMs: MINUTE };
  const run = (atS: number, durationMs: number, outcome: RunFact['outcome'] = 'ok'): RunFact => {
    const startedAtMs = T0 + atS * SECOND;
    return { startedAtMs, endedAtMs: startedAtMs + durationMs, durationMs, outcome, rows: 10 };
  };

  it('tells durations and rows of runs that brought data, and counts the others', () => {
    const buckets = foldRuns([run(1, 100), run(2, 300), run(3, 900, 'failed'), run(125, 50)], grid);
    expect(buckets).toEqual([
      { fromMs: T0, toMs: T0 + MINUTE, runs: 3, good: 2, p50Ms: 300, p95Ms: 300, rows: 10 },
      { fromMs: T0 + 2 * MINUTE, toMs: T0 + 3 * MINUTE, runs: 1, good: 1, p50Ms: 50, p95Ms: 50, rows: 10 },
    ]);
    expect(foldRuns([run(1, 100, 'failed')], grid)[0]).toMatchObject({ good: 0, p50Ms: null, rows: null });
  });

  it('tells how old the data became in each step, also between runs, and nothing before the first', () => {
    const ages = (ends: readonly number[]): readonly (number | null)[] =>
      foldAges(
        ends.map((second) => T0 + second * SECOND),
        grid,
      ).map(({ worstAgeMs }) => worstAgeMs && worstAgeMs / SECOND);
    expect(ages([-10, 20, 50, 110])).toEqual([30, 60, 70]);
    expect(ages([-10])).toEqual([70, 130, 190]);
    expect(ages([90])).toEqual([null, 30, 90]);
    expect(ages([])).toEqual([null, null, null]);
  });

  it('has no age for time in which nobody was there', () => {
    const ages = foldAges([T0], grid);
    const absent = [{ fromMs: T0 + 70 * SECOND, toMs: T0 + 100 * SECOND }];
    expect(withoutAbsence(ages, absent).map(({ worstAgeMs }) => worstAgeMs === null)).toEqual([false, true, false]);
  });
});

describe('columns', () => {
  it('are as wide as clocks count, at the same places whenever they are asked for, and not more than wanted', () => {
    const asked = { toMs: T0 + 7 * SECOND, fromMs: T0 + 7 * SECOND - 60 * MINUTE, columns: 240 };
    expect(columnsOf(asked)).toEqual({ fromMs: T0 - 60 * MINUTE, toMs: asked.toMs, stepMs: 15 * SECOND });
    const span = fc.integer({ min: MINUTE, max: 366 * 24 * 60 * MINUTE });
    fc.assert(
      fc.property(span, fc.integer({ min: 1, max: 2_000 }), (lengthMs, columns) => {
        const { fromMs, toMs, stepMs } = columnsOf({ fromMs: T0, toMs: T0 + lengthMs, columns });
        expect(fromMs % stepMs).toBe(0);
        expect(fromMs).toBeLessThanOrEqual(T0);
        expect((toMs - fromMs) / stepMs).toBeLessThanOrEqual(columns + 1);
      }),
    );
  });
});

const event = (atS: number, kind: CollectorEventKind, change: Partial<CollectorEvent> = {}): CollectorEvent => {
  return { atMs: T0 + atS * SECOND, kind, collectorId: null, host: null, cause: kind, ...change };
};
const span = { fromMs: T0, toMs: T0 + 10 * MINUTE };

describe('when somebody was there', () => {
  it('tells sleep from not running, and has no news of the time before the first start', () => {
    const { absences, watched } = presenceOf({
      ...span,
      firstAtMs: T0 + MINUTE,
      events: [event(120, 'asleep'), event(240, 'woke')],
      gaps: [
        { fromMs: T0 + 118 * SECOND, toMs: T0 + 242 * SECOND },
        { fromMs: T0 + 300 * SECOND, toMs: T0 + 420 * SECOND },
      ],
    });
    expect(absences.map(({ state, fromMs, toMs }) => [state, (fromMs - T0) / SECOND, (toMs - T0) / SECOND])).toEqual([
      ['asleep', 120, 240],
      ['off', 300, 420],
    ]);
    expect(watched.map(({ fromMs, toMs }) => [(fromMs - T0) / SECOND, (toMs - T0) / SECOND])).toEqual([
      [60, 120],
      [240, 300],
      [420, 600],
    ]);
  });
});

describe('lanes of what many collectors share', () => {
  const presence = { absences: [], watched: [span] };
  const quiet: LaneFacts = { ...span, incidents: [], events: [], presence, databases: [], titles: new Map() };
  const sample = (atS: number, change: Partial<StorageSpanRow> = {}): StorageSpanRow => ({
    ...{ atMs: T0 + atS * SECOND, untilMs: T0 + (atS + 10) * SECOND, states: 'ok', samples: 3, commits: 1 },
    ...{ badFromMs: null, badUntilMs: null },
    ...{ commitP50Ms: 1, commitP95Ms: 2, lockWaitP95Ms: 0, lockWaitMaxMs: 0, walBytes: 0, sizeBytes: 0, ...change },
  });
  const told = (facts: Partial<LaneFacts>, id: LaneId): readonly unknown[] =>
    (lanesOf({ ...quiet, ...facts }).find((lane) => lane.id === id)?.spans ?? []).map(brief);
  const brief = ({ state, fromMs, toMs }: LaneSpan): unknown => [state, (fromMs - T0) / SECOND, (toMs - T0) / SECOND];
  const status = { name: 'market', lockedSinceMs: null, holder: null } as const;

  it('shows an outage of a host from the first failure to the first answer, whatever probes came between', () => {
    const host = 'api.test';
    const events = [
      event(60, 'breaker_open', { host }),
      event(62, 'breaker_half_open', { host }),
      event(63, 'breaker_open', { host }),
      event(90, 'breaker_closed', { host }),
    ];
    expect(told({ events }, 'api')).toEqual([
      ['ok', 0, 60],
      ['breaker_open', 60, 90],
      ['ok', 90, 600],
    ]);
    expect(breakerStates(events, host, span.toMs).map(brief)).toEqual([
      ['breaker_open', 60, 62],
      ['half_open', 62, 63],
      ['breaker_open', 63, 90],
    ]);
  });

  it('shows an outage that began before the picture and lasts', () => {
    const events = [event(-300, 'breaker_open', { host: 'api.test' })];
    expect(told({ events }, 'api')).toEqual([['breaker_open', 0, 600]]);
  });

  it('names who is paused, and that all are', () => {
    const titles = new Map([
      ['dexes', 'DEXes'],
      ['ohlcv', 'Candles'],
    ]);
    const events = [
      event(60, 'paused', { collectorId: 'dexes' }),
      event(120, 'paused', { collectorId: 'ohlcv' }),
      event(180, 'resumed', { collectorId: 'dexes' }),
      event(240, 'resumed', { collectorId: 'ohlcv' }),
    ];
    const spans = lanesOf({ ...quiet, events, titles }).find(({ id }) => id === 'app')?.spans ?? [];
    expect(spans.filter(({ state }) => state === 'paused').map(({ text }) => text)).toEqual([
      'Paused: DEXes.',
      'Every collector was paused.',
      'Paused: Candles.',
    ]);
  });

  it('tells what a database did from its samples, and who locked it from the log of operations', () => {
    const samples = [
      sample(0),
      sample(30, { lockWaitMaxMs: 1_400 }),
      sample(60, { states: 'ok,spooling', badFromMs: T0 + 80 * SECOND, badUntilMs: T0 + 85 * SECOND }),
      sample(90, { states: 'spooling', badFromMs: T0 + 90 * SECOND, badUntilMs: T0 + 110 * SECOND }),
      sample(120),
      sample(400),
    ];
    const lock = {
      kind: 'lock',
      atMs: T0 + 100 * SECOND,
      outcome: 'ok',
      durationMs: 40_000,
      detail: 'python3 (process 7)',
    };
    const operations = [{ ...lock, holder: null, report: null } as const];
    const databases = [{ status, samples, operations }] as unknown as LaneFacts['databases'];
    expect(told({ databases }, 'market')).toEqual([
      ['ok', 0, 30],
      ['lock_wait', 30, 60],
      ['locked', 60, 100],
      ['spooling', 80, 115],
      ['ok', 115, 135],
      ['ok', 400, 415],
    ]);
  });

  it('shows a lock that still lasts, and says who holds it', () => {
    const holder = { pid: 7, program: 'python3', command: null, sinceMs: T0, certainty: 'exact' } as const;
    const locked = { ...status, lockedSinceMs: T0 + 500 * SECOND, holder };
    const lanes = lanesOf({ ...quiet, databases: [{ status: locked, samples: [], operations: [] }] });
    expect(lanes.find(({ id }) => id === 'market')?.spans).toMatchObject([
      { state: 'locked', toMs: span.toMs, text: 'python3 (process 7) holds the write lock of market.db.' },
    ]);
  });
});
