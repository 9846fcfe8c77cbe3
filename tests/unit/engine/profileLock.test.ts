import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockProfile, ProfileInUseError } from '../../../src/main/engine/profileLock';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-lock-'));
  path = join(dir, 'state', 'profile.lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

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

  it('takes over a lock file that holds garbage', () => {
    lockProfile(path)();
    writeFileSync(path, 'x');
    lockProfile(path)();
  });
});
