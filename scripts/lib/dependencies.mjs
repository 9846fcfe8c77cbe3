// node_modules as the lock file says. Install scripts stay off: nothing in the tree needs them, and npm would otherwise
// start a compiler for the database addon on its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, stampMatches, writeStamp } from './hash.mjs';
import { npmCommand } from './npm.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture } from './spawn.mjs';

const REASON_LINES = 8;
const STAMP = join(NODE_MODULES, '.poolwatch-lock-hash');

/**
 * @param {(line: string) => void} note
 * @returns {Promise<string>} what was done, a few words
 */
export async function ensureDependencies(note) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const stamp = hashOf([lock, process.platform, process.arch]);
  if (stampMatches(STAMP, stamp)) return 'ready';
  if (installedAsLocked(lock, readInstalled())) {
    writeStamp(STAMP, stamp);
    return 'ready';
  }
  note('npm ci, about 20 s');
  const npm = npmCommand();
  const args = [...npm.args, 'ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  const finished = await capture(npm.program, args, { cwd: ROOT });
  if (finished.code !== 0) {
    throw new SetupError(
      `npm ci failed:\n${npmReason(finished.stderr)}`,
      'check the network and that package.json and package-lock.json belong together (npm install mends the lock file)',
    );
  }
  writeStamp(STAMP, stamp);
  return 'installed';
}

/**
 * Whether npm's own record of what is installed agrees with the lock file: after a plain "npm install" it does, and
 * nothing has to be thrown away. Optional packages for other systems are rightly absent.
 * @param {string} lock
 * @param {string | undefined} installed
 */
export function installedAsLocked(lock, installed) {
  if (installed === undefined) return false;
  const wanted = JSON.parse(lock).packages ?? {};
  const present = JSON.parse(installed).packages ?? {};
  const agrees = Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return agrees && Object.keys(present).every((path) => path in wanted);
}

/** npm puts the reason first and its help text last. @param {string} stderr */
function npmReason(stderr) {
  const lines = stderr.split('\n').filter((line) => /^npm error\s+\S/.test(line));
  return lines.slice(0, REASON_LINES).join('\n') || stderr.trim();
}

function readInstalled() {
  try {
    return readFileSync(join(NODE_MODULES, '.package-lock.json'), 'utf8');
  } catch {
    return undefined;
  }
}
