// Lets electron-builder go through every package of a system up to where it would call that system's tools, and prints what it would
// hand to them as JSON, by system. Its tools are stand-ins in a temporary folder.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';

const ROOT = resolve(import.meta.dirname, '..', '..');
/** Makes the file that it is asked for. */
const ARCHIVER = '#!/bin/sh\nfor a; do case $a in *.7z|*.zip) : > "$a";; esac; done\n';
const PICTURE_SIZE = '#!/bin/sh\necho "pixelHeight: 380"; echo "pixelWidth: 540"\n';
/** dmgbuild -s settings name file: the file becomes the settings. */
const IMAGE_MAKER = '#!/bin/sh\ncp "$2" "$4"\n';

const work = mkdtempSync(join(tmpdir(), 'poolwatch-dry-run-'));
const app = join(work, 'app');
const packed = join(work, 'packed');
const packedMac = join(packed, 'Poolwatch.app');

/** @param {string} name @param {string} script */
function standIn(name, script) {
  const file = join(work, name);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

try {
  const about = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  mkdirSync(app);
  const staged = {
    ...about,
    productName: 'Poolwatch',
    desktopName: 'poolwatch.desktop',
    dependencies: {},
    scripts: {},
  };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ ...staged, author: 'The Poolwatch authors' }));
  for (const folder of [join(packed, 'resources'), join(packedMac, 'Contents', 'Resources'), join(work, 'nsis')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(work, 'nsis', 'elevate.exe'), '');
  standIn('sips', PICTURE_SIZE);
  Object.assign(process.env, {
    ELECTRON_BUILDER_7ZIP_PATH: standIn('7za', ARCHIVER),
    ELECTRON_BUILDER_NSIS_DIR: join(work, 'nsis'),
    CUSTOM_DMGBUILD_PATH: standIn('dmgbuild', IMAGE_MAKER),
    PATH: `${work}${delimiter}${process.env['PATH']}`,
  });
  const results = {
    linux: await dryRun(Platform.LINUX),
    windows: await dryRun(Platform.WINDOWS),
    mac: await dryRun(Platform.MAC),
    mistaken: await dryRun(Platform.LINUX, { nonsense: true }),
  };
  process.stdout.write(`\n${JSON.stringify(results)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** @param {Platform} platform @param {object} [extra] settings beside those of electron-builder.yml */
async function dryRun(platform, extra = {}) {
  const out = join(work, `out-${platform.name}`);
  /** @type {unknown[]} */
  const orders = [];
  try {
    await build({
      projectDir: ROOT,
      // Those of electron-builder.yml; a tar.gz is made by its real tool, which is not called here.
      targets: platform.createTarget(platform === Platform.LINUX ? ['AppImage', 'deb', 'rpm'] : null, Arch.x64),
      prepackaged: platform === Platform.MAC ? packedMac : packed,
      publish: 'never',
      config: {
        directories: { app, output: out, buildResources: 'resources' },
        electronVersion: '45.3.4',
        ...extra,
      },
      // For macOS it would open the image to look inside.
      ...(platform !== Platform.MAC && {
        effectiveOptionComputed: async (/** @type {unknown} */ order) => {
          orders.push(order);
          return true;
        },
      }),
    });
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
  const made = existsSync(out) ? readdirSync(out) : [];
  const images = made.filter((file) => file.endsWith('.dmg'));
  return { orders: [...orders, ...images.map((file) => JSON.parse(readFileSync(join(out, file), 'utf8')))], made };
}
