// Runs on the packed directory before fuses are set: takes out what a development Electron brings along and labels the
// build, so that nobody mistakes one made on the fallback runtime for a release.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {import('electron-builder').AfterPackContext} context */
export default async function afterPack(context) {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  // Left behind when Electron comes from a directory; a default app next to ours could be started instead of it.
  rmSync(join(resources, 'default_app.asar'), { force: true });
  rmSync(join(context.appOutDir, 'version'), { force: true });
  const { version, poolwatchBuild } = /** @type {{ version?: string, poolwatchBuild?: string }} */ (
    context.packager.info.metadata
  );
  const lines = [
    `Poolwatch ${version}`,
    `Build: ${poolwatchBuild}`,
    `Electron: ${context.packager.config.electronVersion}`,
    `Platform: ${context.electronPlatformName} ${process.arch}`,
  ];
  if (poolwatchBuild !== 'release') lines.push('', 'This is a test build. Do not hand it to users.');
  writeFileSync(join(context.appOutDir, 'BUILD-INFO.txt'), `${lines.join('\n')}\n`);
}
