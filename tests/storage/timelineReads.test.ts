import { describe, expect, it } from 'vitest';
import type { StorageSampleRow } from '../../src/shared/contract/rows/recordRows';
import { packRows } from '../../src/shared/contract/tables';
import { T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const MINUTE = 60_000;
const slot = { collectorId: 'dexes', outcome: 'ok', runId: null, detail: null, turn: 0, slots: 1, untilMs: null };
const run = {
  ...{ collectorId: 'dexes', trigger: 'schedule', fetched: 9, valid: 9, inserted: 3, changed: 4, unchanged: 2 },
  ...{ rejected: 0, calls: 1, throttles: 0, errorClass: null, errorMessage: null, streak: 1, quality: null },
};
const sample: StorageSampleRow = {
  ...{ database: 'monitor', atMs: T0, state: 'ok', commits: 1, rows: 1, commitP50Ms: 2, commitP95Ms: 3 },
  ...{ lockWaitP95Ms: 0, lockWaitMaxMs: 0, queuedBatches: 0, sizeBytes: 10, walBytes: 20 },
};

describe('what monitor.db tells about a stretch of time', () => {
  it('is folded to columns in the reader: slots, runs, errors, events, samples and the silence between them', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const at = (second: number): number => T0 + second * 1_000;
    const answered = {
      errorClass: 'server',
      errorMessage: 'It said 503.',
      quality: JSON.stringify({ excerpt: '<html>' }),
    };
    const runs = [
      {
        ...run,
        id: 'a',
        slotAtMs: at(-30),
        startedAtMs: at(-30),
        endedAtMs: at(-29),
        durationMs: 1_000,
        outcome: 'ok',
      },
      { ...run, id: 'b', slotAtMs: at(5), startedAtMs: at(5), endedAtMs: at(6), durationMs: 1_000, outcome: 'ok' },
      { ...run, id: 'c', slotAtMs: at(9), startedAtMs: at(9), endedAtMs: at(11), durationMs: 2_000, outcome: 'failed' },
    ].map((each) => ({ ...each, ...(each.id === 'c' ? answered : {}) }));
    const slots = [
      { ...slot, slotAtMs: at(-70), outcome: 'missed', slots: 2, untilMs: at(-50) },
      { ...slot, slotAtMs: at(-30), runId: 'a' },
      { ...slot, slotAtMs: at(5), runId: 'b' },
      { ...slot, slotAtMs: at(9), runId: 'c', outcome: 'failed', detail: 'It said 503.' },
      { ...slot, slotAtMs: at(12) },
      { ...slot, slotAtMs: at(15), turn: 1 },
      { ...slot, slotAtMs: at(65) },
    ];
    const event = { collectorId: null, host: 'api.test', cause: 'It is down.' };
    const events = [
      { ...event, id: '1', atMs: at(-90), kind: 'breaker_closed' },
      { ...event, id: '2', atMs: at(-80), kind: 'breaker_open' },
      { ...event, id: '3', atMs: at(-85), kind: 'paused', host: null, collectorId: 'dexes' },
      { ...event, id: '4', atMs: at(20), kind: 'breaker_closed' },
    ];
    const samples = [
      { ...sample, atMs: at(-5) },
      { ...sample, atMs: at(10), state: 'spooling', lockWaitMaxMs: 900 },
      { ...sample, atMs: at(20), commits: 7, walBytes: 99 },
      { ...sample, atMs: at(119) },
    ];
    await store.write({
      id: 'history',
      parts: [
        packRows('runs', runs),
        packRows('slots', slots),
        packRows('collector_events', events),
        packRows('storage_samples', samples),
      ],
    });
    const grid = { fromMs: T0, toMs: T0 + 2 * MINUTE, stepMs: MINUTE };

    const [grouped] = await store.read('slots.grouped', { ...grid, collectorIds: ['dexes'] });
    const told = grouped?.groups.map((group) =>
      [(group.atMs - T0) / 1_000, group.outcome, group.slots, group.detail].join(' '),
    );
    expect(told?.toSorted()).toEqual(
      ['-30 ok 1 ', '9 failed 1 It said 503.', '12 ok 2 ', '65 ok 1 ', '15 ok 1 '].toSorted(),
    );

    const { buckets, ages } = await store.read('runs.folded', { ...grid, collectorId: 'dexes' });
    expect(buckets).toEqual([{ fromMs: T0, toMs: T0 + MINUTE, runs: 2, good: 1, p50Ms: 1_000, p95Ms: 1_000, rows: 7 }]);
    expect(ages.map(({ worstAgeMs }) => worstAgeMs)).toEqual([54_000, 114_000]);

    expect(await store.read('runs.errors', { fromMs: T0, toMs: grid.toMs, collectorId: 'dexes' })).toEqual([
      { class: 'server', runs: 1, lastAtMs: at(11), message: 'It said 503.', excerpt: '<html>' },
    ]);

    const { before, within } = await store.read('events.between', { fromMs: T0, toMs: grid.toMs, limit: 10 });
    expect(before.map(({ kind }) => kind).toSorted()).toEqual(['breaker_open', 'paused']);
    expect(within.map(({ kind }) => kind)).toEqual(['breaker_closed']);

    const folded = await store.read('storage.folded', { ...grid, database: 'monitor' });
    expect(folded).toMatchObject([
      {
        atMs: at(10),
        untilMs: at(20),
        samples: 2,
        commits: 7,
        lockWaitMaxMs: 900,
        walBytes: 99,
        badFromMs: at(10),
        badUntilMs: at(10),
      },
      { atMs: at(119), untilMs: at(119), states: 'ok', samples: 1, badFromMs: null },
    ]);
    expect(folded[0]?.states.split(',').toSorted()).toEqual(['ok', 'spooling']);

    const silence = { fromMs: T0, toMs: grid.toMs, longerThanMs: 60_000 };
    expect(await store.read('storage.unwatched', silence)).toEqual({
      firstAtMs: at(-5),
      gaps: [{ fromMs: at(20), toMs: at(119) }],
    });
  });
});
