import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/main/storage/store';
import type { WriteAck, WriteBatch } from '../../src/shared/contract/storage';
import { packRows, type TableName } from '../../src/shared/contract/tables';
import { systemClock } from '../../src/main/engine/systemClock';
import { holdLock } from './support/holder';
import { Spool } from '../../src/main/storage/spool/spool';
import { pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const rowsIn = (store: Store): Promise<unknown> =>
  statusWhere(store, ({ state, breaker }) => state === 'ok' && breaker.state === 'closed');
function poolsIn(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM pools').pluck().get();
  } finally {
    db.close();
  }
}
function baselinesIn(file: string): ReadonlyMap<string, string> {
  const db = new Database(file, { readonly: true });
  try {
    return new Map(db.prepare<[], [string, string]>('SELECT id, body FROM baselines').raw().all());
  } finally {
    db.close();
  }
}
const spoolOn = (folder: string, limitBytes = 1e9): Spool => new Spool({ folder, prefix: 'market', limitBytes });

describe('a database taken out of service', () => {
  it('spools until it is put back, also across a restart, and stores everything once', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    store.isolate();
    expect(await store.write(poolBatch('a', [pool(1)]))).toMatchObject({ durability: 'spooled' });
    await store.close();

    const again = await openTestStore(options);
    expect(again.status()).toMatchObject({ state: 'spooling', spool: { batches: 1 } });
    expect(again.status().cause).toContain('by hand');
    expect(await again.write(poolBatch('b', [pool(2)]))).toMatchObject({ durability: 'spooled' });
    again.rejoin();
    await rowsIn(again);
    expect(again.status()).toMatchObject({ spool: { batches: 0, replayed: 2, lost: 0 }, rowsWritten: 2 });
    expect(readdirSync(options.spoolDir)).toEqual([]);
    await again.close();

    const third = await openTestStore(options);
    expect(third.status().state).toBe('ok');
  });

  it.each([1, 40, 120])(
    'closed in the middle of the replay (%i batches are home), keeps the rest for the next start',
    async (home) => {
      const options = storeOptions(temporaryFolder());
      const store = await openTestStore(options);
      store.isolate();
      const batches = Array.from({ length: 200 }, (_, n) =>
        poolBatch(
          `b${n}`,
          Array.from({ length: 50 }, (_, row) => pool(n * 50 + row)),
        ),
      );
      const acks = await Promise.all(batches.map((batch) => store.write(batch)));
      expect(acks.every(({ durability }) => durability === 'spooled')).toBe(true);
      store.rejoin();
      // The status is told a few times a second only; by then it would be over.
      while (store.status().spool.replayed < home) await setImmediate();
      expect(store.status().breaker.state).toBe('half_open');
      await store.close();
      expect(store.status().spool.lost).toBe(0);

      const again = await openTestStore(options);
      await rowsIn(again);
      expect(again.status().spool).toMatchObject({ batches: 0, lost: 0 });
      await again.close();
      expect(readdirSync(options.spoolDir)).toEqual([]);
      // Counted in the file: the status tells the rows of tables a moment later.
      expect(poolsIn(options.file)).toBe(10_000);
    },
  );

  it('takes a batch that is stored and spooled for what it is: one batch', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('twice', [pool(1)]));
    await store.close();
    const spool = spoolOn(options.spoolDir);
    await spool.open();
    await spool.append(poolBatch('twice', [pool(2)]));
    await spool.close();
    const again = await openTestStore(options);
    await rowsIn(again);
    expect(again.status().spool).toMatchObject({ replayed: 1, lost: 0 });
    await again.close();
    expect(poolsIn(options.file)).toBe(1);
  });
});

describe('while the spool is brought home', () => {
  const baseline = (id: string, version: number): WriteBatch => ({
    id: `${id}-${version}`,
    parts: [packRows('baselines', [{ id, atMs: T0, body: String(version) }])],
  });
  /** More than is sent to the writer in one go. */
  async function fill(store: Store): Promise<void> {
    const rows = Array.from({ length: 500 }, (_, n) => ({ id: `filler${n}`, atMs: T0, body: '1' }));
    const writes = Array.from({ length: 12 }, (_, n) =>
      store.write({ id: `filler${n}`, parts: [packRows('baselines', rows)] }),
    );
    await Promise.all(writes);
  }

  it('no row that waited there comes after a newer one', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    const store = await openTestStore(options);
    store.isolate();
    await fill(store);
    await store.write(baseline('a', 1));
    store.rejoin();
    while (store.status().spool.replayed === 0) await setImmediate();
    expect(store.status().breaker.state).toBe('half_open');
    await store.write(baseline('a', 2));
    await rowsIn(store);
    await store.close();
    expect(baselinesIn(options.file).get('a')).toBe('2');
  });

  it.each([0, 30])(
    'under writers that never pause (and %i batches only in memory), comes to an end and keeps the latest of each',
    async (inMemory) => {
      const options = { ...storeOptions(temporaryFolder(), 'monitor'), spoolLimitBytes: inMemory > 0 ? 20_000 : 1e9 };
      const store = await openTestStore(options);
      store.isolate();
      if (inMemory === 0) await fill(store);
      const latest = new Map<string, string>();
      const durabilities = new Set<string>();
      let goesOn = true;
      const writers = Array.from({ length: 20 }, async (_, n) => {
        for (let version = 1; goesOn; version += 1) {
          const { durability } = await store.write(baseline(`k${n}`, version));
          durabilities.add(durability);
          latest.set(`k${n}`, String(version));
          await setImmediate();
        }
      });
      const isEnough = (): boolean =>
        inMemory > 0 ? store.status().queuedBatches >= inMemory : store.status().spool.batches >= 200;
      while (!isEnough()) await setImmediate();
      store.rejoin();
      await rowsIn(store);
      while (!durabilities.has('committed')) await setImmediate();
      // Also when hardly anything is in there, or nothing yet.
      for (let round = 0; round < 20; round += 1) {
        store.isolate();
        for (let turn = 0; turn < round % 3; turn += 1) await setImmediate();
        store.rejoin();
        while (store.status().breaker.state !== 'closed') await setImmediate();
        expect(store.status().spool.batches).toBe(0);
      }
      goesOn = false;
      await Promise.all(writers);
      await store.close();
      expect(store.status().spool.lost).toBe(0);
      expect(durabilities.has('volatile')).toBe(inMemory > 0);
      const stored = baselinesIn(options.file);
      expect([...latest].filter(([id, version]) => stored.get(id) !== version)).toEqual([]);
    },
  );
});

describe('when the breaker opens over sixty thousand rows that wait', () => {
  it('does not hold up the thread for as long as it takes to write them', async () => {
    // Neither a lock that lasts nor a writer that says nothing opens it before its time.
    const clock = {
      ...systemClock,
      after: (ms: number, run: () => void) => systemClock.after(ms < 1_000 ? 60_000 : ms, run),
    };
    const options = { ...storeOptions(temporaryFolder()), clock };
    const store = await openTestStore(options);
    await holdLock(options.file, 'write');
    const acks: Promise<WriteAck>[] = [];
    for (let n = 0; n < 600; n += 1) {
      const rows = Array.from({ length: 100 }, (_, row) => pool(n * 100 + row));
      acks.push(store.write(poolBatch(`b${n}`, rows)));
      await setImmediate();
    }
    expect(store.status()).toMatchObject({ queuedBatches: 600, breaker: { state: 'closed' } });
    let isOver = false;
    const over = Promise.all(acks).finally(() => (isOver = true));
    // What the thread worked, not what others on the machine did meanwhile.
    let before = process.cpuUsage();
    let longestMs = 0;
    store.isolate();
    while (!isOver) {
      const { user, system } = process.cpuUsage(before);
      longestMs = Math.max(longestMs, (user + system) / 1_000);
      before = process.cpuUsage();
      await setImmediate();
    }
    expect((await over).every(({ durability }) => durability === 'spooled')).toBe(true);
    expect(longestMs).toBeLessThan(100);
  });
});

describe('the spool on disk', () => {
  it('puts a batch aside whose table is not known here, and brings home the others', async () => {
    const options = storeOptions(temporaryFolder());
    const spool = spoolOn(options.spoolDir);
    await spool.open();
    await spool.append({ id: 'of another version', parts: [{ table: 'gone' as TableName, rows: [['a', 1]] }] });
    await spool.append(poolBatch('good', [pool(1)]));
    await spool.close();
    const store = await openTestStore(options);
    await rowsIn(store);
    expect(store.status()).toMatchObject({ rowsWritten: 1, spool: { batches: 0, replayed: 1, lost: 1 } });
    await store.close();
    expect(readdirSync(options.spoolDir)).toEqual(['market-unstorable.kept']);
  });

  it.each([
    ['its header damaged, brings its batches home', 8, { replayed: 2, lost: 0 }, []],
    [
      'nothing in it that can be read, keeps it and says so',
      1e9,
      { replayed: 0, lost: 1 },
      ['market-00000001.spool.damaged'],
    ],
  ])('with %s', async (_, until, spooled, left) => {
    const options = storeOptions(temporaryFolder());
    const spool = spoolOn(options.spoolDir);
    await spool.open();
    for (const n of [1, 2]) await spool.append(poolBatch(`b${n}`, [pool(n)]));
    await spool.close();
    const file = join(options.spoolDir, readdirSync(options.spoolDir)[0] ?? '');
    writeFileSync(
      file,
      readFileSync(file).map((byte, at) => (at < until ? byte ^ 0xff : byte)),
    );
    const store = await openTestStore(options);
    await rowsIn(store);
    expect(store.status().spool).toMatchObject({ batches: 0, ...spooled });
    await store.close();
    expect(readdirSync(options.spoolDir)).toEqual(left);
  });

  it('is read back after a torn end, and goes on in a new file', async () => {
    const folder = temporaryFolder();
    const first = spoolOn(folder);
    await first.open();
    await Promise.all([1, 2, 3].map((n) => first.append(poolBatch(`b${n}`, [pool(n)]))));
    await first.close();
    const [name = ''] = readdirSync(folder);
    appendFileSync(join(folder, name), readFileSync(join(folder, name)).subarray(8, 60));

    const second = spoolOn(folder);
    await second.open();
    expect([second.batches, second.lost]).toEqual([3, 0]);
    await second.append(poolBatch('b4', [pool(4)]));
    await second.seal();
    const batches = [];
    for (const file of second.sealedFiles()) batches.push(...(await second.read(file)));
    expect(batches.map((batch) => batch.id)).toEqual(['b1', 'b2', 'b3', 'b4']);
  });

  it('says how many promised batches were damaged, brings back the rest, and keeps the file', async () => {
    const options = storeOptions(temporaryFolder());
    const spool = spoolOn(options.spoolDir);
    await spool.open();
    for (const n of [1, 2, 3]) await spool.append(poolBatch(`b${n}`, [pool(n)]));
    await spool.close();
    const file = join(options.spoolDir, readdirSync(options.spoolDir)[0] ?? '');
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
    writeFileSync(file, bytes);

    const store = await openTestStore(options);
    await rowsIn(store);
    expect(store.status()).toMatchObject({ rowsWritten: 2, spool: { replayed: 2, lost: 1 } });
    expect(readdirSync(options.spoolDir).some((name) => name.endsWith('.damaged'))).toBe(true);
  });

  it('keeps its promise for what is appended while a file is being sealed', async () => {
    const spool = spoolOn(temporaryFolder());
    await spool.open();
    // Each round the append comes at another moment of the sealing.
    for (let round = 0; round < 200; round += 1) {
      await spool.append(poolBatch(`before${round}`, [pool(1)]));
      const sealing = spool.seal();
      for (let turn = 0; turn < round % 5; turn += 1) await setImmediate();
      await Promise.all([sealing, spool.append(poolBatch(`during${round}`, [pool(2)]))]);
    }
    await spool.seal();
    expect(spool.batches).toBe(400);
    const ids = new Set<string>();
    for (const file of spool.sealedFiles()) for (const { id } of await spool.read(file)) ids.add(id);
    expect([ids.size, spool.lost]).toEqual([400, 0]);
  });

  it('never gives a new file the number of a damaged one that is kept', async () => {
    const folder = temporaryFolder();
    for (const life of ['first', 'second']) {
      const spool = spoolOn(folder);
      await spool.open();
      for (const n of [1, 2, 3]) await spool.append(poolBatch(`${life}${n}`, [pool(n)]));
      await spool.seal();
      const [file = ''] = spool.sealedFiles();
      const bytes = readFileSync(file);
      const middle = Math.floor(bytes.length / 2);
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
      writeFileSync(file, bytes);
      await spool.remove(file);
      await spool.close();
    }
    expect(readdirSync(folder).sort()).toEqual(['market-00000001.spool.damaged', 'market-00000002.spool.damaged']);
  });

  it('starts a new file when one has grown large, and removes each once it is home', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    store.isolate();
    const name = 'x'.repeat(2_000);
    for (let n = 0; n < 10; n += 1) {
      await store.write(
        poolBatch(
          `b${n}`,
          Array.from({ length: 600 }, (_, row) => pool(n * 600 + row, { name })),
        ),
      );
    }
    expect(readdirSync(options.spoolDir).filter((file) => file.endsWith('.spool')).length).toBeGreaterThan(1);
    store.rejoin();
    await rowsIn(store);
    expect(store.status()).toMatchObject({ rowsWritten: 6_000, spool: { batches: 0, bytes: 0 } });
    expect(readdirSync(options.spoolDir)).toEqual([]);
  });

  it('at its limit, answers loudly that a batch is only in memory, and stores it when the database is back', async () => {
    const options = { ...storeOptions(temporaryFolder()), spoolLimitBytes: 2_000 };
    const store = await openTestStore(options);
    store.isolate();
    expect((await store.write(poolBatch('fits', [pool(1)]))).durability).toBe('spooled');
    const many = Array.from({ length: 20 }, (_, n) => pool(n + 2));
    expect((await store.write(poolBatch('too large', many))).durability).toBe('volatile');
    expect(store.status()).toMatchObject({ state: 'degraded', queuedBatches: 1 });
    expect(store.status().cause).toMatch(/only in memory.*limit of 2000 bytes/);
    store.rejoin();
    await statusWhere(store, ({ tables }) => tables.some(({ rows }) => rows === 21));
    await rowsIn(store);
  });

  it('saves what it holds when its files are removed under it', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    store.isolate();
    await store.write(poolBatch('a', [pool(1)]));
    rmSync(options.spoolDir, { recursive: true });
    expect((await store.write(poolBatch('b', [pool(2)]))).durability).toBe('spooled');
    store.rejoin();
    await rowsIn(store);
    expect(store.status()).toMatchObject({ rowsWritten: 2, spool: { replayed: 2, lost: 0 } });
  });

  it('answers volatile instead of a promise it cannot keep when its folder cannot be made', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    store.isolate();
    await store.write(poolBatch('a', [pool(1)]));
    rmSync(options.spoolDir, { recursive: true });
    writeFileSync(options.spoolDir, 'not a folder');
    expect((await store.write(poolBatch('b', [pool(2)]))).durability).toBe('volatile');
    rmSync(options.spoolDir);
    store.rejoin();
    await rowsIn(store);
    expect(store.status()).toMatchObject({ rowsWritten: 2, spool: { lost: 0 } });
  });
});
