// The new program in the place of the old one, on a real disk.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from '../../../../src/main/desktop/updates/replaceFile';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-replace-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('replacing the program', () => {
  it('keeps its name, makes it executable and leaves nothing beside it', () => {
    const [present, next] = [join(dir, 'Poolwatch-0.1.0.AppImage'), join(dir, 'next')];
    writeFileSync(present, 'old');
    writeFileSync(next, 'new');
    chmodSync(next, 0o600);
    replaceFile(present, next);
    expect(readFileSync(present, 'utf8')).toBe('new');
    expect(statSync(present).mode & 0o777).toBe(0o755);
    expect(readdirSync(dir).sort()).toEqual(['Poolwatch-0.1.0.AppImage', 'next']);
  });

  it('leaves the old one whole when the new one cannot be read', () => {
    const present = join(dir, 'Poolwatch.AppImage');
    writeFileSync(present, 'old');
    expect(() => replaceFile(present, join(dir, 'absent'))).toThrow('ENOENT');
    expect(readFileSync(present, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['Poolwatch.AppImage']);
  });
});
