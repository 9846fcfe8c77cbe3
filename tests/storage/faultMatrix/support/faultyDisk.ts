// Builds the misbehaving disk where there is a C compiler, and switches it on and off.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCE = resolve(import.meta.dirname, 'faultyDisk.c');

export type DiskFault = 'eio-write' | 'eio-sync' | 'slow-sync';

/** Returns the library, or null where it cannot be built. */
export function buildFaultyDisk(folder: string): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(folder, 'faultyDisk.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'], { stdio: 'ignore' });
    return library;
  } catch {
    return null;
  }
}

const controlFile = (folder: string): string => join(folder, 'disk.fault');

/** What a process needs in its environment to live on that disk, as far as files of this name are concerned. */
export function diskEnvironment(library: string, folder: string, match: string): Readonly<Record<string, string>> {
  return { LD_PRELOAD: library, FAULTY_DISK_CONTROL: controlFile(folder), FAULTY_DISK_MATCH: match };
}

/** Returns what ends it. */
export function breakDisk(folder: string, fault: DiskFault): () => void {
  writeFileSync(controlFile(folder), fault);
  return () => rmSync(controlFile(folder), { force: true });
}
