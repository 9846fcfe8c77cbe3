// The bundles in out/. Built again only when something they are made of has changed; every caller (start, tests, package)
// goes through here, so that nobody runs an old bundle.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, stampMatches, writeStamp } from './hash.mjs';
import { withLock } from './lock.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

export const OUT = join(ROOT, 'out');
export const SETUP_LOCK = join(ROOT, '.cache', 'setup.lock');
const STAMP_NAME = '.inputs-hash';
const STAMP = join(OUT, STAMP_NAME);
// Beside out/ and as deep as it, so that source maps point at the same places.
const NEXT = join(ROOT, 'out.next');
const PREVIOUS = join(ROOT, 'out.previous');
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
  rmSync(NEXT, { recursive: true, force: true });
  const tool = join(NODE_MODULES, 'electron-vite', 'bin', 'electron-vite.js');
  const finished = await capture(process.execPath, [tool, 'build', '--outDir', NEXT], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' },
  });
  if (finished.code !== 0) {
    throw new SetupError(`the build failed:\n${lastLines(finished, 40)}`, '"npm run check" may say more');
  }
  writeStamp(join(NEXT, STAMP_NAME), hash);
  putInPlace();
  return 'built';
}

/** After development mode, which builds into out/ in its own way, what lies there counts for nothing. */
export function forgetBuild() {
  rmSync(STAMP, { force: true });
}

/** Swaps the new bundles in at once: a build that takes seconds, or fails, never leaves a running app without its files. */
function putInPlace() {
  rmSync(PREVIOUS, { recursive: true, force: true });
  if (existsSync(OUT)) renameSync(OUT, PREVIOUS);
  renameSync(NEXT, OUT);
  rmSync(PREVIOUS, { recursive: true, force: true });
}
