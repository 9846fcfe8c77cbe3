import { describe, expect, it } from 'vitest';
import { installedAsLocked } from '../../../scripts/lib/dependencies.mjs';

const lock = JSON.stringify({
  packages: {
    '': { name: 'poolwatch' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/for-another-system': { version: '1.0.0', integrity: 'sha512-o', optional: true },
  },
});
const installed = (/** @type {object} */ packages) => JSON.stringify({ packages });
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('installedAsLocked', () => {
  it('is content when only packages for other systems are absent', () => {
    expect(installedAsLocked(lock, installed({ 'node_modules/a': a }))).toBe(true);
  });

  it('notices a missing, a different and a superfluous package', () => {
    expect(installedAsLocked(lock, undefined)).toBe(false);
    expect(installedAsLocked(lock, installed({}))).toBe(false);
    expect(installedAsLocked(lock, installed({ 'node_modules/a': { ...a, integrity: 'sha512-x' } }))).toBe(false);
    expect(installedAsLocked(lock, installed({ 'node_modules/a': a, 'node_modules/b': a }))).toBe(false);
  });
});
