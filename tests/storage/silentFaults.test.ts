import { existsSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/main/storage/store';
import type { OperationRecord } from '../../src/shared/domain/database';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { fateWithin, openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

// Faults that SQLite does not report: writes go on "successfully" into a file that nobody can find any more. What becomes of rows
// that are written meanwhile is in the fault matrix.
const FAULTS: readonly (readonly [string, (file: string) => void])[] = [
  ['the database file is unlinked', (file) => rmSync(file)],
  ['the database file is renamed', (file) => renameSync(file, `${file}.moved`)],
  ['the write-ahead log is unlinked', (file) => rmSync(`${file}-wal`)],
  ['the shared-memory index is unlinked', (file) => rmSync(`${file}-shm`)],
];

const ids = (file: string): unknown[] => {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT id FROM pools ORDER BY id').pluck().all();
  } finally {
    db.close();
  }
};

async function rescued(store: Store): Promise<OperationRecord> {
  await expect
    .poll(() => store.operations().filter(({ kind }) => kind === 'files'), { timeout: 10_000 })
    .toHaveLength(1);
  return store.operations().find(({ kind }) => kind === 'files') as OperationRecord;
}

async function settled(store: Store): Promise<void> {
  await statusWhere(
    store,
    ({ state, breaker, queuedBatches }) => state === 'ok' && breaker.state === 'closed' && queuedBatches === 0,
  );
}

describe('when files change under the open database', () => {
  it.each(FAULTS)('notices it without a write, and repairs it: %s', async (_, damage) => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('a', [pool(1), pool(2)]));
    damage(options.file);
    await rescued(store);
    await settled(store);
    await store.close();
    expect(ids(options.file)).toEqual([pool(1).id, pool(2).id]);
  });

  it.concurrent.each([
    ['the database file is unlinked', (file: string) => rmSync(file)],
    ['the write-ahead log is cut', (file: string) => truncateSync(`${file}-wal`, 0)],
  ])(
    'begins nothing anew while it cannot put back what it still reaches, says why, and saves it as soon as it can: %s',
    async (_, damage) => {
      const folder = temporaryFolder();
      const options = storeOptions(folder);
      const store = await openTestStore(options);
      await store.write(poolBatch('a', [pool(1)]));
      const obstacle = join(folder, 'quarantine');
      writeFileSync(obstacle, 'in the way');
      damage(options.file);
      const { outcome, detail } = await rescued(store);
      expect([outcome, detail]).toEqual([
        'failed',
        expect.stringMatching(/while it was open; .*cannot be put back yet/),
      ]);
      expect(store.status().cause).toMatch(/cannot be put back yet/);
      const ack = await store.write(poolBatch('b', [pool(2)]));
      expect(ack.durability).toBe('spooled');
      expect(await fateWithin(store.read('pools.facets', null), 2_000)).not.toBe('pending');
      rmSync(obstacle);
      await expect
        .poll(
          () =>
            store
              .operations()
              .filter(({ kind }) => kind === 'files')
              .map(({ outcome: each }) => each),
          { timeout: 10_000 },
        )
        .toEqual(expect.arrayContaining(['ok']));
      await settled(store);
      await store.close();
      expect(ids(options.file)).toEqual([pool(1).id, pool(2).id]);
      expect(readdirSync(folder).filter((name) => name.includes('rescued'))).toEqual([]);
    },
  );

  it('goes on without what the log alone held and the connection no longer reaches: that cannot be saved later either', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('a', [pool(1)]));
    await store.checkpoint();
    await holdLock(options.file, 'read');
    const name = 'x'.repeat(100_000);
    // More than the connection keeps in memory.
    for (let n = 0; n < 8; n += 1) {
      const rows = Array.from({ length: 40 }, (_, row) => pool(2 + 40 * n + row, { name }));
      await store.write(poolBatch(`large ${n}`, rows));
    }
    truncateSync(`${options.file}-wal`, 0);
    const { outcome } = await rescued(store);
    await settled(store);
    await store.write(poolBatch('next', [pool(1_000)]));
    await store.close();
    expect(outcome).toBe('failed');
    expect(ids(options.file)).toEqual([pool(1).id, pool(1_000).id]);
  });

  it('keeps what it still reaches in a copy when it is closed before that can be put back', async () => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    const store = await openTestStore(options);
    await store.write(poolBatch('a', [pool(1)]));
    writeFileSync(join(folder, 'quarantine'), 'in the way');
    rmSync(options.file);
    await rescued(store);
    await store.close();
    const copies = readdirSync(folder).filter((name) => name.includes('.rescued-'));
    expect(copies).toHaveLength(1);
    expect(ids(join(folder, copies[0] ?? ''))).toEqual([pool(1).id]);
    expect(existsSync(options.file)).toBe(false);
  });

  it('keeps our rows in a copy when another database is put in place, and goes on with that one', async () => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    const store = await openTestStore(options);
    await store.write(poolBatch('ours', [pool(1), pool(2)]));

    const other = { ...storeOptions(temporaryFolder()) };
    const theirs = await openTestStore(other);
    await theirs.write(poolBatch('theirs', [pool(7)]));
    await theirs.close();
    renameSync(other.file, options.file);
    const { detail } = await rescued(store);
    await settled(store);
    await store.write(poolBatch('next', [pool(8)]));
    await store.close();
    const copy = /saved to (.*)\.$/.exec(detail)?.[1] ?? '';
    expect(ids(copy)).toEqual([pool(1).id, pool(2).id]);
    expect(ids(options.file)).toEqual([pool(7).id, pool(8).id]);
  });
});
