import { describe, expect, it } from 'vitest';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

describe('while another program holds the write lock', () => {
  it('accepts batches durably at once, names the holder, reads on, and brings everything home afterwards', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('before', [pool(1)]));
    const holder = await holdLock(options.file, 'write');
    const first = await store.write(poolBatch('during', [pool(2)]));
    expect(first.durability).toBe('spooled');
    const locked = await statusWhere(store, ({ state, holder: seen }) => state === 'spooling' && seen !== null);
    expect(locked.holder).toMatchObject({ pid: holder.pid, program: 'node', certainty: 'exact' });
    expect(locked.holder?.command).toContain('lockHolder.mjs');
    expect(locked.cause).toContain(`node (process ${holder.pid}) holds the write lock`);
    expect(locked.breaker.state).toBe('open');

    const startedAt = performance.now();
    const second = await store.write(poolBatch('during too', [pool(3), pool(4)]));
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(second).toMatchObject({ durability: 'spooled', inserted: 0 });
    expect(store.status().spool.batches).toBe(2);
    expect((await store.read('pools.facets', null)).networks).toEqual([{ id: 'solana', dexIds: ['orca'] }]);

    await holder.release();
    const home = await statusWhere(
      store,
      ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 4),
    );
    expect(home.spool).toEqual({ batches: 0, bytes: 0, replayed: 2, lost: 0 });
    expect(home).toMatchObject({ holder: null, breaker: { state: 'closed' } });
    expect(home.lastLock).toMatchObject({ holder: { pid: holder.pid }, spooledBatches: 2 });
    expect(store.operations().map(({ kind }) => kind)).toEqual(['lock']);
    expect(store.operations()[0]?.detail).toMatch(
      new RegExp(`^node \\(process ${holder.pid}, .*held the write lock\\.$`),
    );
  });

  it('rides through a short lock without a word', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const states = new Set<string>();
    store.onStatus(({ state }) => states.add(state));
    const holder = await holdLock(options.file, 'write');
    const write = store.write(poolBatch('short', [pool(1)]));
    await holder.release();
    expect(await write).toMatchObject({ durability: 'committed', inserted: 1 });
    await statusWhere(store, ({ tables }) => tables.some(({ rows }) => rows === 1));
    expect([...states].filter((state) => state !== 'ok' && state !== 'starting')).toEqual([]);
  });

  it('keeps what it had accepted when it is closed meanwhile', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    const holder = await holdLock(options.file, 'write');
    const writes = [store.write(poolBatch('a', [pool(1)])), store.write(poolBatch('b', [pool(2)]))];
    await store.close();
    expect((await Promise.all(writes)).map((ack) => ack.durability)).toEqual(['spooled', 'spooled']);
    expect(store.operations().filter(({ kind }) => kind === 'breaker')).toEqual([]);
    await holder.release();
    const reopened = await openTestStore(options);
    await statusWhere(reopened, ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 2));
  });

  it('opens as soon as an exclusive lock ends, with what was written before', async () => {
    const options = storeOptions(temporaryFolder());
    const first = await openTestStore(options);
    await first.close();
    const holder = await holdLock(options.file, 'exclusive');
    const store = await openTestStore(options);
    const write = store.write(poolBatch('early', [pool(1)]));
    await holder.release();
    expect((await write).durability).not.toBe('volatile');
    await statusWhere(store, ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 1));
  });
});
