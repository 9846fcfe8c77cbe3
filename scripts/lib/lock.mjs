// One set-up at a time per checkout. A lock whose owner is gone is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './setupError.mjs';

const POLL_MS = 200;
const GIVE_UP_MS = 20 * 60 * 1000;

/**
 * Runs work while holding the lock file.
 * @template T
 * @param {string} file
 * @param {(line: string) => void} note
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, note, work) {
  await acquire(file, note);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** @param {string} file @param {(line: string) => void} note */
async function acquire(file, note) {
  mkdirSync(dirname(file), { recursive: true });
  const startedAt = Date.now();
  let said = false;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() - startedAt > GIVE_UP_MS) {
      throw new SetupError(
        `another set-up (process ${owner}) has been running for too long`,
        `end it, or delete ${file}`,
      );
    }
    if (!said) note(`waiting for another set-up in this checkout (process ${owner ?? 'unknown'})`);
    said = true;
    await sleep(POLL_MS);
  }
}

/** @param {string} file @returns {number | undefined} undefined while the owner has not written its number yet */
function ownerOf(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    return owner > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
