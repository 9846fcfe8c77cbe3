// A foreign program that takes a lock on the database, and tells when it had it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface SeenLock {
  readonly pid: number;
  /** Wall times by the holder's own account. */
  readonly heldAtMs: number;
  readonly releasedAtMs: number;
  readonly holdMs: number;
}

export type LockMode = 'write' | 'read';

export interface Holder {
  /** Takes the write lock now. Resolves when it has been given back; the program has ended then. */
  hold(holdMs: number): Promise<SeenLock>;
}

/** Starts the program and takes the lock as soon as it runs. Resolves when the lock has been given back. */
export async function holdLock(
  root: string,
  file: string,
  holdMs: number,
  mode: LockMode = 'write',
): Promise<SeenLock> {
  const { pid, lines } = startProgram(root, file, mode, String(Math.round(holdMs)));
  return await seenLock(pid, lines, holdMs);
}

/** Resolves when the program runs and only waits for the word: the lock alone is measured then, not the start of a process. */
export async function startHolder(root: string, file: string): Promise<Holder> {
  const { pid, lines, say } = startProgram(root, file, 'write', 'standby');
  await lines.next();
  return {
    hold(holdMs) {
      say(String(holdMs));
      return seenLock(pid, lines, holdMs);
    },
  };
}

function startProgram(root: string, file: string, mode: LockMode, until: string) {
  const script = join(root, 'tests', 'support', 'lockHolder.mjs');
  const child = spawn(process.execPath, [script, file, mode, until], { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    pid: child.pid ?? 0,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    say: (line: string) => void child.stdin.write(`${line}\n`),
  };
}

async function seenLock(pid: number, lines: AsyncIterator<string>, holdMs: number): Promise<SeenLock> {
  const heldAtMs = timeIn(await lines.next());
  const releasedAtMs = timeIn(await lines.next());
  return { pid, heldAtMs, releasedAtMs, holdMs };
}

function timeIn({ value, done }: IteratorResult<string, unknown>): number {
  if (done) throw new Error('the holder ended without a word about its lock');
  return Number(value.split(' ')[1]);
}
