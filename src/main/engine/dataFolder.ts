// Makes sure that a folder can hold our files before anything is opened in it.
import { accessSync, constants, mkdirSync } from 'node:fs';

/** Creates `dir` when absent; throws an Error for a person when it cannot be written. */
export function requireWritableFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(`The data folder cannot be written: ${dir} (${code}).`);
  }
}
