// The bundles in out/. Built again only when something they are made of has changed; every caller (start, tests, package)
// goes through here, so that nobody runs an old bundle.
import { join } from 'node:path';
import { hashFiles, stampMatches, writeStamp } from './hash.mjs';
import { withLock } from './lock.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

export const OUT = join(ROOT, 'out');
export const SETUP_LOCK = join(ROOT, '.cache', 'setup.lock');
const STAMP = join(OUT, '.inputs-hash');
const INPUTS = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];

/** What out/ would be made of now. */
export function buildInputsHash() {
  return hashFiles(ROOT, INPUTS);
}

/**
 * For callers outside a set-up that already holds the lock.
 * @param {(line: string) => void} note
 */
export async function ensureBuildLocked(note) {
  return await withLock(SETUP_LOCK, note, async () => await ensureBuild(note));
}

/**
 * @param {(line: string) => void} note
 * @returns {Promise<string>} what was done, a few words
 */
export async function ensureBuild(note) {
  // Read before the build: an edit while it runs must not count as built.
  const hash = buildInputsHash();
  if (stampMatches(STAMP, hash)) return 'ready';
  note('electron-vite build');
  const tool = join(NODE_MODULES, 'electron-vite', 'bin', 'electron-vite.js');
  const finished = await capture(process.execPath, [tool, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' },
  });
  if (finished.code !== 0) {
    throw new SetupError(`the build failed:\n${lastLines(finished, 40)}`, '"npm run check" may say more');
  }
  writeStamp(STAMP, hash);
  return 'built';
}
