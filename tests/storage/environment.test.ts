import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

/** Mounting and marking files immutable need root; without it these tests are skipped. */
const isRoot = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the disk', () => {
  beforeEach((context) => {
    context.skip(!isRoot, 'mounting a small disk and marking files immutable are not allowed here');
  });

  it('full: batches go to the spool on another disk, and home once there is room', async () => {
    const folder = temporaryFolder();
    const small = join(folder, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', small]));
    const options = { ...storeOptions(folder), file: join(small, 'market.db') };
    const store = await openTestStore(options);
    const ballast = join(small, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_200_000));
    const name = 'x'.repeat(500);
    const durabilities = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const rows = Array.from({ length: 50 }, (_, row) => pool(n * 50 + row, { name }));
      durabilities.add((await store.write(poolBatch(`b${n}`, rows))).durability);
    }
    expect([...durabilities].sort()).toEqual(['committed', 'spooled']);
    expect(store.status()).toMatchObject({ state: 'spooling', cause: expect.stringContaining('full') });
    expect(await store.read('pools.largest', { networkIds: ['solana'], limit: 1 })).toHaveLength(1);

    rmSync(ballast);
    execFileSync('mount', ['-o', 'remount,size=20m', small]);
    const home = await statusWhere(
      store,
      ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 1_000),
    );
    expect(home.spool).toMatchObject({ batches: 0, lost: 0 });
    await store.close();
  });

  it('refusing writes: batches go to the spool, and home once the file can be written', async () => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write(poolBatch('a', [pool(1)]));
    await before.close();
    const setImmutable = (flag: '+i' | '-i'): unknown =>
      execFileSync('chattr', [flag, options.file], { stdio: 'ignore' });
    setImmutable('+i');
    onTestFinished(() => void setImmutable('-i'));
    const store = await openTestStore(options);
    expect((await store.write(poolBatch('b', [pool(2)]))).durability).toBe('spooled');
    expect(store.status()).toMatchObject({ state: 'spooling', cause: expect.stringContaining('readonly') });
    expect(await store.read('pools.largest', { networkIds: ['solana'], limit: 5 })).toHaveLength(1);
    setImmutable('-i');
    await statusWhere(store, ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 2));
  });
});

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
