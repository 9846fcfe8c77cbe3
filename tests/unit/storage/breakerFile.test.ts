import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closedBreaker, nextBreaker } from '../../../src/main/storage/breaker';
import { BreakerFile } from '../../../src/main/storage/breakerFile';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'poolwatch-breaker-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const open = nextBreaker(closedBreaker(0), { kind: 'trouble', reason: 'environment' }, 1_234);

describe('BreakerFile', () => {
  it('remembers why and since when across a restart, and forgets when the breaker closes', async () => {
    const spool = folder();
    const before = new BreakerFile(spool, 'market');
    await before.remember({ ...open, failedProbes: 4 }, 'the disk is full');
    expect(new BreakerFile(spool, 'market').recall()).toEqual({
      reason: 'environment',
      sinceMs: 1_234,
      failedProbes: 4,
      detail: 'the disk is full',
    });
    expect(new BreakerFile(spool, 'monitor').recall()).toBeNull();
    await before.remember(closedBreaker(2_000), '');
    expect(new BreakerFile(spool, 'market').recall()).toBeNull();
    expect(readdirSync(spool)).toEqual([]);
  });

  it('keeps the last of several changes in a hurry', async () => {
    const spool = folder();
    const file = new BreakerFile(spool, 'market');
    void file.remember(open, 'first');
    void file.remember(closedBreaker(2), '');
    void file.remember(open, 'last');
    await file.flushed();
    expect(file.recall()?.detail).toBe('last');
  });

  it.each(['', '{"reason":"moon"}', '[1]', '{"reason":"lock","sinceMs":"yesterday"}'])(
    'takes a file that makes no sense for a closed breaker: %s',
    (text) => {
      const spool = folder();
      writeFileSync(join(spool, 'market-breaker.json'), text);
      expect(new BreakerFile(spool, 'market').recall()).toBeNull();
    },
  );
});
