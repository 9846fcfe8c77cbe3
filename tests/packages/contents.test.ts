// The packages as files: what they hold, what they say of themselves, and whether the tools of the desktop take it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGES } from '../../scripts/lib/packages.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { fusesOf, RELEASE_FUSES } from '../support/packagedFiles';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const packageFile = (ending: string): string =>
  join(PACKAGES, readdirSync(PACKAGES).find((name) => name.endsWith(ending)) ?? `no ${ending}`);

const work = mkdtempSync(join(tmpdir(), 'poolwatch-packages-'));
let deb: string;

/** Debian's rpm warns whoever might take it for the way to install programs. */
const FORCE_DEBIAN = ['--force-debian'];

const elsewhere = process.platform !== 'linux';

describe('the packages of Linux', () => {
  beforeEach(({ skip }) => skip(elsewhere, 'they are made on Linux'));
  beforeAll(() => {
    if (elsewhere) return;
    deb = join(work, 'deb');
    run('dpkg-deb', '--raw-extract', packageFile('.deb'), deb);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('have a desktop file that is valid, opens links and belongs to the window', () => {
    const file = join(deb, 'usr/share/applications/poolwatch.desktop');
    expect(run('desktop-file-validate', file)).toBe('');
    const entry = readFileSync(file, 'utf8');
    for (const line of [
      'Exec=/opt/Poolwatch/poolwatch %U',
      'MimeType=x-scheme-handler/poolwatch;',
      'StartupWMClass=Poolwatch',
      'Icon=poolwatch',
    ])
      expect(entry.split('\n')).toContain(line);
  });

  it('have an icon in every size that desktops ask for', () => {
    const sizes = readdirSync(join(deb, 'usr/share/icons/hicolor'));
    expect(sizes.toSorted()).toEqual(
      ['16x16', '24x24', '32x32', '48x48', '64x64', '128x128', '256x256', '512x512'].toSorted(),
    );
    for (const size of sizes)
      expect(existsSync(join(deb, 'usr/share/icons/hicolor', size, 'apps/poolwatch.png'))).toBe(true);
  });

  it('describe themselves to software centres, as the version that they are', () => {
    const file = join(deb, 'usr/share/metainfo/io.github.poolwatch.metainfo.xml');
    run('appstreamcli', 'validate', '--no-net', file);
    expect(readFileSync(file, 'utf8')).toContain(`<release version="${version}"`);
  });

  it('put the command line on the path', () => {
    const launcher = join(deb, 'usr/bin/poolwatch');
    expect(statSync(launcher).mode & 0o777).toBe(0o755);
    expect(readFileSync(launcher, 'utf8')).toBe(readFileSync(join(deb, 'opt/Poolwatch/bin/poolwatch'), 'utf8'));
  });

  it('let nobody but root write, and nothing run as root', () => {
    const lines = run('dpkg-deb', '--contents', packageFile('.deb')).trim().split('\n');
    expect(lines.filter((line) => !line.includes(' root/root '))).toEqual([]);
    expect(lines.filter((line) => /^.(?:....w|.......w)/.test(line) && !line.startsWith('l'))).toEqual([]);
    expect(lines.filter((line) => /^...[sS]|^......[sS]/.test(line))).toEqual([]);
  });

  it('have the fuses of a release', () => {
    expect(fusesOf(join(deb, 'opt/Poolwatch/poolwatch'))).toEqual(RELEASE_FUSES);
  });

  it('hold the same files as rpm and as archive', () => {
    const files = (text: string): readonly string[] =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.endsWith('/'))
        .toSorted();
    const ofDeb = files(run('find', deb, '-not', '-type', 'd', '-not', '-path', '*/DEBIAN/*', '-printf', '/%P\n'));
    const folders = new Set(run('find', deb, '-type', 'd', '-printf', '/%P\n').split('\n'));
    const ofRpm = files(run('rpm', '-qlp', packageFile('.rpm'))).filter((file) => !folders.has(file));
    expect(ofRpm).toEqual(ofDeb);
    const ofArchive = files(run('tar', '--list', '--file', packageFile('.tar.gz'))).map((file) =>
      file.replace(`poolwatch-${version}/`, '/opt/Poolwatch/'),
    );
    expect(ofArchive).toEqual(ofDeb.filter((file) => file.startsWith('/opt/')));
  });

  it('of rpm say what they are, need and do', () => {
    const about = run('rpm', '-qip', packageFile('.rpm'));
    expect(about).toMatch(new RegExp(`Version\\s+: ${version.replaceAll('.', '\\.')}`));
    expect(about).toMatch(/License\s+: MIT/);
    expect(run('rpm', '-qRp', packageFile('.rpm'))).toContain('gtk3');
    expect(run('rpm', '-qp', '--scripts', packageFile('.rpm'))).toContain('chrome-sandbox');
  });

  it('of rpm put into an empty root what they list, whole and under their rights', ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can enter a root of its own');
    const root = join(work, 'rpm');
    mkdirSync(root);
    // There is no shell in there for scripts, and nothing of what it depends on.
    const flags = [
      '--root',
      root,
      '--nodeps',
      '--noscripts',
      ...(existsSync('/etc/debian_version') ? FORCE_DEBIAN : []),
    ];
    run('rpm', '--install', ...flags, packageFile('.rpm'));
    expect(run('rpm', '--root', root, '--verify', '--nodeps', 'poolwatch')).toBe('');
    const tree = (folder: string): string =>
      run(
        'find',
        join(folder, 'opt'),
        join(folder, 'usr/bin/poolwatch'),
        '-not',
        '-type',
        'd',
        '-printf',
        '%P %s %m %u\n',
      )
        .split('\n')
        .toSorted()
        .join('\n');
    expect(tree(root)).toBe(tree(deb));
    expect(fusesOf(join(root, 'opt/Poolwatch/poolwatch'))).toEqual(RELEASE_FUSES);
  });

  it('as archive run their command line where they are unpacked, without a display, and hear Ctrl-C', async () => {
    run('tar', '--extract', `--directory=${work}`, '--file', packageFile('.tar.gz'));
    const launcher = join(work, `poolwatch-${version}`, 'bin', 'poolwatch');
    const env = { PATH: process.env['PATH'], HOME: work };
    const told = execFileSync(launcher, ['--help'], { encoding: 'utf8', env });
    expect(told).toContain('Usage: poolwatch');
    expect(told).toContain('db-health');

    execFileSync(launcher, ['status', '--demo'], { env });
    const monitor = spawn(launcher, ['db-monitor', '--interval', '1', '--demo'], { env });
    let words = '';
    monitor.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    await once(monitor.stdout, 'data');
    monitor.kill('SIGINT');
    await once(monitor, 'close');
    expect(monitor.exitCode).toBe(0);
    expect(words).toMatch(/^poolwatch: \d+ looks? in .*nothing was out of order\.\n$/);
  });

  it('lie beside their checksums, licences and bill of materials', () => {
    const checked = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: PACKAGES, encoding: 'utf8' });
    expect(checked.trim().split('\n').toSorted()).toEqual(
      readdirSync(PACKAGES)
        .filter((file) => file !== 'SHA256SUMS' && !file.startsWith('.'))
        .map((file) => `${file}: OK`)
        .toSorted(),
    );
    expect(checked).toContain('poolwatch.cdx.json');
    expect(checked).toContain('THIRD-PARTY-LICENSES.txt');
  });
});
