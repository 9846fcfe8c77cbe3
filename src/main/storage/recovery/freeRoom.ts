// Whether a disk has room for a copy of a database: asked before the work, because a full disk helps nobody.
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StorageError } from '../store';

/** Room that is left to everybody else. */
const RESERVE_BYTES = 32 * 1024 * 1024;

/** How large a copy of the file with its log can become. */
export async function copyBytes(file: string): Promise<number> {
  const sizes = await Promise.all(['', '-wal'].map((part) => stat(file + part).catch(() => null)));
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
}

/** @throws StorageError with NO_ROOM when the folder's disk has not that much and a reserve */
export async function requireRoom(file: string, bytes: number): Promise<void> {
  const folder = dirname(file);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + RESERVE_BYTES) return;
  throw new StorageError(
    'NO_ROOM',
    `the disk of ${folder} has ${inMegabytes(free)} free, and a copy needs up to ${inMegabytes(bytes + RESERVE_BYTES)}`,
  );
}

export function inMegabytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}
