// Puts a new program in the place of the one that runs, under its name, so that what points to it goes on doing so. At every moment
// there is a whole one: a power cut leaves the old or the new.
import { chmodSync, closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Throws when the folder is not the user's to write to; the old program is untouched then. */
export function replaceFile(present: string, next: string): void {
  const beside = `${present}.new`;
  try {
    // Copied, as it may come from another disk.
    copyFileSync(next, beside);
    chmodSync(beside, 0o755);
    sync(beside);
    renameSync(beside, present);
    sync(dirname(present));
  } finally {
    rmSync(beside, { force: true });
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
