// Samples from readings to tiers, over real files and threads; time is moved by hand.
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SampleRecorder } from '../../src/main/monitoring/sampleRecorder';
import { SampleUpkeep } from '../../src/main/monitoring/sampleUpkeep';
import type { Store } from '../../src/main/storage/store';
import { packRows } from '../../src/shared/contract/tables';
import type { Reading } from '../../src/shared/domain/metrics';
import type { SeriesBucket } from '../../src/shared/domain/series';
import { FakeClock } from '../support/fakeClock';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 4, 4);
const TARGET = { kind: 'database', id: 'market' } as const;
const ZONE = 'Europe/Berlin';

function reading(metric: Reading['metric'], value: number | null): Reading {
  return { metric, target: TARGET, value, atMs: 0, detail: null };
}

async function monitor(): Promise<Store> {
  return await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
}

/** One tick every ten seconds, as one batch an hour: what is recorded is the same, only faster. */
async function recordHours(store: Store, fromMs: number, hours: number, valueAt: (atMs: number) => number | null) {
  const names = ['database.lockWaitP95 database/market', 'database.queuedBatches database/market'];
  await store.write({
    id: `layout${fromMs}`,
    parts: [packRows('sample_layouts', [{ id: 'both', names: JSON.stringify(names) }])],
  });
  for (let hour = 0; hour < hours; hour += 1) {
    const rows = Array.from({ length: 360 }, (_, tick) => {
      const atMs = fromMs + hour * HOUR_MS + tick * 10_000;
      return { fromS: atMs / 1_000, layout: 'both', body: JSON.stringify([valueAt(atMs), 1]) };
    });
    await store.write({ id: `ticks${fromMs}-${hour}`, parts: [packRows('sample_ticks', rows)] });
  }
}

function ask(store: Store, fromMs: number, toMs: number, points: number, nowMs = toMs, zone = 'UTC') {
  const metric = 'database.lockWaitP95';
  return store.read('samples.series', { metric, target: TARGET, fromMs, toMs, points, nowMs, zone });
}

function total(buckets: readonly SeriesBucket[]): number {
  return buckets.reduce((sum, { n }) => sum + n, 0);
}

async function sealed(store: Store, nowMs: number): Promise<void> {
  await new SampleUpkeep(new FakeClock(nowMs), store).run();
}

function contents(file: string): string {
  const db = new Database(file, { readonly: true });
  const tables = [
    'sample_seals',
    'sample_chunks',
    'sample_minutes',
    'sample_ten_minutes',
    'sample_hours',
    'sample_days',
  ];
  const rows = tables.map((table) =>
    db
      .prepare(`SELECT * FROM ${table}`)
      .raw()
      .all()
      .map((row) => (row as []).slice(0, -1)),
  );
  db.close();
  return JSON.stringify(rows);
}

const rising = (atMs: number): number => Math.floor((atMs - START) / 60_000);

describe('readings', () => {
  it('can be asked for as soon as they are recorded, and the unsampled ones are not kept', async () => {
    const store = await monitor();
    const clock = new FakeClock(START);
    const recorder = new SampleRecorder(clock, store);
    recorder.start();
    for (const value of [1.234, null, 3, Number.NaN, 5]) {
      recorder.record([reading('database.lockWaitP95', 77), reading('database.failed', 0)]);
      recorder.record([reading('database.lockWaitP95', value), reading('database.backupAge', 4)]);
      await clock.advance(10_000);
    }
    recorder.stop();
    await store.write({ id: 'after', parts: [] });
    expect(await ask(store, START, START + 60_000, 6)).toMatchObject([
      { fromMs: START + 10_000, n: 1, min: 1.2, max: 1.2, coverage: 1 },
      { fromMs: START + 30_000, n: 1, mean: 3 },
      { fromMs: START + 50_000, n: 1, mean: 5 },
    ]);
    expect((await store.read('samples.list', null)).map(({ metric }) => metric)).toEqual([
      'database.failed',
      'database.lockWaitP95',
    ]);
  });
});

describe('sealing', () => {
  it('leaves the answer to every question as it was, and none of the ended hours due', async () => {
    const store = await monitor();
    await recordHours(store, START, 30, rising);
    const nowMs = START + 29.5 * HOUR_MS;
    const questions = [
      [START, START + 2 * HOUR_MS, 720],
      [START, START + 2 * HOUR_MS, 100],
      [START + 26 * HOUR_MS, nowMs, 60],
      [START, nowMs, 100],
      [START, nowMs, 20],
    ] as const;
    const answers = async () =>
      await Promise.all(questions.map(([fromMs, toMs, points]) => ask(store, fromMs, toMs, points, nowMs)));
    const before = await answers();
    expect(await store.read('samples.due', { nowMs })).toHaveLength(29);
    await sealed(store, nowMs);
    expect(await store.read('samples.due', { nowMs })).toEqual([]);
    expect(await answers()).toEqual(before);
    const day = await ask(store, START, START + DAY_MS, 1, nowMs);
    expect(day).toMatchObject([{ n: 8_640, min: 0, max: 1_439, coverage: 1 }]);
    expect(total(before[3] ?? [])).toBe(29.5 * 360);
  });

  it('can be interrupted after every batch and done again: the outcome is the same', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    const [store, undisturbed] = [
      await openTestStore(storeOptions(folder, 'monitor')),
      await openTestStore(storeOptions(other, 'monitor')),
    ];
    const nowMs = START + 25 * HOUR_MS;
    for (const each of [store, undisturbed]) await recordHours(each, START + 22 * HOUR_MS, 3, rising);
    await sealed(undisturbed, nowMs);
    // Three hours of two batches each.
    for (let survived = 0; survived < 6; survived += 1) {
      let written = 0;
      const dying: Pick<Store, 'read' | 'write' | 'status'> = {
        status: () => store.status(),
        read: (name, args) => store.read(name, args),
        write: (batch) => {
          written += 1;
          return written > survived % 2 ? Promise.reject(new Error('killed')) : store.write(batch);
        },
      };
      await expect(new SampleUpkeep(new FakeClock(nowMs), dying).run()).rejects.toThrow('killed');
    }
    await sealed(store, nowMs);
    await Promise.all([store.close(), undisturbed.close()]);
    expect(contents(storeOptions(folder, 'monitor').file)).toBe(contents(storeOptions(other, 'monitor').file));
  });

  it.each([0, 1, 2, 3])(
    'stops when the database goes after %i batches and goes on when it is back: the outcome is the same',
    async (survived) => {
      const options = [temporaryFolder(), temporaryFolder()].map((folder) => storeOptions(folder, 'monitor'));
      const [store, undisturbed] = await Promise.all(options.map(openTestStore));
      if (!store || !undisturbed) throw new Error('two stores were opened');
      const nowMs = START + 25 * HOUR_MS;
      for (const each of [store, undisturbed]) await recordHours(each, START + 22 * HOUR_MS, 3, rising);
      await sealed(undisturbed, nowMs);
      let written = 0;
      const going: Pick<Store, 'read' | 'write' | 'status'> = {
        status: () => store.status(),
        read: (name, args) => store.read(name, args),
        write: (batch) => {
          if (written++ === survived) store.isolate();
          return store.write(batch);
        },
      };
      const upkeep = new SampleUpkeep(new FakeClock(nowMs), going);
      await upkeep.run();
      for (let minute = 0; minute < 3; minute += 1) await upkeep.run();
      expect(store.status().spool.batches).toBe(1);
      store.rejoin();
      await statusWhere(store, ({ state }) => state === 'ok');
      await upkeep.run();
      await Promise.all([store.close(), undisturbed.close()]);
      const [after, expected] = options.map(({ file }) => contents(file));
      expect(after).toBe(expected);
    },
  );

  it('takes in ticks that were late, and makes the day anew', async () => {
    const store = await monitor();
    const nowMs = START + 30 * HOUR_MS;
    await recordHours(store, START, 1, (atMs) => (atMs < START + HOUR_MS / 2 ? 4 : null));
    await recordHours(store, START + 2 * HOUR_MS, 1, () => 4);
    await sealed(store, nowMs);
    expect(await ask(store, START, START + DAY_MS, 1, nowMs)).toMatchObject([{ n: 540, max: 4 }]);
    const layout = 'both';
    const late = Array.from({ length: 360 }, (_, tick) => ({
      fromS: START / 1_000 + 3_600 + tick * 10,
      layout,
      body: '[9, 1]',
    }));
    const between = { fromS: START / 1_000 + 3, layout, body: '[11, 1]' };
    await store.write({ id: 'late', parts: [packRows('sample_ticks', [...late, between])] });
    expect(await ask(store, START, START + 3 * HOUR_MS, 3, nowMs)).toMatchObject([
      { n: 181, max: 11 },
      { n: 360, max: 9 },
      { n: 360, max: 4 },
    ]);
    await sealed(store, nowMs);
    expect(await ask(store, START, START + DAY_MS, 1, nowMs)).toMatchObject([{ n: 901, max: 11 }]);
  });

  it('keeps samples of both passes when the wall clock is set back, and those that came from the future', async () => {
    const store = await monitor();
    await recordHours(store, START, 1, () => 1);
    await recordHours(store, START + 1_000 * HOUR_MS, 1, () => 2);
    await sealed(store, START + 1.5 * HOUR_MS);
    await recordHours(store, START + 4_000, 1, () => 3);
    await sealed(store, START + 2.5 * HOUR_MS);
    const nowMs = START + 1_002 * HOUR_MS;
    expect(await ask(store, START, START + HOUR_MS, 1, nowMs)).toMatchObject([{ n: 720, min: 1, max: 3, coverage: 1 }]);
    expect(await ask(store, START + 1_000 * HOUR_MS, nowMs, 2, nowMs)).toMatchObject([{ n: 360, mean: 2 }]);
    expect(await store.read('samples.due', { nowMs })).toEqual([]);
  });

  it.each([
    ['23 hours in spring', Date.UTC(2026, 2, 28, 23), 23],
    ['25 hours in autumn', Date.UTC(2026, 9, 24, 22), 25],
  ])('makes one day of %s', async (_, midnight, hours) => {
    const store = await monitor();
    await recordHours(store, midnight - HOUR_MS, hours + 2, (atMs) => (atMs < midnight ? 100 : 1));
    const nowMs = midnight + (hours + 3) * HOUR_MS;
    for (let offset = 0, isLast = false; !isLast; offset += 1) {
      const fromS = midnight / 1_000 + (offset - 1) * 3_600;
      const part = await store.read('samples.seal', { fromS, nowMs, zone: ZONE, offset: 0, limit: 10 });
      await store.write({
        id: `part${offset}`,
        parts: [...part.parts, packRows('sample_seals', [{ fromS, ticks: 360 }])],
      });
      isLast = offset === hours;
    }
    const days = await ask(store, midnight - DAY_MS, midnight + 2 * DAY_MS, 3, nowMs, ZONE);
    expect(days).toMatchObject([
      { n: 360, min: 100 },
      { fromMs: midnight, toMs: midnight + hours * HOUR_MS, n: hours * 360, min: 1, max: 1, coverage: 1 },
      { fromMs: midnight + hours * HOUR_MS, n: 360 },
    ]);
  });
});

describe('what samples cost', () => {
  it('is told for every tier, and a sample takes less than two bytes', async () => {
    const store = await monitor();
    await recordHours(store, START, 26, (atMs) => Math.round(50 + 40 * Math.sin(atMs / 7_777)) / 10);
    await sealed(store, START + 26 * HOUR_MS);
    const costs = await store.read('samples.cost', null);
    expect(costs.map(({ tier, rows }) => [tier, rows])).toEqual([
      ['raw', 52],
      ['minute', 52],
      ['ten_minutes', 4],
      ['hour', 4],
      ['day', 2],
      ['journal', 26 * 360],
    ]);
    const [raw] = costs;
    expect(raw?.bytesPerSample).toBeLessThan(2);
    expect(raw?.bytesPerYear).toBeGreaterThan(365 * 1_000);
  });
});
