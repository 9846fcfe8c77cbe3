#!/usr/bin/env node
// Stands in for fpm, which electron-builder would download: makes a deb with dpkg-deb or an rpm with rpmbuild from the very
// arguments that electron-builder hands to fpm. Knows only what it is handed; an unknown option is an error, never ignored.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles } from './hash.mjs';

const KB = 1024;
/** Compression of a package in the words of rpmbuild: level and threads. */
const RPM_PAYLOADS = /** @type {Record<string, string>} */ ({ xzmt: 'w6T0.xzdio', gzip: 'w1.gzdio' });
const PLAIN_OPTIONS = new Set(['--force']);
const LISTS = new Set(['-d', '--deb-recommends', '--rpm-rpmbuild-define']);
const VALUES = new Set([
  '-s',
  '-t',
  '--architecture',
  '--after-install',
  '--after-remove',
  '--description',
  '--version',
  '--package',
  '--name',
  '--maintainer',
  '--vendor',
  '--url',
  '--category',
  '--license',
  '--deb-priority',
  '--deb-compression',
  '--rpm-os',
  '--rpm-compression',
  '--rpm-summary',
]);

/**
 * @typedef {object} Order
 * @property {Readonly<Record<string, string>>} values
 * @property {Readonly<Record<string, readonly string[]>>} lists
 * @property {readonly { from: string, to: string }[]} files `from` with a slash at its end: what is in that folder
 */

/** @param {readonly string[]} args @returns {Order} */
export function parseOrder(args) {
  /** @type {Record<string, string>} */
  const values = {};
  /** @type {Record<string, string[]>} */
  const lists = {};
  const files = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (PLAIN_OPTIONS.has(argument)) continue;
    if (argument.startsWith('-')) {
      const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
      const name = equals < 0 ? argument : argument.slice(0, equals);
      const value = equals < 0 ? args[(index += 1)] : argument.slice(equals + 1);
      if (value === undefined) throw new Error(`${name} has no value`);
      if (LISTS.has(name)) (lists[name] ??= []).push(value);
      else if (VALUES.has(name)) values[name] = value;
      else throw new Error(`unknown option ${name}`);
      continue;
    }
    const equals = argument.lastIndexOf('=/');
    if (equals < 0) throw new Error(`"${argument}" names no place to put it`);
    files.push({ from: argument.slice(0, equals), to: argument.slice(equals + 1) });
  }
  return { values, lists, files };
}

/** @param {Order} order @param {number} installedKb */
export function debControl({ values, lists }, installedKb) {
  // The first line is the synopsis; in the rest a line begins with a space, and an empty one is a dot.
  const [synopsis = '', ...rest] = value(values, '--description').split('\n');
  const long = rest.map((line) => ` ${line.trim() || '.'}`);
  const fields = {
    Package: value(values, '--name'),
    Version: value(values, '--version'),
    Architecture: value(values, '--architecture'),
    Maintainer: value(values, '--maintainer'),
    'Installed-Size': String(installedKb),
    Depends: lists['-d']?.join(', '),
    Recommends: lists['--deb-recommends']?.join(', '),
    Section: values['--category'],
    Priority: values['--deb-priority'],
    Homepage: values['--url'],
    Description: [synopsis.trim(), ...long].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `${name}: ${text}\n`)
    .join('');
}

/** @param {Order} order @param {string} staged the folder of the files @param {readonly string[]} own folders that belong to us alone */
export function rpmSpec({ values, lists, files }, staged, own) {
  const single = files.filter(({ from }) => !from.endsWith('/')).map(({ to }) => to);
  return [
    `Name: ${value(values, '--name')}`,
    `Version: ${value(values, '--version')}`,
    'Release: 1',
    `Summary: ${values['--rpm-summary'] ?? value(values, '--description').split('\n')[0]}`,
    `License: ${value(values, '--license')}`,
    `URL: ${value(values, '--url')}`,
    `Vendor: ${value(values, '--vendor')}`,
    `Group: ${values['--category'] ?? 'default'}`,
    // What is inside brings its own libraries: looking through them would ask the system for those.
    'AutoReqProv: no',
    ...(lists['-d'] ?? []).map((name) => `Requires: ${name}`),
    '%description',
    value(values, '--description'),
    '%install',
    `cp -a '${staged}/.' '%{buildroot}/'`,
    '%post',
    readFileSync(value(values, '--after-install'), 'utf8'),
    '%postun',
    readFileSync(value(values, '--after-remove'), 'utf8'),
    '%files',
    '%defattr(-,root,root,-)',
    ...[...own, ...single].map((path) => `"${path}"`),
    '',
  ].join('\n');
}

/** @param {Order} order */
function makePackage(order) {
  const work = mkdtempSync(join(tmpdir(), 'poolwatch-package-'));
  try {
    const staged = join(work, 'staged');
    for (const { from, to } of order.files) stage(from, join(staged, to));
    for (const path of ['opt', 'usr']) openForAll(join(staged, path));
    const own = order.files.filter(({ from }) => from.endsWith('/')).map(({ to }) => to);
    const kind = value(order.values, '-t');
    if (kind === 'deb') makeDeb(order, staged);
    else if (kind === 'rpm') makeRpm(order, staged, own, work);
    else throw new Error(`cannot make a ${kind}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} from @param {string} to */
function stage(from, to) {
  mkdirSync(from.endsWith('/') ? to : dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Everybody may read, the programs may be run, nobody but root may write, whatever the umask here. @param {string} top */
function openForAll(top) {
  const result = spawnSync('chmod', ['-R', 'u=rwX,go=rX', top]);
  if (result.status !== 0) throw new Error(`chmod failed: ${String(result.stderr)}`);
}

/** @param {Order} order @param {string} staged */
function makeDeb(order, staged) {
  const files = listFiles(staged, ['.']);
  const bytes = files.reduce((sum, file) => sum + lstatSync(join(staged, file)).size, 0);
  const sums = files
    .filter((file) => lstatSync(join(staged, file)).isFile())
    .map((file) => `${md5(join(staged, file))}  ${file}\n`);
  const control = join(staged, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), debControl(order, Math.ceil(bytes / KB)));
  writeFileSync(join(control, 'md5sums'), sums.join(''));
  for (const [name, option] of [
    ['postinst', '--after-install'],
    ['postrm', '--after-remove'],
  ]) {
    cpSync(value(order.values, option ?? ''), join(control, name ?? ''));
    chmodSync(join(control, name ?? ''), 0o755);
  }
  openForAll(control);
  const compression = value(order.values, '--deb-compression') === 'gz' ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6'];
  run('dpkg-deb', ['--root-owner-group', ...compression, '--build', staged, value(order.values, '--package')]);
}

/** @param {Order} order @param {string} staged @param {readonly string[]} own @param {string} work */
function makeRpm(order, staged, own, work) {
  const spec = join(work, 'package.spec');
  writeFileSync(spec, rpmSpec(order, staged, own));
  const defines = [
    `_topdir ${join(work, 'rpm')}`,
    `_tmppath ${work}`,
    // Stripping or rewriting files would break what is signed, hashed or packed.
    '__os_install_post %{nil}',
    `_binary_payload ${RPM_PAYLOADS[value(order.values, '--rpm-compression')] ?? 'w6.xzdio'}`,
    ...(order.lists['--rpm-rpmbuild-define'] ?? []),
  ];
  const target = `${value(order.values, '--architecture')}-linux`;
  run('rpmbuild', ['-bb', '--quiet', '--target', target, ...defines.flatMap((text) => ['--define', text]), spec]);
  const made = listFiles(join(work, 'rpm'), ['RPMS']).find((file) => file.endsWith('.rpm'));
  if (made === undefined) throw new Error('rpmbuild wrote no rpm');
  cpSync(join(work, 'rpm', made), value(order.values, '--package'));
}

/** @param {string} program @param {readonly string[]} args */
function run(program, args) {
  const { status, stderr, stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${program} failed: ${error?.message ?? ''}\n${stdout}\n${stderr}`);
}

/** @param {string} file */
function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}

/** @param {Readonly<Record<string, string>>} values @param {string} name */
function value(values, name) {
  const found = values[name];
  if (found === undefined) throw new Error(`${name} is missing`);
  return found;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    makePackage(parseOrder(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
