// The packages of Linux, made of the unpacked app with what this system has: nothing is downloaded. AppImage needs a runtime that
// only a download brings, so it is left to a build with a network (see docs/packaging.md).
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hashFiles, stampMatches, writeStamp } from './hash.mjs';
import { DIST, packageApp, packagedDirectory, runBuilder, STAGED_PAPERS } from './package.mjs';
import { LICENCES_FILE, SBOM_FILE } from './papers.mjs';
import { ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';

export const PACKAGES = join(DIST, 'packages');
const STAMP = join(PACKAGES, '.inputs-hash');
const BUILDER_OUTPUT = join(DIST, 'builder');
const FPM = join(ROOT, 'scripts', 'lib', 'fpmLite.mjs');
const BYTES_PER_MB = 1_000_000;

/** Largest size in MB of each kind; a package beyond it is a mistake until somebody has looked at it. */
const BUDGETS_MB = /** @type {Readonly<Record<string, number>>} */ ({ '.deb': 130, '.rpm': 130, '.tar.gz': 130 });

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {{ quick?: boolean }} [options] quick: packed fast and loosely, for tests
 * @returns {Promise<readonly string[]>} a line for each package, with its size and its budget
 */
export async function makePackages(runtime, { quick = false } = {}) {
  if (process.platform !== 'linux') {
    throw new SetupError(
      'these are packages of Linux',
      'on Windows and macOS run: npx electron-builder --prepackaged <unpacked app>',
    );
  }
  const app = await packageApp(runtime, { forTests: false });
  const hash = hashFiles(ROOT, ['dist/.inputs-hash'], [`quick ${quick}`]);
  if (!stampMatches(STAMP, hash)) {
    for (const folder of [PACKAGES, BUILDER_OUTPUT]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(PACKAGES, { recursive: true });
    // One after the other: the first puts an AppArmor profile into the folder that the second archives.
    await makeSystemPackages(quick);
    await makeArchive(quick);
    for (const file of [SBOM_FILE, LICENCES_FILE]) cpSync(join(STAGED_PAPERS, file), join(PACKAGES, file));
    await writeChecksums();
    writeStamp(STAMP, hash);
  }
  return [app, ...sizeLines()];
}

/** @param {boolean} quick */
async function makeSystemPackages(quick) {
  chmodSync(FPM, 0o755);
  const args = [
    '--linux',
    'deb',
    'rpm',
    `--prepackaged=${join(ROOT, packagedDirectory())}`,
    `-c.directories.output=${BUILDER_OUTPUT}`,
    ...(quick ? ['-c.deb.compression=gz', '-c.rpm.compression=gzip'] : []),
  ];
  await runBuilder(args, { CUSTOM_FPM_PATH: FPM });
  for (const file of readdirSync(BUILDER_OUTPUT)) {
    if (/\.(?:deb|rpm)$/.test(file)) cpSync(join(BUILDER_OUTPUT, file), join(PACKAGES, file));
  }
  rmSync(BUILDER_OUTPUT, { recursive: true, force: true });
}

/** By tar itself: electron-builder would download 7-Zip for it. @param {boolean} quick */
async function makeArchive(quick) {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const folder = `${name}-${version}`;
  const args = [
    '--create',
    `--use-compress-program=gzip -n -${quick ? 1 : 9}`,
    `--file=${join(PACKAGES, `${folder}.tar.gz`)}`,
    '--owner=0',
    '--group=0',
    '--mode=u=rwX,go=rX',
    '--sort=name',
    `--directory=${join(ROOT, packagedDirectory())}`,
    `--transform=s,^\\.,${folder},`,
    '.',
  ];
  const finished = await capture('tar', args);
  if (finished.code !== 0) throw new SetupError(`tar failed:\n${lastLines(finished)}`);
}

/** In the form that `sha256sum --check` reads. */
async function writeChecksums() {
  const lines = [];
  for (const file of readdirSync(PACKAGES).sort()) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(PACKAGES, file)), hash);
    lines.push(`${hash.digest('hex')}  ${basename(file)}\n`);
  }
  writeFileSync(join(PACKAGES, 'SHA256SUMS'), lines.join(''));
}

function sizeLines() {
  return Object.entries(BUDGETS_MB).map(([ending, budgetMb]) => {
    const file = readdirSync(PACKAGES).find((name) => name.endsWith(ending));
    if (file === undefined) throw new SetupError(`no ${ending} was made`);
    const sizeMb = Math.round(statSync(join(PACKAGES, file)).size / BYTES_PER_MB);
    if (sizeMb > budgetMb) throw new SetupError(`${file} has ${sizeMb} MB, ${budgetMb} are allowed`);
    return `dist/packages/${file} (${sizeMb} of at most ${budgetMb} MB)`;
  });
}
