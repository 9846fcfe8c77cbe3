// What this machine lets a test do to its disks, asked once; each answer is null or the reason why not.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

function obstacle(reason: string, attempt: (folder: string) => void): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'poolwatch-machine-'));
  try {
    attempt(folder);
    return null;
  } catch {
    return reason;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const run = (program: string, ...args: readonly string[]): void =>
  void execFileSync(program, args, { stdio: 'ignore' });

export const mountObstacle = obstacle('mounting a small disk is not allowed here', (folder) => {
  run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  run('umount', folder);
});

export const immutableObstacle = obstacle('marking files immutable is not allowed here', (folder) => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  run('chattr', '+i', file);
  run('chattr', '-i', file);
});

/** Mounts a disk of that size for the rest of the test. */
export function mountSmallDisk(folder: string, size: string): void {
  run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder);
  onTestFinished(() => run('umount', '--lazy', folder));
}

export function growDisk(folder: string, size: string): void {
  run('mount', '-o', `remount,size=${size}`, folder);
}

/** Nobody can write it, not even root, until the returned function is called; at the latest when the test ends. */
export function makeImmutable(path: string): () => void {
  const lift = (): void => run('chattr', '-i', path);
  run('chattr', '+i', path);
  onTestFinished(lift);
  return lift;
}
