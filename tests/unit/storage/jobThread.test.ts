// Threads that end between two pieces of work: real threads, with a program of a few lines.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobThread, QUIET_WORK } from '../../../src/main/storage/recovery/jobThread';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-job-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A thread that answers its first job and does `last` when it is told to. */
function threadThat(last: string): { readonly thread: JobThread; readonly end: () => Promise<void> } {
  const reader = join(folder, 'reader.mjs');
  writeFileSync(
    reader,
    `import { parentPort } from 'node:worker_threads';
     const orders = new BroadcastChannel(${JSON.stringify(folder)});
     orders.onmessage = () => { ${last} };
     parentPort.once('message', ({ seq }) => {
       parentPort.postMessage({ kind: 'answer', seq, value: ['answered'], sqlMs: 0 });
     });`,
  );
  const exited = once(process, 'worker').then(
    ([worker]) => new Promise((resolve) => (worker as Worker).once('exit', resolve)),
  );
  const thread = new JobThread({ name: 'market', file: 'none', workers: { writer: 'none', reader } });
  const end = async (): Promise<void> => {
    const orders = new BroadcastChannel(folder);
    orders.postMessage('end');
    orders.close();
    await exited;
  };
  return { thread, end };
}

const check = (thread: JobThread): Promise<readonly string[]> =>
  thread.run<'check'>({ type: 'check', thorough: false }, QUIET_WORK);

describe('the thread for long work', () => {
  it.each([
    ['ended', 'process.exit(3)', 'it ended before its work was done'],
    ['failed', "throw new Error('out of memory')", 'out of memory'],
  ])('says of the next work that it has %s between two', async (_, last, reason) => {
    const { thread, end } = threadThat(last);
    expect(await check(thread)).toEqual(['answered']);
    await end();
    await expect(check(thread)).rejects.toMatchObject({
      code: 'WORKER_GONE',
      message: `the job thread died: ${reason}`,
    });
    thread.close();
  });
});
