// The system's keychain through Electron, by whichever of its two generations of functions this runtime has.
import { safeStorage } from 'electron';
import type { Keychain } from './secrets';

/** Electron 42 and later; the floor that we compile against does not know it. */
interface AsyncSafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string }>;
}

/** After ready. Null when the system has no keychain, or only one that obscures instead of protecting. */
export async function systemKeychain(): Promise<Keychain | null> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  const storage: unknown = safeStorage;
  // Where it exists, the older functions are deprecated.
  if (isAsync(storage)) {
    if (!(await storage.isAsyncEncryptionAvailable())) return null;
    return {
      encrypt: (text) => storage.encryptStringAsync(text),
      decrypt: async (encrypted) => (await storage.decryptStringAsync(encrypted)).result,
    };
  }
  if (!safeStorage.isEncryptionAvailable()) return null;
  return {
    encrypt: async (text) => safeStorage.encryptString(text),
    decrypt: async (encrypted) => safeStorage.decryptString(encrypted),
  };
}

function isAsync(storage: unknown): storage is AsyncSafeStorage {
  return typeof (storage as Partial<AsyncSafeStorage>).isAsyncEncryptionAvailable === 'function';
}
