import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  cadenceBounds,
  nextCadence,
  steady,
  type CadenceFacts,
  type CadenceState,
} from '../../../src/main/scheduling/cadence';

const MINUTE_MS = 60_000;
const BOUNDS = cadenceBounds({ intervalMs: 4 * MINUTE_MS });
const CALM: Omit<CadenceFacts, 'nowMs'> = {
  throttledAtMs: [],
  storage: 'ok',
  busyShare: 0.1,
  quotaShare: 0.2,
  movedShare: 0.3,
};

/** Feeds one run after another, each one interval after the last. */
function feed(runs: readonly Partial<CadenceFacts>[], bounds = BOUNDS): readonly CadenceState[] {
  let state = steady(bounds);
  let nowMs = 0;
  return runs.map((run) => {
    nowMs += state.intervalMs;
    state = nextCadence(bounds, state, { ...CALM, nowMs, ...run });
    return state;
  });
}

const times = (count: number, run: Partial<CadenceFacts>): readonly Partial<CadenceFacts>[] =>
  Array.from({ length: count }, () => run);

describe('bounds of the pace', () => {
  it.each([
    { set: { intervalMs: 60_000 }, min: 30_000, max: 240_000 },
    { set: { intervalMs: 1_000 }, min: 1_000, max: 4_000 },
    { set: { intervalMs: 60_000, minIntervalMs: 50_000, maxIntervalMs: 70_000 }, min: 50_000, max: 70_000 },
    { set: { intervalMs: 60_000, adaptive: false, minIntervalMs: 1_000 }, min: 60_000, max: 60_000 },
  ])('are $min to $max ms for $set', ({ set, min, max }) => {
    expect(cadenceBounds(set)).toEqual({ baseMs: set.intervalMs, minMs: min, maxMs: max });
  });
});

describe('the pace of a collector', () => {
  it('stays as it was set while nothing speaks against it', () => {
    expect(feed(times(50, {})).every(({ intervalMs }) => intervalMs === BOUNDS.baseMs)).toBe(true);
  });

  it('slows down when the source throttles, and says how often it did', () => {
    const [state] = feed([{ throttledAtMs: [1, 2, 3] }]);
    expect(state).toMatchObject({
      intervalMs: 6 * MINUTE_MS,
      because: 'the source throttled 3 times in the last 10 minutes',
    });
  });

  it.each([
    [{ storage: 'spooling' } as const, 'the database takes no writes and rows wait in the spool'],
    [{ storage: 'locked' } as const, 'another program keeps holding the database'],
    [{ busyShare: 0.9 }, 'a run takes 90 % of the time between two slots'],
  ])('slows down under %o', (pressure, because) => {
    expect(feed([pressure])[0]).toMatchObject({ intervalMs: 6 * MINUTE_MS, because });
  });

  it('never slows down beyond its bound, however long the pressure lasts', () => {
    expect(feed(times(30, { storage: 'spooling' })).at(-1)?.intervalMs).toBe(BOUNDS.maxMs);
  });

  it('does not answer the same throttling twice', () => {
    const states = feed(times(2, { throttledAtMs: [1] }));
    expect(states.map(({ intervalMs }) => intervalMs)).toEqual([6 * MINUTE_MS, 6 * MINUTE_MS]);
  });

  it('comes back to what was set, step by step, once it has been calm for three runs', () => {
    const states = feed([...times(1, { throttledAtMs: [1] }), ...times(6, {})]);
    expect(states.map(({ intervalMs }) => intervalMs / MINUTE_MS)).toEqual([6, 6, 6, 4, 4, 4, 4]);
    expect(states.at(-1)?.because).toBeNull();
  });

  it('speeds up after three runs in a row whose rows moved while quota was left, and says so', () => {
    const states = feed(times(3, { movedShare: 0.8 }));
    expect(states.map(({ intervalMs }) => intervalMs / MINUTE_MS)).toEqual([4, 4, 3.2]);
    expect(states.at(-1)?.because).toBe('80 % of the rows are new or changed and the quota allows it');
  });

  it('does not speed up on a used-up quota, long runs or recent throttling', () => {
    for (const run of [{ quotaShare: 0.6 }, { busyShare: 0.5 }]) {
      const states = feed(times(20, { movedShare: 1, ...run }));
      expect(states.at(-1)?.intervalMs).toBe(BOUNDS.baseMs);
    }
  });

  it('drops what made it faster at once when pressure comes', () => {
    const states = feed([...times(3, { movedShare: 1 }), { storage: 'locked' }]);
    expect(states.at(-1)).toMatchObject({ intervalMs: BOUNDS.baseMs, because: null });
  });

  it('does not flap when figures swing between runs', () => {
    const swinging = Array.from({ length: 100 }, (_, index) => ({ movedShare: index % 2 === 0 ? 1 : 0 }));
    expect(new Set(feed(swinging).map(({ intervalMs }) => intervalMs)).size).toBe(1);
  });

  it('stays within its bounds, always explained, and turns round at most once in three runs, whatever happens', () => {
    const facts = fc.record({
      throttled: fc.boolean(),
      storage: fc.constantFrom('ok' as const, 'spooling' as const, 'locked' as const),
      busyShare: fc.double({ min: 0, max: 3, noNaN: true }),
      quotaShare: fc.double({ min: 0, max: 1, noNaN: true }),
      movedShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    const settings = fc
      .record({ intervalMs: fc.integer({ min: 1_000, max: 86_400_000 }), adaptive: fc.boolean() })
      .map(cadenceBounds);
    fc.assert(
      fc.property(settings, fc.array(facts, { maxLength: 60 }), (bounds, runs) => {
        let state = steady(bounds);
        let nowMs = 0;
        let throttledAtMs: readonly number[] = [];
        let sinceFaster = Number.POSITIVE_INFINITY;
        for (const { throttled, ...run } of runs) {
          nowMs += state.intervalMs;
          if (throttled) throttledAtMs = [...throttledAtMs, nowMs];
          const before = state.intervalMs;
          state = nextCadence(bounds, state, { ...run, nowMs, throttledAtMs });
          expect(state.intervalMs).toBeGreaterThanOrEqual(bounds.minMs);
          expect(state.intervalMs).toBeLessThanOrEqual(bounds.maxMs);
          expect(state.because === null).toBe(state.intervalMs === bounds.baseMs);
          sinceFaster += 1;
          if (state.intervalMs < before) {
            expect(sinceFaster).toBeGreaterThanOrEqual(3);
            sinceFaster = 0;
          }
        }
      }),
    );
  });
});
