import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockProfile, ProfileInUseError } from '../../../src/main/engine/profileLock';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-lock-'));
  path = join(dir, 'state', 'profile.lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

describe('lockProfile', () => {
  it('refuses a second owner by name while the first one lives', () => {
    const unlock = lockProfile(path);
    expect(() => lockProfile(path)).toThrow(ProfileInUseError);
    expect(() => lockProfile(path)).toThrow(`process ${process.pid}`);
    unlock();
    lockProfile(path)();
    expect(existsSync(path)).toBe(false);
  });

  it('takes over the lock of a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { pid } = child;
    lockProfile(path)();
    writeFileSync(path, JSON.stringify({ pid, startedAt: null }));
    expect(() => lockProfile(path)).toThrow(ProfileInUseError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockProfile(path)();
  });

  it('is not fooled by a pid that was used again', (context) => {
    context.skip(process.platform !== 'linux', 'needs /proc');
    lockProfile(path)();
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    lockProfile(path)();
  });

  it('is never seen without its owner by somebody who looks while it is being taken', async () => {
    mkdirSync(join(dir, 'state'));
    const watcher = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { readFileSync } = require('node:fs');
       const done = new Int32Array(workerData.done);
       let empty = 0;
       parentPort.postMessage('looking');
       while (Atomics.load(done, 0) === 0) {
         let text;
         try { text = readFileSync(workerData.path, 'utf8'); } catch { continue; }
         if (!text.endsWith('}')) empty += 1;
       }
       parentPort.postMessage(empty);`,
      { eval: true, workerData: { path, done: done.buffer } },
    );
    await once(watcher, 'message');
    for (let count = 0; count < 500; count += 1) lockProfile(path)();
    Atomics.store(done, 0, 1);
    expect(await once(watcher, 'message')).toEqual([0]);
    expect(readdirSync(join(dir, 'state'))).toEqual([]);
  });

  it('takes over a lock file that holds garbage', () => {
    lockProfile(path)();
    writeFileSync(path, 'x');
    lockProfile(path)();
  });
});
