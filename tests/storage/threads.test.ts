import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { holdLock } from './support/holder';
import { pool, poolBatch } from './support/sampleRows';
import { BUILT_WORKERS, openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

/** The real writer, in a thread that dies at a given message of its first life: before storing it, or after. */
function dyingWriter(folder: string, when: 'before' | 'after', message: number): string {
  const file = join(folder, 'dyingWriter.mjs');
  const once = join(folder, 'died');
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     let seen = 0;
     const die = () => {
       seen += 1;
       if (seen !== ${message} || existsSync(${JSON.stringify(once)})) return;
       writeFileSync(${JSON.stringify(once)}, '');
       process.exit(1);
     };
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (name, listener) => on(name, (value) => {
       if ('${when}' === 'before') die();
       listener(value);
       if ('${when}' === 'after') die();
     });
     await import(${JSON.stringify(pathToFileURL(BUILT_WORKERS.writer).href)});
    `,
  );
  return file;
}

describe('when the writer thread dies', () => {
  it.each(['before', 'after'] as const)('stores every batch exactly once (%s the commit)', async (when) => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    const store = await openTestStore({
      ...options,
      workers: { ...BUILT_WORKERS, writer: dyingWriter(folder, when, 3) },
    });
    for (let n = 0; n < 6; n += 1) {
      expect((await store.write(poolBatch(`b${n}`, [pool(n)]))).durability).not.toBe('volatile');
    }
    const status = await statusWhere(
      store,
      ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 6),
    );
    expect(status).toMatchObject({ spool: { batches: 0, lost: 0 } });
  });

  it('does not take the wait of the thread that died for one that goes on', async () => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    // It dies of the third message: told to set aside what waits for the lock.
    const writer = dyingWriter(folder, 'before', 3);
    const store = await openTestStore({ ...options, workers: { ...BUILT_WORKERS, writer } });
    await store.write(poolBatch('before', [pool(1)]));
    const holder = await holdLock(options.file, 'write');
    expect((await store.write(poolBatch('during', [pool(2)]))).durability).toBe('spooled');
    await holder.release();
    const status = await statusWhere(
      store,
      ({ state, tables }) => state === 'ok' && tables.some(({ rows }) => rows === 2),
    );
    expect(status).toMatchObject({ lockedSinceMs: null, holder: null });
    expect(store.operations().map(({ kind }) => kind)).toContain('thread');
  });

  it('gives up loudly when it dies at every start', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'broken.mjs');
    writeFileSync(file, `throw new Error('broken on purpose');`);
    const options = { ...storeOptions(folder), workers: { ...BUILT_WORKERS, writer: file } };
    // Restarts come after 0.5, 2 and then 10 seconds: let them come at once.
    const clock = { ...options.clock, after: (_: number, action: () => void) => options.clock.after(0, action) };
    await expect(openTestStore({ ...options, clock })).rejects.toMatchObject({ code: 'WORKER_GONE' });
  });
});
