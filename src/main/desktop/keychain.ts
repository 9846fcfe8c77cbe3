// The system's keychain through Electron, by whichever of its two generations of functions this runtime has.
import { safeStorage } from 'electron';
import type { Keychain } from './secrets';

/** After ready. Null when the system has no keychain, or only one that obscures instead of protecting. */
export async function systemKeychain(): Promise<Keychain | null> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  // Electron 42 and later; the older functions are deprecated there.
  if (typeof safeStorage.isAsyncEncryptionAvailable === 'function') {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
    return {
      encrypt: (text) => safeStorage.encryptStringAsync(text),
      decrypt: async (encrypted) => (await safeStorage.decryptStringAsync(encrypted)).result,
    };
  }
  if (!safeStorage.isEncryptionAvailable()) return null;
  return {
    encrypt: async (text) => safeStorage.encryptString(text),
    decrypt: async (encrypted) => safeStorage.decryptString(encrypted),
  };
}
