// Makes sure that a folder can hold our files before anything is opened in it.
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Throws an Error whose message is one sentence for a person when the folder cannot be made or written to. */
export function requireWritableFolder(dir: string): void {
  // Access rights alone do not tell: read-only mounts and full quotas show only when something is written.
  const probe = join(dir, `.write-probe-${process.pid}`);
  try {
    makeDir(dir);
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`The data folder cannot be written: ${dir} (${code}). Choose another with --data-dir=DIR.`, {
      cause: error,
    });
  }
}

/** Not Node's `recursive`, which never returns where the parent exists but refuses children with ENOENT, as /proc does. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  if (!existsSync(dirname(dir))) makeDir(dirname(dir));
  mkdirSync(dir);
}
