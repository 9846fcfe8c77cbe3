// Keeps API keys with the operating system's keychain: encrypted by it, stored in one file only we can read. Without a keychain
// a secret lives in memory until the program ends, and is never written.
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { SecretStore } from '../engine/application';
import type { Logger } from '../logging/logger';
import { writeDurably } from '../settings/durableFile';

/** Encryption by the system. Rejects when the system will not. */
export interface Keychain {
  encrypt(text: string): Promise<Buffer>;
  decrypt(encrypted: Buffer): Promise<string>;
}

export type SecretLog = Pick<Logger, 'warn'>;

const fileSchema = z.record(z.string(), z.base64());
type Encrypted = z.infer<typeof fileSchema>;

/** `keychain` is null where the system has none that protects. A secrets file that cannot be understood is set aside, never lost. */
export async function openSecretStore(file: string, keychain: Keychain | null, log: SecretLog): Promise<SecretStore> {
  const inMemory = new Map<string, string>();
  const stored: Encrypted = keychain ? await readSecrets(file, log) : {};
  return {
    isPersistent: () => keychain !== null,
    async get(name) {
      const held = inMemory.get(name);
      if (held !== undefined) return held;
      const encrypted = Object.hasOwn(stored, name) ? stored[name] : undefined;
      if (keychain === null || encrypted === undefined) return null;
      try {
        const text = await keychain.decrypt(Buffer.from(encrypted, 'base64'));
        inMemory.set(name, text);
        return text;
      } catch (error) {
        log.warn({ secret: name, err: error }, 'the keychain no longer opens a stored secret');
        return null;
      }
    },
    async set(name, value) {
      if (keychain !== null) {
        if (value === null) delete stored[name];
        else stored[name] = (await keychain.encrypt(value)).toString('base64');
        writeDurably(file, JSON.stringify(stored));
      }
      if (value === null) inMemory.delete(name);
      else inMemory.set(name, value);
    },
  };
}

async function readSecrets(file: string, log: SecretLog): Promise<Encrypted> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    const aside = `${file}.broken`;
    await rename(file, aside);
    log.warn({ keptAs: aside }, 'the secrets file could not be understood');
    return {};
  }
}
