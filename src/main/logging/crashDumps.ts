// The dumps that crashes of the program leave on this machine: found, and thinned out. They are never sent anywhere.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT = 5;
const DUMP = /\.dmp$/;

export interface CrashDump {
  readonly path: string;
  readonly atMs: number;
  readonly bytes: number;
}

/** Below the program's root; the crash handler makes folders of its own inside. */
export function crashFolder(rootDir: string): string {
  return join(rootDir, 'crashes');
}

/** Newest first; none where there is no folder. */
export async function listCrashDumps(folder: string): Promise<readonly CrashDump[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const dumps = await Promise.all(
    names
      .filter((name) => DUMP.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const known = await stat(path).catch(() => null);
        return known && { path, atMs: known.mtimeMs, bytes: known.size };
      }),
  );
  return dumps.filter((dump) => dump !== null).sort((a, b) => b.atMs - a.atMs);
}

/** Keeps the newest few, so that a program that crashes at every start cannot fill the disk. Never rejects. */
export async function thinOutCrashDumps(folder: string): Promise<void> {
  for (const { path } of (await listCrashDumps(folder)).slice(KEPT)) {
    await rm(path, { force: true }).catch(() => undefined);
    await rm(path.replace(DUMP, '.meta'), { force: true }).catch(() => undefined);
  }
}
