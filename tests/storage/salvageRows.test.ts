// What a salvage does with values that no row of ours may hold, and with a store that cannot keep what it is handed.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { QUIET_WORK } from '../../src/main/storage/recovery/jobThread';
import { salvageRows } from '../../src/main/storage/recovery/salvage';
import type { Store, StoreOptions } from '../../src/main/storage/store';
import type { WriteAck, WriteBatch } from '../../src/shared/contract/storage';
import { packRows } from '../../src/shared/contract/tables';
import { T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const SAMPLES = 20;
/** Found again in the file by its bytes. */
const MARK_MS = 1234.567_891;

/** A monitor.db at rest with samples, one of which has the mark. */
async function sampledFile(): Promise<StoreOptions> {
  const options = storeOptions(temporaryFolder(), 'monitor');
  const store = await openSampled(options);
  await store.close();
  return options;
}

async function openSampled(options: StoreOptions): Promise<Store> {
  const store = await openTestStore(options);
  const samples = Array.from({ length: SAMPLES }, (_, n) => ({
    ...{ database: 'market' as const, atMs: T0 + n * 60_000, state: 'ok' as const, commits: n, rows: 10 * n },
    ...{ commitP50Ms: 1.5, commitP95Ms: n === 7 ? MARK_MS : 2.5, lockWaitP95Ms: 0, lockWaitMaxMs: 0 },
    ...{ queuedBatches: 0, sizeBytes: 4_096, walBytes: 0 },
  }));
  await store.write({ id: 'samples', parts: [packRows('storage_samples', samples)] });
  return store;
}

function putInfinityIn({ file }: StoreOptions): void {
  const db = new Database(file);
  db.prepare('UPDATE storage_samples SET commit_p95_ms = 9e999 WHERE commit_p95_ms = ?').run(MARK_MS);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** As damage leaves it on a page; without a header only the pages are left to look at. */
function putNaNIn({ file }: StoreOptions): void {
  const bytes = readFileSync(file);
  const mark = Buffer.alloc(8);
  mark.writeDoubleBE(MARK_MS);
  const at = bytes.indexOf(mark);
  expect(at).toBeGreaterThan(0);
  bytes.fill(0xff, at, at + 8);
  bytes.fill(0xff, 0, 100);
  writeFileSync(file, bytes);
}

/** A replacement that ended when the database had been moved and its log had not. */
function cutShort(from: StoreOptions, to: StoreOptions): void {
  const folder = join(dirname(to.file), 'quarantine', 'monitor.db-1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'unsalvaged'), JSON.stringify({ reason: 'damage', replacedAtMs: 1, backup: null }));
  writeFileSync(join(folder, 'moving'), JSON.stringify(['', '-wal']));
  copyFileSync(from.file, join(folder, 'monitor.db'));
  copyFileSync(`${from.file}-wal`, `${to.file}-wal`);
}

describe('a salvage', () => {
  it('also brings what was only in the log of a database whose replacement was cut short', async () => {
    const written = storeOptions(temporaryFolder(), 'monitor');
    await openSampled(written);
    const options = storeOptions(temporaryFolder(), 'monitor');
    cutShort(written, options);
    const store = await openTestStore(options);
    const reports = (): readonly unknown[] => store.operations().flatMap(({ report }) => report?.tables ?? []);
    await expect
      .poll(reports, { timeout: 20_000 })
      .toContainEqual(expect.objectContaining({ table: 'storage_samples', recovered: SAMPLES }));
  });

  it.each([
    ['an endless number that SQLite still reads', putInfinityIn],
    ['a number on a page that is none', putNaNIn],
  ])('leaves a row with %s behind, counts it, and brings all others', async (_, spoil) => {
    const replaced = await sampledFile();
    spoil(replaced);
    const fresh = storeOptions(temporaryFolder(), 'monitor');
    const store = await openTestStore(fresh);
    const tables = await salvageRows(replaced, replaced.file, (batch) => store.write(batch), QUIET_WORK);
    expect(tables.find(({ table }) => table === 'storage_samples')).toMatchObject({
      recovered: SAMPLES - 1,
      rejected: 1,
    });
    await store.close();
    const db = new Database(fresh.file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM storage_samples').pluck().get()).toBe(SAMPLES - 1);
    db.close();
  });

  it('is not done while its rows are only in memory: the next start has to bring them', async () => {
    const replaced = await sampledFile();
    const inMemory = (batch: WriteBatch): Promise<WriteAck> =>
      Promise.resolve({
        ...{ batchId: batch.id, durability: 'volatile', inserted: 0, changed: 0, unchanged: 0, rejected: [] },
        timings: { pickedMs: 0, firstTryMs: null, begunMs: null, committedMs: null },
      });
    await expect(salvageRows(replaced, replaced.file, inMemory, QUIET_WORK)).rejects.toMatchObject({ code: 'NO_ROOM' });
  });
});
