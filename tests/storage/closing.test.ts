import { closeSync, existsSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { prepareStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { pool, poolBatch } from './support/sampleRows';
import { BUILT_WORKERS, fateWithin, openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const CLOSED_WITHIN_MS = 8_000;
const PAGE_BYTES = 4_096;
/** The second thread that a store starts, after the reader. */
const WRITER = 1;

/** Every thread that is started from now on. */
function threadsStarted(): readonly Worker[] {
  const threads: Worker[] = [];
  const add = (thread: Worker): void => void threads.push(thread);
  process.on('worker', add);
  onTestFinished(() => void process.off('worker', add));
  return threads;
}

async function allEnded(threads: readonly Worker[]): Promise<void> {
  expect(threads.length).toBeGreaterThan(1);
  await expect.poll(() => threads.filter(({ threadId }) => threadId !== -1).length, { timeout: 3_000 }).toBe(0);
}

/** A thread of ours on a slow disk: it does something of the test's before it does what it is asked. */
function slowThread(folder: string, built: string, request: string, before: string): string {
  const file = join(folder, 'slowThread.mjs');
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
     parentPort.on = (name, listener) => on(name, (value) => {
       if (value.kind === '${request}') { ${before} }
       listener(value);
     });
     await import(${JSON.stringify(pathToFileURL(built).href)});
    `,
  );
  return file;
}

/** Resolves in the turn after a thread has ended. */
function ended(thread: Worker | undefined): Promise<void> {
  return new Promise((resolve) => void thread?.once('exit', () => setImmediate(resolve)));
}

/** Resolves in the next turn after work on the file has begun. */
async function isWorkedOn(store: Store): Promise<void> {
  while (store.status().state !== 'recovering') await new Promise((resolve) => void setImmediate(resolve));
}

describe('closing', () => {
  it('a store that was prepared and never opened starts no thread and touches no file', async () => {
    const threads = threadsStarted();
    const options = storeOptions(temporaryFolder());
    const { store } = prepareStore(options);
    expect(store.status().state).toBe('starting');
    await store.close();
    expect(threads).toEqual([]);
    expect(existsSync(options.file)).toBe(false);
    await expect(store.write(poolBatch('late', [pool(1)]))).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('ends every thread, also while a backup is being put in place of the file', async () => {
    const threads = threadsStarted();
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    const store = await openTestStore(options);
    await store.write(
      poolBatch(
        'p',
        Array.from({ length: 400 }, (_, n) => pool(n)),
      ),
    );
    await store.backup();
    await store.checkpoint();
    // The writer has let go of the file: from now on, for a while, a backup is looked for, checked and copied.
    const closing = ended(threads[WRITER]).then(() => store.close());
    const descriptor = openSync(options.file, 'r+');
    writeSync(descriptor, Buffer.alloc(5 * PAGE_BYTES, 0xff), 0, 5 * PAGE_BYTES, 5 * PAGE_BYTES);
    closeSync(descriptor);
    await expect(store.check(false)).rejects.toThrow();
    expect(await fateWithin(closing, CLOSED_WITHIN_MS)).toBe('kept');
    await allEnded(threads);
    expect(store.status().state).toBe('closed');
  });

  it('does not wait for work on the file that it has stopped before it began', async () => {
    const threads = threadsStarted();
    const folder = temporaryFolder();
    const writer = slowThread(folder, BUILT_WORKERS.writer, 'abandon', 'sleep(500);');
    const store = await openTestStore({ ...storeOptions(folder), workers: { ...BUILT_WORKERS, writer } });
    await store.write(poolBatch('p', [pool(1)]));
    const compacting = store.compact();
    const outcome = fateWithin(compacting, CLOSED_WITHIN_MS);
    await isWorkedOn(store);
    expect(await fateWithin(store.close(), CLOSED_WITHIN_MS)).toBe('kept');
    expect(await outcome).not.toBe('pending');
    expect(store.status().state).toBe('closed');
    await allEnded(threads);
  });

  it('tells the writer to close although a read goes on', async () => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    const begun = join(folder, 'begun');
    const mayEnd = join(folder, 'may-end');
    const reader = slowThread(
      folder,
      BUILT_WORKERS.reader,
      'read',
      `writeFileSync(${JSON.stringify(begun)}, '');
       while (!existsSync(${JSON.stringify(mayEnd)})) sleep(20);`,
    );
    const store = await openTestStore({ ...options, workers: { ...BUILT_WORKERS, reader } });
    await store.write(poolBatch('p', [pool(1)]));
    const read = fateWithin(store.read('pools.facets', null), CLOSED_WITHIN_MS);
    await expect.poll(() => existsSync(begun), { timeout: 5_000, interval: 10 }).toBe(true);
    const closed = await fateWithin(store.close(), CLOSED_WITHIN_MS);
    writeFileSync(mayEnd, '');
    expect([closed, await read]).toEqual(['kept', 'refused']);
  });
});
