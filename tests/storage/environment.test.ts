import { linkSync, renameSync, symlinkSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

describe('a program that reads for long', () => {
  it('does not hinder writes, and is named once it has kept the log from being emptied for half a minute', async () => {
    const options = storeOptions(temporaryFolder());
    // Half a minute passes at once for whoever asks this clock.
    let aheadMs = 0;
    const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + aheadMs };
    const store = await openTestStore({ ...options, clock });
    await store.write(poolBatch('a', [pool(0)]));
    const reader = await holdLock(options.file, 'read');
    const name = 'x'.repeat(2_000);
    for (let n = 0; n < 10; n += 1) {
      const rows = Array.from({ length: 500 }, (_, row) => pool(n * 500 + row, { name: `${name}${n}` }));
      expect(await store.write(poolBatch(`b${n}`, rows))).toMatchObject({ durability: 'committed' });
    }
    const timer = setInterval(() => (aheadMs += 10_000), 1_000);
    onTestFinished(() => clearInterval(timer));
    const status = await statusWhere(store, ({ state }) => state === 'degraded');
    clearInterval(timer);
    expect(status.cause).toContain(`node (process ${reader.pid}) keeps the write-ahead log from being emptied`);
    await reader.release();
    await statusWhere(store, ({ state }) => state === 'ok');
    // Written down the same way as a lock: who it was, and for how long.
    const record = store.operations().find(({ kind }) => kind === 'reader');
    expect(record?.holder).toMatchObject({ pid: reader.pid, program: 'node', certainty: 'exact' });
    expect(record?.durationMs).toBeGreaterThan(30_000);
  });
});

describe('a file that the system does not let anybody look at', () => {
  it('sends what comes meanwhile to the spool, and none of it is refused or lost', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('before', [pool(1)]));
    // At once, so that the file is never missing: a link to itself is in its place.
    linkSync(options.file, `${options.file}.away`);
    symlinkSync(options.file, `${options.file}.link`);
    renameSync(`${options.file}.link`, options.file);
    const acks = await Promise.all([2, 3].map((n) => store.write(poolBatch(`during${n}`, [pool(n)]))));
    expect(acks.map(({ durability }) => durability)).toEqual(['spooled', 'spooled']);
    expect(store.status().cause).toContain('ELOOP');
    renameSync(`${options.file}.away`, options.file);
    const home = await statusWhere(
      store,
      ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 3),
    );
    expect(home.spool).toEqual({ batches: 0, bytes: 0, lost: 0, replayed: 2 });
  });
});

describe('the wall clock', () => {
  it('may step in both directions while a lock is waited for', async () => {
    const options = storeOptions(temporaryFolder());
    let stepMs = 0;
    const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + stepMs };
    const store = await openTestStore({ ...options, clock });
    const holder = await holdLock(options.file, 'write');
    const write = store.write(poolBatch('a', [pool(1)]));
    stepMs = -3_600_000;
    expect((await write).durability).toBe('spooled');
    stepMs = 7_200_000;
    await holder.release();
    await statusWhere(store, ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 1));
  });
});
