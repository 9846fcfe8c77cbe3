// Which npm packages are inside the app: those that its sources import, and all that these need, by the lock file. Bundlers leave
// out what is never called, so the list may hold a package too many, but none too few.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { listFiles } from './hash.mjs';
import { importsOf } from './imports.mjs';
import { ROOT } from './paths.mjs';

/**
 * @typedef {object} LockedPackage an entry of the lock file
 * @property {string} version
 * @property {string} [integrity]
 * @property {string} [license] as an SPDX expression
 * @property {boolean} [dev]
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 * @property {Readonly<Record<string, string>>} [peerDependencies]
 */
/** @typedef {Readonly<Record<string, LockedPackage>>} Lock by place, such as node_modules/a/node_modules/b */

/** Electron is the runtime, and listed as such; its npm package is only what fetches it. */
const RUNTIME = 'electron';

/** @returns {Lock} */
export function readLock() {
  return JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
}

/** The packages that files under src/ name, without the runtime. @returns {string[]} */
export function importedPackages() {
  const names = listFiles(ROOT, ['src'])
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')))
    .map(({ specifier }) => specifier)
    .filter((name) => !name.startsWith('.') && !name.startsWith('/') && !isBuiltin(name))
    .map(packageOf);
  return [...new Set(names)].filter((name) => name !== RUNTIME && !name.startsWith('virtual:')).sort();
}

/** @param {string} specifier such as @scope/name/part */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * @param {Lock} lock
 * @param {readonly string[]} names
 * @returns {string[]} the places of these packages and of all that they need, sorted
 */
export function closure(lock, names) {
  const found = new Set(names.map((name) => placeOf(lock, '', name)).filter((place) => place !== undefined));
  for (const place of found) for (const needed of neededBy(lock, place)) found.add(needed);
  return [...found].sort();
}

/** @param {Lock} lock @param {string} place @returns {string[]} places */
export function neededBy(lock, place) {
  const { dependencies, optionalDependencies } = lock[place] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .map((name) => placeOf(lock, place, name))
    .filter((found) => found !== undefined)
    .sort();
}

/** @param {string} place @returns {string} the name of the package there */
export function nameAt(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * Where Node would find `name` from `place`: in its own folder, else further up.
 * @param {Lock} lock @param {string} place @param {string} name
 * @returns {string | undefined}
 */
function placeOf(lock, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(lock, found)) return found;
    if (folder === '') return undefined;
  }
}
