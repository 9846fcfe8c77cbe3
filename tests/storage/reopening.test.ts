import { describe, expect, it } from 'vitest';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';
import { writerWithLives } from './support/writerWithLives';

describe('a restored file that cannot be opened at once', () => {
  it('is tried again until it can', async () => {
    const folder = temporaryFolder();
    const options = storeOptions(folder);
    // Something is in the way of the log of the file that was put in place, and goes away.
    const log = JSON.stringify(`${options.file}-wal`);
    const writer = writerWithLives(folder, {
      2: `(await import('node:fs')).mkdirSync(${log});`,
      3: `(await import('node:fs')).rmdirSync(${log});`,
    });
    const store = await openTestStore({ ...options, workers: { ...options.workers, writer } });
    await store.write(
      poolBatch(
        'p',
        Array.from({ length: 10 }, (_, n) => pool(n)),
      ),
    );
    await store.backup();
    const [backup] = await store.backups();
    expect((await store.restore(backup?.name ?? '', false)).outcome).toBe('ok');
    expect((await store.write(poolBatch('meanwhile', [pool(9_999)]))).durability).toBe('spooled');
    const { state } = await statusWhere(
      store,
      (status) => status.state === 'failed' || status.tables.some(({ rows }) => rows === 11),
    );
    expect(state).toBe('ok');
  });
});
