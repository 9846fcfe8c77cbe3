// The licences of what is inside the app: whether each may be handed on as we do, and their texts in one file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { nameAt } from './shippedPackages.mjs';

/** They ask for their text to come along, and for nothing else. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  // Of what is changed it also asks for a word about how: nothing here is.
  'Python-2.0',
]);
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const RULE = '-'.repeat(80);

/**
 * @param {import('./shippedPackages.mjs').Lock} lock
 * @param {readonly string[]} shipped places
 * @returns {string[]} a line for each package whose licence we may not, or do not know to, hand on
 */
export function licenceProblems(lock, shipped) {
  return shipped
    .filter((place) => !isAllowed(lock[place]?.license))
    .map((place) => `${nameAt(place)} ${lock[place]?.version}: ${lock[place]?.license ?? 'no licence given'}`);
}

/** @param {string | undefined} license an SPDX expression; of several by choice one must be allowed, of several at once all @returns {boolean} */
function isAllowed(license) {
  if (license === undefined) return false;
  const words = license.replaceAll(/[()]/g, ' ').trim();
  if (words.includes(' AND ')) return words.split(' AND ').every((part) => isAllowed(part.trim()));
  return words.split(' OR ').some((part) => ALLOWED.has(part.trim()));
}

/**
 * @param {import('./shippedPackages.mjs').Lock} lock
 * @param {readonly string[]} shipped places
 * @returns {string}
 */
export function licenceTexts(lock, shipped) {
  const parts = shipped.map((place) => {
    const { version, license } = lock[place] ?? {};
    return [RULE, `${nameAt(place)} ${version} (${license})`, RULE, '', textAt(place, license), ''].join('\n');
  });
  const head = [
    'Poolwatch contains these packages. The licence of Poolwatch itself is in LICENSE; those of Electron and of Chromium are in',
    'LICENSE.electron.txt and LICENSES.chromium.html beside the program. SQLite, inside better-sqlite3, is in the public domain.',
    '',
    ...shipped.map((place) => `  ${nameAt(place)} ${lock[place]?.version} (${lock[place]?.license})`),
    '',
  ];
  return [...head, ...parts].join('\n');
}

/** @param {string} place @param {string | undefined} license */
function textAt(place, license) {
  const folder = join(ROOT, place);
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => LICENCE_FILE.test(file))
        .sort()
    : [];
  if (files.length === 0) return `The package brings no text of its own; it names the ${license} licence.`;
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
}
