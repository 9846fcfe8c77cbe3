import { describe, expect, it } from 'vitest';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

describe('while another program holds the write lock', () => {
  it('reads go on, and what was written meanwhile is stored once the lock is free', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('before', [pool(1)]));
    const holder = await holdLock(options.file, 'write');
    const write = store.write(poolBatch('during', [pool(2)]));
    const status = await statusWhere(store, ({ state }) => state !== 'ok');
    expect(status.cause).toMatch(/another program/i);
    const list = await store.read('pools.facets', null);
    expect(list.networks).toEqual([{ id: 'solana', dexIds: ['orca'] }]);
    await holder.release();
    expect(await write).toMatchObject({ inserted: 1 });
    await statusWhere(store, ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 2));
  });

  it('opens as soon as an exclusive lock ends, with what was written before', async () => {
    const options = storeOptions(temporaryFolder());
    const first = await openTestStore(options);
    await first.close();
    const holder = await holdLock(options.file, 'exclusive');
    const store = await openTestStore(options);
    const write = store.write(poolBatch('early', [pool(1)]));
    await holder.release();
    expect(await write).toMatchObject({ inserted: 1 });
  });
});
