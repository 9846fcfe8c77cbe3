import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packRows } from '../../src/shared/contract/tables';
import { systemClock } from '../../src/main/engine/systemClock';
import type { Store } from '../../src/main/storage/store';
import { holdLock } from './support/holder';
import { candle, candleBatch, pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';
import { WatchedWork } from './support/watchedWork';

const KEEP_ALL = {
  samplesDays: null,
  runsDays: null,
  poolHistoryDays: null,
  tradesDays: null,
  candlesDays: { minute: null, hour: null, day: null },
};
const DAY_MS = 24 * 60 * 60_000;
const pools = (first: number, count: number) => Array.from({ length: count }, (_, n) => pool(first + n));
const candles = (first: number, count: number) => Array.from({ length: count }, (_, n) => candle(first + n));

/** Asks the file itself, past everything of ours. */
function ask(file: string, sql: string): readonly unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare(sql).raw().all().flat();
  } finally {
    db.close();
  }
}

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
};

const settled = (store: Store) =>
  statusWhere(store, ({ state, breaker }) => state === 'ok' && breaker.state === 'closed');

/** Writes one row after the other until told to stop; answers how many were acknowledged. */
function writeMeanwhile(store: Store, first: number): { stop(): Promise<number> } {
  let going = true;
  let acknowledged = 0;
  onTestFinished(() => {
    going = false;
  });
  const done = (async () => {
    while (going) {
      const { durability } = await store.write(poolBatch(`meanwhile-${acknowledged}`, [pool(first + acknowledged)]));
      expect(durability).not.toBe('volatile');
      acknowledged += 1;
    }
  })();
  return {
    async stop() {
      going = false;
      await done;
      return acknowledged;
    },
  };
}

describe('a backup', () => {
  it('made under load is whole, tells how far it is, and can be proved again', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 3_000)));
    await store.write(candleBatch('c', candles(0, 20_000)));
    const writing = writeMeanwhile(store, 10_000);
    const work = new WatchedWork();
    expect((await store.backup(work)).outcome).toBe('ok');
    const acknowledged = await writing.stop();
    const [backup] = await store.backups();
    const rows = new Map(backup?.tables.map((table) => [table.name, table.rows]));
    expect(rows.get('candles')).toBe(20_000);
    expect(rows.get('pools')).toBeGreaterThanOrEqual(3_000);
    expect(rows.get('pools')).toBeLessThanOrEqual(3_000 + acknowledged);
    const file = join(dirname(options.file), 'backups', backup?.name ?? '');
    expect(ask(file, 'SELECT count(*) FROM pools')).toEqual([rows.get('pools')]);
    expect(work.told.some(({ unit, done }) => unit === 'bytes' && done === statSync(file).size)).toBe(true);
    expect((await store.verify(backup?.name ?? '')).detail).toContain('is intact');
  });

  it('called off at any of its steps leaves nothing behind and is written down as called off', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(candleBatch('c', candles(0, 20_000)));
    const steps = new WatchedWork();
    await store.backup(steps);
    const before = filesIn(join(dirname(options.file), 'backups'));
    const seen = new Set<string>();
    for (const { step, done } of steps.told) {
      if (seen.has(step ?? '')) continue;
      seen.add(step ?? '');
      const work = new WatchedWork((progress) => progress.step === step && progress.done >= Math.min(done, 1));
      await expect(store.backup(work)).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(filesIn(join(dirname(options.file), 'backups'))).toEqual(before);
      expect(store.operations().at(-1)).toMatchObject({ kind: 'backup', outcome: 'cancelled' });
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  it('made in the same moment as another gets a name of its own, and called off it leaves the other alone', async () => {
    const nowMs = T0 + 60_000;
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore({ ...options, clock: { ...systemClock, wallMs: () => nowMs } });
    await store.write(poolBatch('p', pools(0, 10)));
    await store.backup();
    const first = filesIn(join(dirname(options.file), 'backups'));
    const work = new WatchedWork(({ step }) => step === 'reading it back');
    await expect(store.backup(work)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(filesIn(join(dirname(options.file), 'backups'))).toEqual(first);
    await store.backup();
    const names = (await store.backups()).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect((await store.verify(name)).detail).toContain('is intact');
  });

  it('is not begun while another is being made', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await store.write(poolBatch('p', pools(0, 10)));
    const first = store.backup();
    await expect(store.backup()).rejects.toMatchObject({ code: 'BUSY' });
    expect((await first).outcome).toBe('ok');
  });

  it('that was changed afterwards is not proved, and cannot be restored', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 10)));
    await store.backup();
    const [backup] = await store.backups();
    const file = join(dirname(options.file), 'backups', backup?.name ?? '');
    const bytes = readFileSync(file);
    bytes.write('x', bytes.length - 10);
    writeFileSync(file, bytes);
    await expect(store.verify(backup?.name ?? '')).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(store.restore(backup?.name ?? '', true)).rejects.toMatchObject({ code: 'DAMAGED' });
    expect((await store.previewRestore(backup?.name ?? '')).problem).not.toBeNull();
    expect(store.status().state).toBe('ok');
    await expect(store.verify('market-none.db')).rejects.toMatchObject({ code: 'NO_BACKUP' });
  });
});

describe('a check', () => {
  it('goes table by table and can be called off between two', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder()));
    await store.write(poolBatch('p', pools(0, 10)));
    const whole = new WatchedWork();
    expect((await store.check(true, whole)).detail).toContain('indexes agree');
    expect(whole.told.map(({ step }) => step)).toEqual(expect.arrayContaining(['checking candles', 'checking pools']));
    const work = new WatchedWork(({ done }) => done === 1);
    await expect(store.check(false, work)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(store.status().state).toBe('ok');
  });
});

describe('going back to a backup', () => {
  async function withBackup() {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 300)));
    await store.write(candleBatch('c', candles(0, 1_000)));
    await store.backup();
    await store.write(poolBatch('new', pools(300, 40)));
    await store.write(poolBatch('changed', [pool(1, { reserveUsd: '77', observedAtMs: T0 + 5 })]));
    await store.write(candleBatch('moreCandles', candles(1_000, 70)));
    await store.write(candleBatch('otherSeries', [candle(0, { poolId: pool(7).id })]));
    const [backup] = await store.backups();
    return { options, store, backup: backup?.name ?? '' };
  }

  it('tells beforehand what is newer, and an independent count agrees', async () => {
    const { options, store, backup } = await withBackup();
    const { changes, problem } = await store.previewRestore(backup);
    expect(problem).toBeNull();
    const change = new Map(changes?.map((table) => [table.name, table]));
    const copy = join(dirname(options.file), 'backups', backup);
    const counted = (file: string, table: string) => ask(file, `SELECT count(*) FROM ${table}`)[0];
    for (const table of ['pools', 'candles']) {
      expect(change.get(table)).toMatchObject({
        presentRows: counted(options.file, table),
        backupRows: counted(copy, table),
      });
    }
    // 40 new pools and one that was seen again; 70 later bars and one of another series.
    expect([change.get('pools')?.newerRows, change.get('candles')?.newerRows]).toEqual([41, 71]);
    expect(change.get('pools')).toMatchObject({ presentNewestAtMs: T0 + 5, backupNewestAtMs: T0 });
  });

  it.each([
    ['leaves newer rows in the file that is kept', false, 300, 1_000],
    ['brings newer rows over when told to', true, 340, 1_071],
  ])('%s; what is written meanwhile is stored either way', async (_, bringNewer, poolCount, candleCount) => {
    const { options, store, backup } = await withBackup();
    const writing = writeMeanwhile(store, 10_000);
    const { outcome, detail } = await store.restore(backup, bringNewer);
    expect(outcome).toBe('ok');
    await settled(store);
    const acknowledged = await writing.stop();
    if (bringNewer) {
      const report = () => store.operations().find((record) => record.report !== null)?.report;
      await expect.poll(report, { timeout: 15_000 }).toBeTruthy();
      const pool41 = report()?.tables.find(({ table }) => table === 'pools');
      // All of them were read through SQLite, so no page had to be searched.
      expect(pool41).toMatchObject({ scanned: 0, rejected: 0 });
      expect((pool41?.recovered ?? 0) + (pool41?.alreadyThere ?? 0)).toBe(pool41?.walked);
    }
    await store.close();
    const quarantined = /kept in (.*?), and/.exec(detail)?.[1] ?? '';
    expect(filesIn(quarantined)).toContain('market.db');
    const first = `SELECT count(*) FROM pools WHERE id < '${pool(10_000).id}'`;
    expect(ask(options.file, first)).toEqual([poolCount]);
    expect(ask(options.file, 'SELECT count(*) FROM candles')).toEqual([candleCount]);
    // Batches before the restore are in the replaced file, those from then on in the new one; none is in neither.
    const everywhere = new Set([
      ...ask(options.file, `SELECT id FROM pools WHERE id >= '${pool(10_000).id}'`),
      ...ask(join(quarantined, 'market.db'), `SELECT id FROM pools WHERE id >= '${pool(10_000).id}'`),
    ]);
    expect(everywhere.size).toBe(acknowledged);
    if (bringNewer)
      expect(ask(options.file, `SELECT reserve_usd FROM pools WHERE id = '${pool(1).id}'`)).toEqual(['77']);
  });
});

describe('compaction', () => {
  it('frees what was deleted and loses no row that is written meanwhile', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    // Many, so that what is freed is not small beside an empty database.
    for (let first = 0; first < 60_000; first += 20_000) {
      await store.write(candleBatch(`c${first}`, candles(first, 20_000)));
    }
    await store.checkpoint();
    await store.close();
    const db = new Database(options.file);
    db.exec('DELETE FROM candles WHERE starts_at_s % 600 <> 0; UPDATE candle_series SET candles = 0');
    const left = db.prepare('SELECT count(*) FROM candles').pluck().get();
    expect(left).toBe(6_000);
    db.close();
    const before = statSync(options.file).size;
    const inode = statSync(options.file).ino;

    const again = await openTestStore(options);
    const writing = writeMeanwhile(again, 0);
    await expect.poll(() => again.status().commits).toBeGreaterThan(3);
    const work = new WatchedWork();
    const { outcome, detail } = await again.compact(work);
    expect([outcome, detail]).toEqual(['ok', expect.stringMatching(/^[\d.]+ MB were freed/)]);
    expect(work.told.some(({ step }) => step === 'copying')).toBe(true);
    await settled(again);
    const acknowledged = await writing.stop();
    const { spool } = again.status();
    expect(spool).toMatchObject({ batches: 0, lost: 0 });
    await again.close();
    // How large the file is by now says nothing: rows were written all the while.
    const [had = 0, has = 0] = [...detail.matchAll(/ha[ds] ([\d.]+) MB/g)].map(([, size]) => Number(size));
    expect(had).toBeCloseTo(before / 1024 ** 2, 0);
    expect(has).toBeLessThan(0.7 * had);
    expect(statSync(options.file).ino).not.toBe(inode);
    expect(ask(options.file, 'SELECT count(*) FROM candles')).toEqual([left]);
    expect(ask(options.file, 'SELECT count(*) FROM pools')).toEqual([acknowledged]);
    expect(filesIn(dirname(options.file)).filter((name) => name.includes('compacting'))).toEqual([]);
  });

  it('leaves the file as it is when another program has it open, and when it is called off', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 100)));
    const inode = statSync(options.file).ino;
    const reader = await holdLock(options.file, 'read');
    await expect(store.compact()).rejects.toThrow(/another program has the database open/);
    await settled(store);
    await reader.release();
    const calledOff = store.compact(new WatchedWork(({ step }) => step === 'checking pools'));
    await expect(calledOff).rejects.toMatchObject({ code: 'CANCELLED' });
    await settled(store);
    expect(statSync(options.file).ino).toBe(inode);
    expect(filesIn(dirname(options.file)).filter((name) => name.includes('compacting'))).toEqual([]);
    expect((await store.write(poolBatch('after', [pool(500)]))).durability).toBe('committed');
  });
});

describe('a checkpoint by hand', () => {
  it('moves everything and empties the log, or says what keeps it', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 100)));
    expect((await store.checkpoint()).detail).toMatch(
      /the log is empty\. PASSIVE \(0, \d+, \d+\), TRUNCATE \(0, 0, 0\)/,
    );
    expect(statSync(`${options.file}-wal`).size).toBe(0);
    const reader = await holdLock(options.file, 'read');
    await store.write(poolBatch('more', pools(100, 100)));
    expect((await store.checkpoint()).detail).toMatch(/a long read keeps the rest in the log\. PASSIVE \(0, \d+, 0\)/);
    await reader.release();
  });
});

describe('retention', () => {
  const sample = (atMs: number, database: string) => ({
    database,
    atMs,
    state: 'ok',
    commits: 1,
    rows: 1,
    commitP50Ms: 1.5,
    commitP95Ms: 2,
    lockWaitP95Ms: 0,
    lockWaitMaxMs: 0,
    queuedBatches: 0,
    sizeBytes: 1,
    walBytes: 1,
  });

  it('deletes exactly what is too old, in slices that leave room for batches', async () => {
    const nowMs = Date.now();
    const options = {
      ...storeOptions(temporaryFolder(), 'monitor'),
      retention: () => ({ ...KEEP_ALL, samplesDays: 30 }),
    };
    const store = await openTestStore(options);
    const samples = Array.from({ length: 20_000 }, (_, n) =>
      sample(nowMs - n * 0.004 * DAY_MS, n % 3 === 0 ? 'monitor' : 'market'),
    );
    for (let first = 0; first < samples.length; first += 1_000) {
      await store.write({ id: `s${first}`, parts: [packRows('storage_samples', samples.slice(first, first + 1_000))] });
    }
    const young = samples.filter(({ atMs }) => atMs >= nowMs - 29.9 * DAY_MS).length;
    const slots = Array.from({ length: 200 }, (_, n) => ({
      collectorId: 'dexes',
      slotAtMs: n,
      outcome: 'ok',
      runId: null,
      detail: null,
      turn: 0,
      slots: 1,
      untilMs: null,
    }));
    await store.write({ id: 'slots', parts: [packRows('slots', slots)] });

    const waits: number[] = [];
    let going = true;
    const batches = (async () => {
      for (let n = 0; going; n += 1) {
        const { timings } = await store.write({
          id: `m${n}`,
          parts: [packRows('slots', [{ ...slots[0]!, slotAtMs: 1e6 + n }])],
        });
        waits.push(timings.firstTryMs ?? 0);
      }
    })();
    const record = await store.applyRetention();
    going = false;
    await batches;
    await store.close();

    const [slices = 0, longest = 0] =
      /; (\d+) slices, the longest ([\d.]+) ms/
        .exec(record?.detail ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    process.stdout.write(`retention: ${record?.detail} (batches waited ${Math.max(...waits).toFixed(1)} ms at most)\n`);
    // How many depends on the machine; a batch comes between any two.
    expect(slices).toBeGreaterThan(1);
    expect(longest).toBeGreaterThan(0);
    expect(waits.length).toBeGreaterThan(1);
    const kept = ask(options.file, 'SELECT count(*), min(at_ms) FROM storage_samples') as [number, number];
    expect(kept[0]).toBeGreaterThanOrEqual(young);
    expect(kept[0]).toBe(samples.filter(({ atMs }) => Math.ceil(atMs) >= kept[1]).length);
    expect(kept[1]).toBeGreaterThanOrEqual(nowMs - 30 * DAY_MS);
    // Kept for ever, however old.
    expect(ask(options.file, 'SELECT count(*) FROM slots WHERE slot_at_ms < 200')).toEqual([200]);
  });

  it('keeps the writer from its queue for 20 ms at most, over thousands of rows', async () => {
    const options = {
      ...storeOptions(temporaryFolder(), 'monitor'),
      retention: () => ({ ...KEEP_ALL, samplesDays: 30 }),
    };
    const store = await openTestStore(options);
    const old = packRows(
      'storage_samples',
      Array.from({ length: 4_000 }, (_, n) => sample(n, n % 2 === 0 ? 'monitor' : 'market')),
    );
    let round = 0;
    const longestSliceMs = async (): Promise<number> => {
      round += 1;
      await store.write({ id: `old${round}`, parts: [old] });
      const record = await store.applyRetention();
      const [, rows, slices, longest] =
        /deleted: (\d+) of storage_samples; (\d+) slices, the longest ([\d.]+) ms/.exec(record?.detail ?? '') ?? [];
      expect(Number(rows)).toBe(4_000);
      expect(Number(slices)).toBeGreaterThan(1);
      return Number(longest);
    };
    // A busy machine can hold up any slice now and then; a slice that does too much is too long every time.
    await expect.poll(longestSliceMs, { interval: 1, timeout: 30_000 }).toBeLessThanOrEqual(20);
    await store.close();
    expect(ask(options.file, 'SELECT count(*) FROM storage_samples')).toEqual([0]);
  });

  it('cuts candles by timeframe and keeps the count of each series right', async () => {
    const nowMs = Date.now();
    const options = {
      ...storeOptions(temporaryFolder()),
      retention: () => ({ ...KEEP_ALL, candlesDays: { minute: 10, hour: null, day: null } }),
    };
    const store = await openTestStore(options);
    const bars = (timeframe: 'minute' | 'hour') =>
      Array.from({ length: 40 }, (_, n) =>
        candle(n, { timeframe, startsAtS: Math.floor((nowMs - n * DAY_MS) / 1_000) }),
      );
    await store.write(candleBatch('c', [...bars('minute'), ...bars('hour')]));
    const record = await store.applyRetention();
    expect(record?.detail).toContain('30 of candles');
    expect((await store.applyRetention())?.detail).toBe('No row is older than the settings keep.');
    await statusWhere(store, ({ tables }) => tables.some(({ name, rows }) => name === 'candles' && rows === 50));
    await store.close();
    const perSeries = `SELECT s.timeframe, s.candles, count(c.starts_at_s) FROM candle_series s
      LEFT JOIN candles c ON c.series_key = s.key GROUP BY s.key ORDER BY s.timeframe`;
    expect(ask(options.file, perSeries)).toEqual(['hour', 40, 40, 'minute', 10, 10]);
  });

  it('does nothing where everything is kept, and stops between two slices when it is called off', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    const store = await openTestStore(options);
    expect(await store.applyRetention()).toBeNull();
    await store.close();
    const cutting = await openTestStore({
      ...options,
      retention: () => ({ ...KEEP_ALL, samplesDays: 1, runsDays: 1 }),
    });
    await cutting.write({ id: 's', parts: [packRows('storage_samples', [sample(1_000, 'market')])] });
    const work = new WatchedWork();
    work.callOff();
    await expect(cutting.applyRetention(work)).rejects.toMatchObject({ code: 'CANCELLED' });
    await cutting.close();
    expect(ask(options.file, 'SELECT count(*) FROM storage_samples')).toEqual([1]);
  });
});
