// Decides which Electron runs, and says so. Order: the user's own (ELECTRON_OVERRIDE_DIST_PATH), the version in
// package.json, the fallback. POOLWATCH_RUNTIME=fallback or =official allows only that one.
import {
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureFallback } from './fallback/install.mjs';
import { NODE_MODULES } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

const PACKAGE = join(NODE_MODULES, 'electron');
const DIST = join(PACKAGE, 'dist');
const PATH_FILE = join(PACKAGE, 'path.txt');
const REFUSED_STAMP = join(PACKAGE, '.poolwatch-download-refused');
// A refused download is not tried at every start: once a day is enough to notice that the network has changed.
const RETRY_DOWNLOAD_MS = 24 * 60 * 60 * 1000;
const DOWNLOAD_LIMIT_MS = 15 * 60 * 1000;

/**
 * @typedef {object} Runtime
 * @property {'override' | 'official' | 'fallback'} kind
 * @property {string} version
 * @property {string} dist the unpacked Electron directory
 * @property {string} executable
 */

/**
 * Makes a runtime ready and links it to where electron, electron-vite and Playwright look.
 * @param {(line: string) => void} note
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime(note) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return overridden(resolve(override));

  const wanted = process.env['POOLWATCH_RUNTIME'];
  if (wanted !== undefined && wanted !== '' && wanted !== 'fallback' && wanted !== 'official') {
    throw new SetupError(`POOLWATCH_RUNTIME is "${wanted}"`, 'use "fallback" or "official", or leave it unset');
  }
  if (wanted !== 'fallback') {
    if (officialInstalled()) return installed('official');
    const refused = wanted !== 'official' && downloadRefusedLately();
    const reason = refused ? 'refused earlier' : await download(note);
    if (reason === undefined) return installed('official');
    if (wanted === 'official') {
      throw new SetupError(`Electron ${packageVersion()} could not be downloaded: ${reason}`, 'check the network');
    }
    if (!refused) note(`Electron ${packageVersion()} cannot be downloaded here (${reason}): taking the fallback`);
  }
  link(await ensureFallback(note));
  return installed('fallback');
}

/** @param {Runtime} runtime */
export function describeRuntime(runtime) {
  const meaning = {
    override: `from ELECTRON_OVERRIDE_DIST_PATH`,
    official: 'official',
    fallback: `fallback for tests; Poolwatch ships ${packageVersion()}`,
  };
  return `Electron ${runtime.version} (${meaning[runtime.kind]})`;
}

/** @param {string} dist @returns {Runtime} */
function overridden(dist) {
  const executable = join(dist, executableName());
  if (!existsSync(executable)) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${dist}, which holds no ${executableName()}`,
      'point it at an unpacked Electron, or unset it',
    );
  }
  return { kind: 'override', version: versionIn(dist), dist, executable };
}

/** @param {'official' | 'fallback'} kind @returns {Runtime} */
function installed(kind) {
  const dist = realpathSync(DIST);
  return { kind, version: versionIn(dist), dist, executable: join(dist, executableName()) };
}

/** @param {string} dist */
function versionIn(dist) {
  const file = join(dist, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
}

/** @returns {string} the Electron version that Poolwatch ships */
export function packageVersion() {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version;
}

function officialInstalled() {
  return !isLink(DIST) && existsSync(join(DIST, executableName())) && versionIn(DIST) === packageVersion();
}

function downloadRefusedLately() {
  return existsSync(REFUSED_STAMP) && Date.now() - statSync(REFUSED_STAMP).mtimeMs < RETRY_DOWNLOAD_MS;
}

/**
 * Runs the package's own installer.
 * @param {(line: string) => void} note
 * @returns {Promise<string | undefined>} why it failed
 */
async function download(note) {
  note(`downloading Electron ${packageVersion()}`);
  // The installer unpacks through the link if it is left there, into the fallback's cache.
  if (isLink(DIST)) rmSync(DIST);
  const finished = await capture(process.execPath, [join(PACKAGE, 'install.js')], { timeout: DOWNLOAD_LIMIT_MS });
  if (finished.code === 0 && officialInstalled()) {
    rmSync(REFUSED_STAMP, { force: true });
    return undefined;
  }
  writeFileSync(REFUSED_STAMP, '');
  const cause = /(E[A-Z]{4,}|status code \d+|fetch failed)/.exec(finished.stderr);
  return cause?.[0] ?? lastLines(finished, 1);
}

/** @param {string} runtime */
function link(runtime) {
  if (!isLink(DIST) || !existsSync(DIST) || realpathSync(DIST) !== realpathSync(runtime)) {
    rmSync(DIST, { recursive: true, force: true });
    symlinkSync(runtime, DIST, 'dir');
  }
  if (!existsSync(PATH_FILE)) writeFileSync(PATH_FILE, executableName());
}

/** @param {string} path */
function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
