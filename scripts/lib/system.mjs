// What Linux itself has to provide: shared libraries by soname, programs by PATH. Missing ones are installed when we are
// root on Debian or Ubuntu; otherwise the exact command is printed and nothing is touched. Other systems bring them along.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

const APT_LOCK_WAIT_S = 300;
const LIBRARY_DIRECTORIES = ['/lib', '/usr/lib', '/lib64', '/usr/lib64'];

/**
 * @typedef {object} Need
 * @property {'library' | 'program'} kind
 * @property {string} name soname or program
 * @property {readonly string[]} packages Debian names, newest first: the 64-bit-time change renamed some
 */

/** @type {readonly Need[]} what Electron loads; everything else comes along with these */
export const ELECTRON_NEEDS = [
  { kind: 'library', name: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { kind: 'library', name: 'libnss3.so', packages: ['libnss3'] },
  { kind: 'library', name: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { kind: 'library', name: 'libgbm.so.1', packages: ['libgbm1'] },
  { kind: 'library', name: 'libnotify.so.4', packages: ['libnotify4'] },
];
/** @type {readonly Need[]} for a machine without a screen, and for tests, which never open windows on yours */
export const DISPLAY_NEEDS = [
  { kind: 'program', name: 'Xvfb', packages: ['xvfb'] },
  { kind: 'program', name: 'dbus-daemon', packages: ['dbus-daemon', 'dbus'] },
];
/** @type {readonly Need[]} for the database addon where its shipped binary does not work */
export const COMPILER_NEEDS = [{ kind: 'program', name: 'g++', packages: ['g++'] }];
/** @type {readonly Need[]} for the packages of Linux, and for looking whether they are sound */
export const PACKAGING_NEEDS = [
  { kind: 'program', name: 'dpkg-deb', packages: ['dpkg'] },
  { kind: 'program', name: 'rpmbuild', packages: ['rpm'] },
  { kind: 'program', name: 'desktop-file-validate', packages: ['desktop-file-utils'] },
  { kind: 'program', name: 'appstreamcli', packages: ['appstream'] },
];
/** @type {readonly Need[]} for a bare system inside a folder */
export const BARE_SYSTEM_NEEDS = [{ kind: 'program', name: 'debootstrap', packages: ['debootstrap'] }];

/**
 * @param {readonly Need[]} needs
 * @param {(line: string) => void} note
 * @returns {Promise<string>} what was done, a few words
 */
export async function ensureSystem(needs, note) {
  if (process.platform !== 'linux') return 'nothing needed';
  const missing = missingNeeds(needs, await knownLibraries());
  if (missing.length === 0) return 'ready';

  const names = missing.map((need) => need.name).join(', ');
  if (!programOnPath('apt-get')) {
    throw new SetupError(
      `this system lacks ${names}`,
      'install them with your package manager, then run the command again',
    );
  }
  if (process.getuid?.() !== 0) {
    const packages = packageNames(missing, await aptKnows(missing));
    throw new SetupError(
      `this system lacks ${names}`,
      `run: sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
    );
  }
  note('apt-get update');
  await apt(['update', '-qq']);
  const packages = packageNames(missing, await aptKnows(missing));
  note(`apt-get install ${packages.join(' ')}`);
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  const still = missingNeeds(needs, await knownLibraries());
  if (still.length > 0) {
    const left = still.map((need) => need.name).join(', ');
    throw new SetupError(`apt-get ran, but ${left} is still missing`, 'install it by hand, then run the command again');
  }
  return `installed ${packages.join(' ')}`;
}

/**
 * @param {readonly Need[]} needs
 * @param {(soname: string) => boolean} hasLibrary
 * @param {(program: string) => boolean} [hasProgram]
 */
export function missingNeeds(needs, hasLibrary, hasProgram = programOnPath) {
  return needs.filter((need) => !(need.kind === 'library' ? hasLibrary(need.name) : hasProgram(need.name)));
}

/**
 * The package of each need: the first name that this release knows, else the oldest, which apt can often still map.
 * @param {readonly Need[]} needs
 * @param {(name: string) => boolean} isKnown
 */
export function packageNames(needs, isKnown) {
  const chosen = needs.map((need) => need.packages.find(isKnown) ?? need.packages.at(-1) ?? need.name);
  return [...new Set(chosen)];
}

/** @param {readonly Need[]} needs @returns {Promise<(name: string) => boolean>} */
async function aptKnows(needs) {
  const candidates = needs.flatMap((need) => need.packages);
  const shown = await capture('apt-cache', ['show', '--no-all-versions', ...candidates]);
  const known = new Set([...shown.stdout.matchAll(/^Package: (.+)$/gm)].map((match) => match[1]));
  return (name) => known.has(name);
}

/** @param {readonly string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const finished = await capture('apt-get', ['-o', `DPkg::Lock::Timeout=${APT_LOCK_WAIT_S}`, ...args], { env });
  if (finished.code !== 0) {
    throw new SetupError(`apt-get ${args[0]} failed:\n${lastLines(finished)}`, 'check the network and the apt sources');
  }
}

/** @returns {Promise<(soname: string) => boolean>} */
async function knownLibraries() {
  for (const program of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    const finished = await capture(program, ['-p']);
    if (finished.code === 0) {
      const listed = new Set([...finished.stdout.matchAll(/^\s+(\S+) \(/gm)].map((match) => match[1]));
      return (soname) => listed.has(soname);
    }
  }
  // No loader cache to ask (musl, or an unusual layout): look at the common places.
  return (soname) => LIBRARY_DIRECTORIES.some((directory) => existsSync(join(directory, soname)));
}

/** @param {string} program */
export function programOnPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
