// The unpacked app in dist/: stages exactly what goes in, then lets electron-builder put it round the runtime in use.
// Nothing is downloaded. A build on the fallback runtime, or with the inspector open for tests, is labelled a test build.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OUT } from './build.mjs';
import { hashFiles, listFiles, stampMatches, writeStamp } from './hash.mjs';
import { ADDON_PACKAGE, addonFor, opensDatabase, SHIPPED_SUFFIX } from './native.mjs';
import { writePapers } from './papers.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

const STAGED_APP = join(ROOT, '.cache', 'package-app');
/** What lies beside the app inside the package: licences and the bill of materials. */
export const STAGED_PAPERS = join(ROOT, '.cache', 'package-papers');
export const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.inputs-hash');
const INPUTS = [
  'out',
  'package.json',
  'package-lock.json',
  'LICENSE',
  'electron-builder.yml',
  'resources',
  'scripts/lib',
];
const BYTES_PER_MB = 1_000_000;

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {{ forTests?: boolean }} [options] forTests, or POOLWATCH_E2E=1, opens the inspector that Playwright needs
 * @returns {Promise<string>} where it is and how large
 */
export async function packageApp(runtime, { forTests = process.env['POOLWATCH_E2E'] === '1' } = {}) {
  const label = buildLabel(runtime, forTests);
  // On the fallback runtime both flavours have the same label, and not the same fuses.
  const flavour = forTests ? 'inspectable' : 'closed';
  const hash = hashFiles(ROOT, INPUTS, [label, flavour, runtime.dist, process.platform, process.arch]);
  if (!stampMatches(STAMP, hash)) {
    rmSync(DIST, { recursive: true, force: true });
    await stageApp(runtime, label);
    await pack(runtime, forTests);
    writeStamp(STAMP, hash);
  }
  return `${packagedDirectory()} (${label}, Electron ${runtime.version}, ${sizeMb(packagedDirectory())} MB)`;
}

/** Where electron-builder puts the unpacked app on this system. */
export function packagedDirectory() {
  const names = { linux: 'linux', win32: 'win', darwin: 'mac' };
  const name = names[/** @type {keyof typeof names} */ (process.platform)] ?? process.platform;
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  return join('dist', process.platform === 'darwin' ? `${name}${arch}` : `${name}${arch}-unpacked`);
}

/** The program itself, absolute. */
export function packagedExecutable() {
  const names = { win32: 'poolwatch.exe', darwin: 'Poolwatch.app/Contents/MacOS/poolwatch' };
  const name = names[/** @type {keyof typeof names} */ (process.platform)] ?? 'poolwatch';
  return join(ROOT, packagedDirectory(), name);
}

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {boolean} forTests
 */
export function buildLabel(runtime, forTests) {
  if (runtime.kind !== 'official') return `test-${runtime.version}`;
  return forTests ? 'test-inspectable' : 'release';
}

/** @param {import('./runtime.mjs').Runtime} runtime @param {string} label */
async function stageApp(runtime, label) {
  rmSync(STAGED_APP, { recursive: true, force: true });
  mkdirSync(STAGED_APP, { recursive: true });
  cpSync(OUT, join(STAGED_APP, 'out'), { recursive: true });

  // Of the addon's package only what runs: its scripts and the one binary that this runtime can load. Choosing before
  // packing, not after, keeps the archive's index and the files on disk the same.
  const addonPackage = join(STAGED_APP, 'node_modules', 'better-sqlite3');
  cpSync(join(ADDON_PACKAGE, 'lib'), join(addonPackage, 'lib'), { recursive: true });
  cpSync(join(ADDON_PACKAGE, 'LICENSE'), join(addonPackage, 'LICENSE'));
  // Shipped and rebuilt binaries keep their own places: where the app looks to tell one from the other before loading it.
  const addon = await addonFor(runtime.executable);
  cpSync(addon, join(addonPackage, relative(ADDON_PACKAGE, addon).replace(SHIPPED_SUFFIX, '')));
  const { name, version, main, exports, license } = readJson(join(ADDON_PACKAGE, 'package.json'));
  writeJson(join(addonPackage, 'package.json'), { name, version, main, exports, license });
  const target = { name: `Electron ${runtime.version}`, executable: runtime.executable };
  if (!(await opensDatabase(target, addonPackage))) {
    throw new SetupError(
      `the database addon to be packaged does not load in ${target.name}`,
      'run "npm run setup" again',
    );
  }

  const about = readJson(join(ROOT, 'package.json'));
  writePapers(STAGED_PAPERS, runtime.version);
  writeJson(join(STAGED_APP, 'package.json'), {
    name: about.name,
    productName: 'Poolwatch',
    desktopName: 'poolwatch.desktop',
    version: about.version,
    description: about.description,
    homepage: about.homepage,
    author: 'The Poolwatch authors',
    license: about.license,
    type: about.type,
    main: about.main,
    poolwatchBuild: label,
    dependencies: about.dependencies,
  });
}

/** @param {import('./runtime.mjs').Runtime} runtime @param {boolean} forTests */
async function pack(runtime, forTests) {
  const args = [
    '--dir',
    `-c.electronDist=${runtime.dist}`,
    `-c.electronVersion=${runtime.version}`,
    ...(forTests ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
  ];
  await runBuilder(args);
  if (!existsSync(join(ROOT, packagedDirectory()))) {
    throw new SetupError(`packaging wrote no ${packagedDirectory()}`);
  }
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function runBuilder(args, env = {}) {
  const program = [join(NODE_MODULES, 'electron-builder', 'cli.js'), '--config=electron-builder.yml', ...args];
  const surroundings = { ...process.env, NO_COLOR: '1', ...env };
  const finished = await capture(process.execPath, program, { cwd: ROOT, env: surroundings });
  if (finished.code !== 0) throw new SetupError(`packaging failed:\n${lastLines(finished, 30)}`);
}

/** @param {string} directory below the root */
function sizeMb(directory) {
  const bytes = listFiles(ROOT, [directory]).reduce((sum, file) => sum + statSync(join(ROOT, file)).size, 0);
  return Math.round(bytes / BYTES_PER_MB);
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {string} file @param {object} value */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
