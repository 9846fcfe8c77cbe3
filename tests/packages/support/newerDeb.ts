// The same deb as a later version: of the package and of the program inside, which reads it from its archive. Packed without
// compression, which takes a few seconds.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns the later version. Both files are absolute; `from` stays as it is. */
export function newerDeb(from: string, to: string): string {
  const folder = mkdtempSync(join(dirname(to), 'newer-'));
  try {
    execFileSync('dpkg-deb', ['--raw-extract', from, folder]);
    const control = join(folder, 'DEBIAN', 'control');
    const text = readFileSync(control, 'utf8');
    const version = /^Version: (\S+)$/m.exec(text)?.[1] ?? '';
    const newer = `9${version.slice(1)}`;
    writeFileSync(control, text.replace(`Version: ${version}`, `Version: ${newer}`));
    rename(join(folder, 'opt/Poolwatch/resources/app.asar'), `"version": "${version}"`, `"version": "${newer}"`);
    execFileSync('dpkg-deb', ['-Znone', '--root-owner-group', '--build', folder, to]);
    return newer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In the manifest of the program, and of the same length: the archive's index names places and sizes. */
function rename(archive: string, from: string, to: string): void {
  const content = readFileSync(archive);
  const name = content.indexOf('"name": "poolwatch"');
  const place = content.indexOf(from, name);
  if (name < 0 || place < 0 || from.length !== to.length) throw new Error('the archive names no version');
  content.write(to, place);
  writeFileSync(archive, content);
}
