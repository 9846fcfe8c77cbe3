import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritableDir } from '../../../src/main/engine/writableDir';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'poolwatch-writable-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('requireWritableDir', () => {
  it('makes the folder with its parents and leaves nothing in it', () => {
    requireWritableDir(join(base, 'a', 'b'));
    requireWritableDir(join(base, 'a', 'b'));
    expect(readdirSync(join(base, 'a', 'b'))).toEqual([]);
  });

  it('names the folder and the reason when a file is in the way', () => {
    writeFileSync(join(base, 'file'), '');
    expect(() => requireWritableDir(join(base, 'file', 'data'))).toThrow(/file.data \(ENOTDIR\)/);
    expect(() => requireWritableDir(join(base, 'file'))).toThrow(/file \(ENOTDIR\)/);
  });

  it.runIf(process.platform === 'linux')('refuses a place that takes no folders, without hanging', () => {
    expect(() => requireWritableDir('/proc/poolwatch/data')).toThrow(/ENOENT/);
  });
});
