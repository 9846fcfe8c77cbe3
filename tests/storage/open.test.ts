import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { pool, poolBatch } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

describe('opening a database file', () => {
  it('creates it with the promised durability and identity', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    expect(store.status()).toMatchObject({ state: 'ok', cause: null, schemaVersion: 30 });
    const db = new Database(options.file, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('application_id', { simple: true })).toBe(0x504f4f4c);
    db.close();
  });

  it('treats an empty file as a new database', async () => {
    const options = storeOptions(temporaryFolder());
    writeFileSync(options.file, '');
    const store = await openTestStore(options);
    expect(await store.write(poolBatch('a', [pool(1)]))).toMatchObject({ inserted: 1 });
  });

  it('only reads a file of a newer version, and says so', async () => {
    const options = storeOptions(temporaryFolder());
    const older = await openTestStore(options);
    await older.write(poolBatch('a', [pool(1)]));
    await older.close();
    change(options.file, 'PRAGMA user_version = 9990');
    const store = await openTestStore(options);
    expect(store.status()).toMatchObject({ state: 'read_only', schemaVersion: 9990 });
    expect(store.status().cause).toContain('newer version of Poolwatch');
    expect(store.status().tables).toContainEqual({ name: 'pools', rows: 1 });
    await expect(store.write(poolBatch('b', [pool(2)]))).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect(await store.read('pools.largest', { networkIds: ['solana'], limit: 5 })).toHaveLength(1);
  });

  it('goes back to WAL when another program changed the journal mode', async () => {
    const options = storeOptions(temporaryFolder());
    await (await openTestStore(options)).close();
    change(options.file, 'PRAGMA journal_mode = DELETE');
    const store = await openTestStore(options);
    const db = new Database(options.file, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
    expect(store.status().state).toBe('ok');
  });

  it("refuses another program's database and leaves it as it is", async () => {
    const options = storeOptions(temporaryFolder());
    change(options.file, 'CREATE TABLE theirs (a)');
    await expect(openTestStore(options)).rejects.toMatchObject({ code: 'NOT_OURS' });
    const db = new Database(options.file, { readonly: true });
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['theirs']);
    db.close();
  });

  it('refuses the file of the other database', async () => {
    const folder = temporaryFolder();
    const market = storeOptions(folder);
    await (await openTestStore(market)).close();
    const mixedUp = { ...storeOptions(folder, 'monitor'), file: market.file };
    await expect(openTestStore(mixedUp)).rejects.toMatchObject({ code: 'NOT_OURS' });
  });

  it('says which folder is missing', async () => {
    const options = { ...storeOptions(temporaryFolder()), file: '/nonexistent/folder/market.db' };
    const error = await openTestStore(options).catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: 'SQLITE_CANTOPEN' });
    expect((error as Error).message).toMatch(/\/nonexistent\/folder\/market\.db.*directory does not exist/);
  });
});

function change(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}
