import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debControl, parseOrder, rpmSpec } from '../../../scripts/lib/fpmLite.mjs';

const ORDER = [
  [
    '-s',
    'dir',
    '--force',
    '-t',
    'deb',
    '-d',
    'libnss3',
    '-d',
    'a | b',
    '--deb-recommends',
    'c',
    '--deb-compression',
    'xz',
  ],
  ['--architecture', 'amd64', '--description', 'Collects\n day and night\n\n and more', '--version', '0.1.0~rc1'],
  ['--name', 'poolwatch', '--maintainer', 'A <a@b.example>', '--vendor', 'A', '--url', 'https://b.example/'],
  ['--license', 'MIT', '--rpm-rpmbuild-define=_build_id_links none', 'app/=/opt/App', 'with=sign=/usr/bin/app'],
].flat();

describe('an order to fpm', () => {
  it('is read as electron-builder writes it', () => {
    const { values, lists, files } = parseOrder(ORDER);
    expect(values).toMatchObject({ '-t': 'deb', '--version': '0.1.0~rc1' });
    expect(lists).toEqual({
      '-d': ['libnss3', 'a | b'],
      '--deb-recommends': ['c'],
      '--rpm-rpmbuild-define': ['_build_id_links none'],
    });
    expect(files).toEqual([
      { from: 'app/', to: '/opt/App' },
      { from: 'with=sign', to: '/usr/bin/app' },
    ]);
  });

  it.each([
    [['--deb-systemd', 'x'], 'unknown option --deb-systemd'],
    [['--name'], '--name has no value'],
    [['file'], 'names no place'],
  ])('is refused rather than half understood: %j', (args, why) => {
    expect(() => parseOrder(args)).toThrow(why);
  });

  it('becomes a control file whose description breaks no field', () => {
    expect(debControl(parseOrder(ORDER), 42)).toBe(
      [
        'Package: poolwatch',
        'Version: 0.1.0~rc1',
        'Architecture: amd64',
        'Maintainer: A <a@b.example>',
        'Installed-Size: 42',
        'Depends: libnss3, a | b',
        'Recommends: c',
        'Homepage: https://b.example/',
        'Description: Collects',
        ' day and night',
        ' .',
        ' and more',
        '',
      ].join('\n'),
    );
  });
});

describe('an order for an rpm', () => {
  /** @type {string} */
  let folder;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'poolwatch-fpm-'));
    for (const script of ['in', 'out']) writeFileSync(join(folder, script), `echo ${script}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('becomes a spec that owns its folder and runs the scripts', () => {
    const order = parseOrder([...ORDER, '--after-install', join(folder, 'in'), '--after-remove', join(folder, 'out')]);
    const spec = rpmSpec(order, '/staged', ['/opt/App']);
    expect(spec).toContain("cp -a '/staged/.' '%{buildroot}/'");
    expect(spec).toMatch(/%post\necho in\n\n%postun\necho out\n/);
    expect(spec).toMatch(/"\/opt\/App"\n"\/usr\/bin\/app"\n$/);
    expect(spec).toContain('Requires: a | b');
  });
});
