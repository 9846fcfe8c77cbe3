// A thread that does nothing but answer: what it takes is what the machine asks for a message there and back just then, and what
// a read has to be judged against.
import { Worker } from 'node:worker_threads';

const ECHO =
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (m) => parentPort.postMessage(m));";

export interface IdleThread {
  /** Resolves when it has answered. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the thread runs. */
export async function startIdleThread(): Promise<IdleThread> {
  const worker = new Worker(ECHO, { eval: true });
  const ping = (): Promise<void> =>
    new Promise((resolve) => {
      worker.once('message', () => resolve());
      worker.postMessage({ kind: 'read', name: 'nothing', args: null });
    });
  await ping();
  return {
    ping,
    async close() {
      await worker.terminate();
    },
  };
}
