// The last fence: looks at what the build really wrote. The preload is one CommonJS file that requires only electron;
// no thread reaches electron through a shared chunk; the database addon stays outside; the page knows nothing of Node.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from './lib/hash.mjs';
import { importsOf } from './lib/imports.mjs';
import { ROOT } from './lib/paths.mjs';

const THREADS = [
  'storageWriter.js',
  'storageReader.js',
  'exporter.js',
  'importer.js',
  'demoMarket.js',
  'lockHolder.js',
];
const MAIN_ENTRIES = ['index.js', 'cli.js', ...THREADS];

/**
 * @param {string} out the directory of the bundles
 * @returns {string[]} one line per problem
 */
export function checkBundle(out) {
  const missing = [...MAIN_ENTRIES.map((file) => join('main', file)), 'preload/index.cjs', 'renderer/index.html']
    .filter((file) => !existsSync(join(out, file)))
    .map((file) => `${file} is missing`);
  if (missing.length > 0) return missing;
  return [...preloadProblems(out), ...threadProblems(out), ...addonProblems(out), ...rendererProblems(out)];
}

/** @param {string} out */
function preloadProblems(out) {
  const files = readdirSync(join(out, 'preload')).filter((file) => !file.endsWith('.map'));
  const problems = files.length === 1 ? [] : [`preload is ${files.length} files: ${files.join(', ')}`];
  const foreign = importsIn(join(out, 'preload', 'index.cjs')).filter((name) => name !== 'electron');
  return [...problems, ...foreign.map((name) => `preload requires "${name}"`)];
}

/** The command line runs in plain Node, so it is held to the same rule as the threads. @param {string} out */
function threadProblems(out) {
  return [...THREADS, 'cli.js'].flatMap((entry) =>
    reachable(join(out, 'main', entry))
      .filter((file) => importsIn(file).includes('electron'))
      .map((file) => `${entry} reaches electron through ${relative(out, file)}`),
  );
}

/** @param {string} out */
function addonProblems(out) {
  const importers = listFiles(out, ['main'])
    .filter((file) => file.endsWith('.js'))
    .filter((file) => importsIn(join(out, file)).includes('better-sqlite3'));
  const writer = reachable(join(out, 'main', 'storageWriter.js')).map((file) => relative(out, file));
  return importers.some((file) => writer.includes(file)) ? [] : ['better-sqlite3 is bundled into the storage threads'];
}

/** @param {string} out */
function rendererProblems(out) {
  return listFiles(out, ['renderer'])
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => {
      const names = importsIn(join(out, file)).filter((name) => name === 'electron' || isNodeModule(name));
      // Externalised built-ins appear as this marker instead of an import.
      const marker = readFileSync(join(out, file), 'utf8').includes('__vite-browser-external')
        ? ['a built-in module']
        : [];
      return [...names, ...marker].map((name) => `${file} uses ${name}`);
    });
}

/** @param {string} name */
function isNodeModule(name) {
  return isBuiltin(name) && (name.startsWith('node:') || builtinModules.includes(name));
}

/**
 * A bundle and every chunk it imports, however far.
 * @param {string} entry
 * @returns {string[]}
 */
function reachable(entry) {
  const seen = new Set([entry]);
  for (const file of seen) {
    for (const name of importsIn(file)) if (name.startsWith('.')) seen.add(join(dirname(file), name));
  }
  return [...seen].filter((file) => existsSync(file));
}

/** @param {string} file @returns {string[]} */
function importsIn(file) {
  return importsOf(file, readFileSync(file, 'utf8')).map((found) => found.specifier);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkBundle(join(ROOT, 'out'));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
