import { describe, expect, it } from 'vitest';
import { licenceProblems, licenceTexts } from '../../../scripts/lib/licences.mjs';
import { billOfMaterials } from '../../../scripts/lib/sbom.mjs';
import { closure, importedPackages, nameAt, readLock } from '../../../scripts/lib/shippedPackages.mjs';

const LOCK = {
  'node_modules/a': {
    version: '1.0.0',
    license: 'MIT',
    integrity: 'sha512-AAAA',
    dependencies: { b: '*', '@s/c': '*' },
  },
  'node_modules/a/node_modules/b': { version: '2.0.0', license: '(WTFPL OR MIT)' },
  'node_modules/b': { version: '1.0.0', license: 'GPL-3.0', dev: true },
  'node_modules/@s/c': { version: '3.0.0', license: 'ISC', dependencies: { b: '*' } },
  'node_modules/tool': { version: '9.0.0', license: 'MIT', dev: true },
};
const INSIDE = ['node_modules/@s/c', 'node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/b'];

describe('what is inside the app', () => {
  const lock = readLock();
  const places = closure(lock, importedPackages());

  it('is what the sources name and all that these need, each copy where Node finds it', () => {
    expect(closure(LOCK, ['a'])).toEqual(INSIDE);
  });

  it('is known for the sources as they are: the window, the storage, no tool', () => {
    const inside = places.map(nameAt);
    expect(inside).toEqual(
      expect.arrayContaining(['react', 'react-dom', 'scheduler', 'better-sqlite3', 'zod', 'commander', 'pino']),
    );
    for (const tool of ['electron', 'electron-builder', 'vitest', 'typescript', 'vite'])
      expect(inside).not.toContain(tool);
  });

  it('may be handed on, all of it', () => {
    expect(licenceProblems(lock, places)).toEqual([]);
  });
});

describe('licences', () => {
  it('are refused when nobody has looked at them; of a choice one is enough, of several at once all count', () => {
    expect(licenceProblems(LOCK, INSIDE)).toEqual(['b 1.0.0: GPL-3.0']);
    const place = 'node_modules/x';
    expect(licenceProblems({ [place]: { version: '1', license: 'MIT AND GPL-3.0' } }, [place])).toHaveLength(1);
    expect(licenceProblems({ [place]: { version: '1' } }, [place])).toEqual(['x 1: no licence given']);
  });

  it('are told with their texts', () => {
    const lock = readLock();
    const text = licenceTexts(lock, ['node_modules/react', 'node_modules/zod']);
    expect(text).toContain(`react ${lock['node_modules/react']?.version} (MIT)`);
    expect(text.match(/Permission is hereby granted/g)).toHaveLength(2);
  });
});

describe('the bill of materials', () => {
  const bill = billOfMaterials({
    about: { name: 'poolwatch', version: '0.1.0', license: 'MIT', description: 'Collects.' },
    lock: { '': { version: '0.1.0' }, ...LOCK },
    shipped: INSIDE,
    imported: ['node_modules/a'],
    runtime: [{ name: 'electron', version: '45.0.0', license: 'MIT' }],
    made: new Date(0),
  });

  it('tells what is inside from what it was built with', () => {
    const required = bill.components.filter(({ scope }) => scope === 'required').map(({ purl }) => purl);
    expect(required).toEqual([
      'pkg:generic/electron@45.0.0',
      'pkg:npm/a@1.0.0',
      'pkg:npm/b@2.0.0',
      'pkg:npm/b@1.0.0',
      'pkg:npm/%40s/c@3.0.0',
    ]);
    expect(bill.components.filter(({ scope }) => scope === 'excluded').map(({ name }) => name)).toEqual(['tool']);
  });

  it('names every part once, and only parts that there are', () => {
    const refs = [bill.metadata.component['bom-ref'], ...bill.components.map((part) => part['bom-ref'])];
    expect(new Set(refs).size).toBe(refs.length);
    expect(bill.dependencies.map(({ ref }) => ref)).toEqual(refs);
    for (const { dependsOn } of bill.dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
  });

  it('is the same for the same lock, and says hashes as the format wants them', () => {
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(bill.components.find(({ name }) => name === 'a')).toMatchObject({
      hashes: [{ alg: 'SHA-512', content: '000000' }],
      licenses: [{ license: { id: 'MIT' } }],
    });
    expect(bill.components.find(({ version }) => version === '2.0.0')).toMatchObject({
      licenses: [{ expression: '(WTFPL OR MIT)' }],
    });
  });
});
