import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretStore, type Keychain } from '../../../src/main/desktop/secrets';

const SECRET = 'CG-0123456789';
const log = { warn: () => undefined };

/** Reverses the bytes: enough to see that only what the keychain made reaches the disk. */
const keychain: Keychain = {
  encrypt: async (text) => Buffer.from(text).reverse(),
  decrypt: async (encrypted) => Buffer.from(encrypted).reverse().toString(),
};
const lockedKeychain: Keychain = { ...keychain, decrypt: () => Promise.reject(new Error('locked')) };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a secret store with a keychain', () => {
  it('gives a secret back after a restart', async () => {
    const store = await openSecretStore(file, keychain, log);
    expect(store.isPersistent()).toBe(true);
    await store.set('api-key', SECRET);
    expect(await store.get('api-key')).toBe(SECRET);
    const restarted = await openSecretStore(file, keychain, log);
    expect(await restarted.get('api-key')).toBe(SECRET);
  });

  it('writes only what the keychain made, readable by the owner alone', async (context) => {
    context.skip(process.platform === 'win32', 'Windows has no file modes');
    const store = await openSecretStore(file, keychain, log);
    await store.set('api-key', SECRET);
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('forgets a removed secret on disk and in memory', async () => {
    const store = await openSecretStore(file, keychain, log);
    await store.set('api-key', SECRET);
    await store.set('api-key', null);
    expect(await store.get('api-key')).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe('{}');
  });

  it('knows nothing of names it was never given', async () => {
    const store = await openSecretStore(file, keychain, log);
    expect(await store.get('api-key')).toBeNull();
    expect(await store.get('toString')).toBeNull();
  });

  it('answers null when the keychain no longer opens what it once made', async () => {
    await (await openSecretStore(file, keychain, log)).set('api-key', SECRET);
    expect(await (await openSecretStore(file, lockedKeychain, log)).get('api-key')).toBeNull();
  });

  it.each(['', '{', '[]', '{"api-key":5}', '{"api-key":"not base64!"}'])(
    'sets a file that holds %j aside instead of overwriting it',
    async (content) => {
      writeFileSync(file, content);
      const store = await openSecretStore(file, keychain, log);
      await store.set('api-key', SECRET);
      expect(readFileSync(`${file}.broken`, 'utf8')).toBe(content);
      expect(await (await openSecretStore(file, keychain, log)).get('api-key')).toBe(SECRET);
    },
  );
});

describe('a secret store without a keychain', () => {
  it('keeps secrets until the program ends and writes nothing', async () => {
    const store = await openSecretStore(file, null, log);
    expect(store.isPersistent()).toBe(false);
    await store.set('api-key', SECRET);
    expect(await store.get('api-key')).toBe(SECRET);
    expect(readdirSync(folder)).toEqual([]);
    expect(await (await openSecretStore(file, null, log)).get('api-key')).toBeNull();
  });
});
