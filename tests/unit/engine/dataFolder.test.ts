import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritableFolder } from '../../../src/main/engine/dataFolder';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'poolwatch-data-folder-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('requireWritableFolder', () => {
  it('makes the folder with its parents and leaves nothing in it', () => {
    requireWritableFolder(join(base, 'a', 'b'));
    requireWritableFolder(join(base, 'a', 'b'));
    expect(readdirSync(join(base, 'a', 'b'))).toEqual([]);
  });

  it('names the folder and the reason when a file is in the way', () => {
    writeFileSync(join(base, 'file'), '');
    expect(() => requireWritableFolder(join(base, 'file', 'data'))).toThrow(/file.data \(ENOTDIR\)/);
    expect(() => requireWritableFolder(join(base, 'file'))).toThrow(/file \(ENOTDIR\)/);
  });

  it('refuses a place that takes no folders, without hanging', (context) => {
    context.skip(process.platform !== 'linux', 'needs /proc');
    expect(() => requireWritableFolder('/proc/poolwatch/data')).toThrow(/ENOENT/);
  });
});
