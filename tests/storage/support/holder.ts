// Starts the foreign lock holder and talks to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../support/lockHolder.mjs');

export type LockMode = 'write' | 'uncommitted' | 'exclusive' | 'owner' | 'read' | 'busy';

export interface Holder {
  readonly pid: number;
  /** Resolves once the lock is free again. */
  release(): Promise<void>;
  /** Resolves once it is dead, without having closed anything. */
  kill(): Promise<void>;
}

/** Resolves once the lock is held. */
export async function holdLock(file: string, mode: LockMode): Promise<Holder> {
  const child: ChildProcess = spawn(process.execPath, [SCRIPT, file, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
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
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
