// One process per profile: two writers of one database would wait for each other. The lock is a file with the owner's pid;
// a crash leaves it behind, so it counts only while that process lives and still looks like ours.
import { constants, copyFileSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class ProfileInUseError extends Error {
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(
      `Another Poolwatch (process ${pid}) is using ${dirname(path)}. Close it first, or choose another data folder.`,
    );
    this.name = 'ProfileInUseError';
    this.pid = pid;
  }
}

/** Takes the lock or throws a ProfileInUseError. Returns the function that gives it back. */
export function lockProfile(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    try {
      takeLock(path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(path);
      if (owner && isAlive(owner)) throw new ProfileInUseError(path, owner.pid);
      if (attempt > 0) throw error;
      rmSync(path, { force: true });
    }
  }
}

/** Written aside first: a lock that is seen before it says whose it is would be taken for one that a crash left. */
function takeLock(path: string): void {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) }), { mode: 0o600 });
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // Some disks have no links.
    copyFileSync(aside, path, constants.COPYFILE_EXCL);
  } finally {
    rmSync(aside, { force: true });
  }
}

interface Owner {
  readonly pid: number;
  readonly startedAt: string | null;
}

function readOwner(path: string): Owner | null {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? { pid, startedAt: startedAt ?? null } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }: Owner): boolean {
  if (pid === process.pid) return processStart(pid) === startedAt;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A pid is used again after a restart of the machine; the start time tells the two apart where the system shows it.
  const current = processStart(pid);
  return current === null || startedAt === null || current === startedAt;
}

/** Start of a process in clock ticks since boot, from Linux's /proc; null elsewhere. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
