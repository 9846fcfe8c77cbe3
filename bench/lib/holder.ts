// A foreign program that takes a lock on the database, and tells when it had it.
import { type ChildProcess, spawn } from 'node:child_process';
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

/** Resolves when the lock has been given back. */
export async function holdLock(
  root: string,
  file: string,
  holdMs: number,
  mode: LockMode = 'write',
): Promise<SeenLock> {
  const script = join(root, 'tests', 'support', 'lockHolder.mjs');
  const child: ChildProcess = spawn(process.execPath, [script, file, mode, String(Math.round(holdMs))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('the holder has no output');
  const times: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) times.push(Number(line.split(' ')[1]));
  const [heldAtMs = 0, releasedAtMs = 0] = times;
  return { pid: child.pid ?? 0, heldAtMs, releasedAtMs, holdMs };
}
