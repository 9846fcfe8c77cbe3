// What is in the packaged program, and what is not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../support/launchApp';
import { archivedFiles, fusesOf, RELEASE_FUSES } from '../support/packagedFiles';

test.skip(process.platform !== 'linux', 'only the folders of the Linux build are known here');

const app = join(ROOT, 'dist', 'linux-unpacked');
const resources = join(app, 'resources');

test('the fuses read back as intended; only the inspector, which these tests need, differs from a release', () => {
  expect(fusesOf(join(app, 'poolwatch'))).toEqual({ ...RELEASE_FUSES, nodeCliInspect: true });
});

test('the archive holds the bundles and one database addon, and nothing of the sources', () => {
  const files = archivedFiles(join(resources, 'app.asar'));
  const outside = files.filter(({ path }) => !/^(?:out\/|package\.json$|node_modules\/better-sqlite3\/)/.test(path));
  expect(outside).toEqual([]);
  const addons = files.filter(({ path }) => path.endsWith('.node'));
  expect(addons).toHaveLength(1);
  expect(addons[0]?.unpacked).toBe(true);
  expect(existsSync(join(resources, 'app.asar.unpacked', addons[0]?.path ?? ''))).toBe(true);
  // The packer takes the whole package out of the archive that an addon lies in; nothing else is.
  const beside = files.filter(({ unpacked }) => unpacked).map(({ path }) => path);
  expect(beside.filter((path) => !path.startsWith('node_modules/better-sqlite3/'))).toEqual([]);
  expect(files.filter(({ path }) => /\.(?:tsx?|cpp|c|h|gyp)$|renderer\/.*\.map$/.test(path))).toEqual([]);
});

test('no other app lies beside ours, and a test build says that it is one', () => {
  expect(readdirSync(resources).filter((file) => file.endsWith('.asar'))).toEqual(['app.asar']);
  expect(readFileSync(join(app, 'BUILD-INFO.txt'), 'utf8')).toContain('This is a test build');
});

test('licences and the bill of materials come along', () => {
  const bill = JSON.parse(readFileSync(join(resources, 'poolwatch.cdx.json'), 'utf8')) as {
    components: { name: string; scope: string }[];
  };
  const inside = bill.components.filter(({ scope }) => scope === 'required').map(({ name }) => name);
  expect(inside).toEqual(expect.arrayContaining(['electron', 'better-sqlite3', 'react', 'zod']));
  expect(inside).not.toContain('vitest');
  const texts = readFileSync(join(resources, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of inside) if (name !== 'electron') expect(texts).toContain(`${name} `);
  expect(readFileSync(join(resources, 'LICENSE'), 'utf8')).toContain('MIT License');
});
