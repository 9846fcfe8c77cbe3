import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles, hashOf, listFiles, stampMatches, writeStamp } from '../../../scripts/lib/hash.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'poolwatch-hash-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'src', 'a.ts'), 'a');
  writeFileSync(join(root, 'src', 'deep', 'b.ts'), 'b');
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('hashFiles', () => {
  it('lists files and directories alike and leaves out what is missing', () => {
    expect(listFiles(root, ['src', 'package.json', 'absent'])).toEqual([
      'package.json',
      join('src', 'a.ts'),
      join('src', 'deep', 'b.ts'),
    ]);
  });

  it('changes with a content, with a name and with the extra inputs', () => {
    const before = hashFiles(root, ['src']);
    expect(hashFiles(root, ['src'])).toBe(before);
    expect(hashFiles(root, ['src'], ['flag'])).not.toBe(before);
    writeFileSync(join(root, 'src', 'a.ts'), 'changed');
    expect(hashFiles(root, ['src'])).not.toBe(before);
  });

  it('keeps neighbouring parts apart', () => {
    expect(hashOf(['ab', 'c'])).not.toBe(hashOf(['a', 'bc']));
  });
});

describe('stamps', () => {
  it('match only the hash that was written', () => {
    const stamp = join(root, 'out', '.stamp');
    expect(stampMatches(stamp, 'x')).toBe(false);
    writeStamp(stamp, 'x');
    expect(stampMatches(stamp, 'x')).toBe(true);
    expect(stampMatches(stamp, 'y')).toBe(false);
  });
});
