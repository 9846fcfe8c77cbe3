// Who, outside this process, holds locks on a database: exactly on Linux, from the kernel's own list; elsewhere nobody can tell
// without native code, and the answer is empty rather than a guess.
import { readFile, stat } from 'node:fs/promises';
import { type LockRole, parseProcLocks, roleOf } from './procLocks';

export interface ForeignLock {
  readonly pid: number;
  readonly role: LockRole;
  readonly program: string | null;
  readonly command: string | null;
}

const MAX_COMMAND_CHARACTERS = 300;

export async function foreignLocks(databaseFile: string): Promise<readonly ForeignLock[]> {
  if (process.platform !== 'linux') return [];
  const [text, databaseInode, shmInode] = await Promise.all([
    readFile('/proc/locks', 'utf8').catch(() => ''),
    inodeOf(databaseFile),
    inodeOf(`${databaseFile}-shm`),
  ]);
  if (databaseInode === null) return [];
  const roles = new Map<number, LockRole>();
  for (const lock of parseProcLocks(text)) {
    const role = roleOf(lock, databaseInode, shmInode);
    // Pid 0 or below: a process of another container, which this one cannot name.
    if (role === null || lock.pid === process.pid || lock.pid <= 0) continue;
    if (roles.get(lock.pid) !== 'writer') roles.set(lock.pid, role);
  }
  return Promise.all([...roles].map(async ([pid, role]) => ({ pid, role, ...(await describeProcess(pid)) })));
}

async function describeProcess(
  pid: number,
): Promise<{ readonly program: string | null; readonly command: string | null }> {
  const [program, command] = await Promise.all(
    ['comm', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => null)),
  );
  return {
    program: program?.trim() || null,
    command: command?.replaceAll('\u0000', ' ').trim().slice(0, MAX_COMMAND_CHARACTERS) || null,
  };
}

async function inodeOf(file: string): Promise<number | null> {
  return (await stat(file).catch(() => null))?.ino ?? null;
}
