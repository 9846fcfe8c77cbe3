// An idle database is asked now and then, the way everybody asks, and what its upkeep knows can be read off.
import { expect, it } from 'vitest';
import { DatabaseCanary } from '../../src/main/monitoring/probes/databaseCanary';
import { DiskRoom } from '../../src/main/monitoring/probes/diskRoom';
import { DatabaseRecord } from '../../src/main/monitoring/sensors/databaseRecord';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const at = (ms: number) => ({ wallMs: 1e12 + ms, monotonicMs: ms });

it('asks an idle database for one write and one read, and a busy one for nothing', async () => {
  const options = storeOptions(temporaryFolder());
  const store = await openTestStore(options);
  const record = new DatabaseRecord(store.status(), at(0));
  const canary = new DatabaseCanary(store, record);
  for (let ms = 0; ms <= 12_000; ms += 1_000) {
    await store.write(poolBatch(`busy ${ms}`, [pool(ms)]));
    await store.read('pools.facets', null);
    canary.look(at(ms));
  }
  const busy = store.status().commits;
  expect(store.health().readLatency.count).toBe(13);
  for (const ms of [15_000, 20_000, 22_000, 25_000]) canary.look(at(ms));
  await expect.poll(() => store.status().commits).toBe(busy + 1);
  await expect.poll(() => store.health().readLatency.count).toBe(14);
  expect(record.unreadable).toBeNull();
});

it('says that a database cannot be read any more', async () => {
  const store = await openTestStore(storeOptions(temporaryFolder()));
  const record = new DatabaseRecord(store.status(), at(0));
  const canary = new DatabaseCanary(store, record);
  const closed = store.close();
  canary.look(at(0));
  await closed;
  await expect.poll(() => record.unreadable?.why).toBe('the database is closed');
});

it('knows the newest backup, and how much room there is', async () => {
  const options = storeOptions(temporaryFolder());
  const store = await openTestStore(options);
  expect(store.health()).toMatchObject({ newestBackupAtMs: null, walPinnedForMs: 0, checkpointFailures: 0 });
  await store.write(poolBatch('one', [pool(1)]));
  await store.backup();
  const [backup] = await store.backups();
  expect(store.health().newestBackupAtMs).toBe(backup?.atMs);
  const record = new DatabaseRecord(store.status(), at(0));
  new DiskRoom(options.file, record).look(at(0));
  await expect.poll(() => record.diskFree).toBeGreaterThan(0);
});
