// Starts the foreign program that holds a lock, and talks to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type LockMode = 'write' | 'uncommitted' | 'exclusive' | 'owner' | 'read' | 'busy';

export interface ForeignLock {
  readonly pid: number;
  /** Resolves once the lock is free again. */
  release(): Promise<void>;
  /** Resolves once it is dead, without having closed anything. */
  kill(): Promise<void>;
}

/** Resolves once the lock is held. */
export async function takeForeignLock(file: string, mode: LockMode): Promise<ForeignLock> {
  // Its command line is shown to people: no more of it than a person would have typed.
  const child: ChildProcess = spawn(process.execPath, ['lockHolder.mjs', file, mode], {
    argv0: 'node',
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdout || child.pid === undefined) throw new Error('the lock holder did not start');
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return {
    pid: child.pid,
    async release() {
      const released = once(lines, 'line');
      child.stdin?.write('go\n');
      await released;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
