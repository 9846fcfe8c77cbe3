// Real files: who can read the token, and which header opens the door.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAuthorised, loadToken, tokenPath } from '../../../src/main/doors/doorToken';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-token-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the token of the door', () => {
  it('is made of 32 random bytes, kept for its owner alone, and the same after a restart', () => {
    const token = loadToken(dir);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(statSync(tokenPath(dir)).mode & 0o777).toBe(0o600);
    expect(readFileSync(tokenPath(dir), 'utf8')).toBe(`${token}\n`);
    expect(loadToken(dir)).toBe(token);
  });

  it('is replaced when others could have read it', () => {
    const token = loadToken(dir);
    chmodSync(tokenPath(dir), 0o644);
    expect(loadToken(dir)).not.toBe(token);
    expect(statSync(tokenPath(dir)).mode & 0o777).toBe(0o600);
  });

  it('is replaced when it is too short to be one, or a link to somewhere else', () => {
    writeFileSync(tokenPath(dir), 'secret\n', { mode: 0o600 });
    expect(loadToken(dir)).toMatch(/^[\w-]{43}$/);
    const elsewhere = join(dir, 'elsewhere');
    const planted = 'a'.repeat(43);
    writeFileSync(elsewhere, planted, { mode: 0o600 });
    rmSync(tokenPath(dir));
    symlinkSync(elsewhere, tokenPath(dir));
    expect(loadToken(dir)).not.toBe(planted);
    expect(readFileSync(elsewhere, 'utf8')).toBe(planted);
  });

  it.each([
    ['Bearer right', true],
    ['bearer right', true],
    ['Bearer wrong', false],
    ['Bearer righ', false],
    ['Bearer right more', false],
    ['Basic right', false],
    ['right', false],
    ['Bearer ', false],
    [undefined, false],
  ])('opens for %s: %s', (header, opens) => {
    expect(isAuthorised(header, 'right')).toBe(opens);
  });
});
