// A store in a process of its own, over that process's port. What it had not answered when it died was never acknowledged.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { StorageError, type StoreOptions } from '../../../../src/main/storage/store';
import type { DrilledStore } from './drilledStore';
import type { HostAnswer, HostRequest } from './storeHost';

export interface HostedStore extends DrilledStore {
  readonly pid: number;
  hasEnded(): boolean;
  kill(): Promise<void>;
}

/** @param program the bundled storeHost @param env added to the environment of the process */
export async function openHosted(
  program: string,
  options: StoreOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<HostedStore> {
  // The clock does not cross; what is left of it is nothing.
  const child = fork(program, [JSON.stringify(options)], {
    env: { ...process.env, ...env },
    execArgv: [],
    serialization: 'advanced',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const ask = askThrough(child);
  await ask.opened;
  return {
    pid: child.pid ?? 0,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    write: (batch) => ask('write', batch),
    status: () => ask('status'),
    operations: () => ask('operations'),
    countPools: () => ask('countPools'),
    check: (thorough) => ask('check', thorough),
    backup: () => ask('backup'),
    checkpoint: () => ask('checkpoint'),
    async close() {
      if (child.connected) await ask('close');
      await ended;
    },
  };
}

interface Ask {
  <T>(method: HostRequest['method'], ...args: readonly unknown[]): Promise<T>;
  readonly opened: Promise<unknown>;
}

function askThrough(child: ChildProcess): Ask {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const answered = (seq: number): Promise<unknown> =>
    new Promise((resolve, reject) => void waiting.set(seq, { resolve, reject }));
  let lastSeq = 0;
  child.on('message', ({ seq, value, error }: HostAnswer) => {
    if (error) waiting.get(seq)?.reject(new StorageError(error.code, error.message));
    else waiting.get(seq)?.resolve(value);
    waiting.delete(seq);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new StorageError('PROCESS_GONE', 'the process has ended'));
    waiting.clear();
  });
  const ask = (method: HostRequest['method'], ...args: readonly unknown[]): Promise<unknown> => {
    const seq = ++lastSeq;
    const answer = answered(seq);
    if (child.connected) child.send({ seq, method, args } satisfies HostRequest);
    return answer;
  };
  return Object.assign(ask as <T>() => Promise<T>, { opened: answered(0) });
}
