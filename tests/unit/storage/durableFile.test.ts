// Small files that a power cut must leave whole: that each is synced before it has its name, and its name afterwards, is seen at
// the calls to the operating system; a test cannot cut the power.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closedBreaker, nextBreaker } from '../../../src/main/storage/breaker';
import { BreakerFile } from '../../../src/main/storage/breakerFile';
import { writeDurably } from '../../../src/main/storage/recovery/durableFile';
import { writeReport } from '../../../src/main/storage/recovery/salvage';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-durable-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** What the folder held each time that something in it, or the folder itself, was synced. */
async function watchSyncs(): Promise<readonly (readonly string[])[]> {
  const handle = await open(folder, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const sync = prototype.sync;
  const seen: string[][] = [];
  vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    seen.push(readdirSync(folder).toSorted());
    return sync.call(this);
  });
  return seen;
}

const openBreaker = nextBreaker(closedBreaker(0), { kind: 'trouble', reason: 'environment' }, 1_234);

describe('a small file of the storage layer', () => {
  it('is synced aside before it replaces the one before, and its name afterwards', async () => {
    const file = join(folder, 'state.json');
    writeFileSync(file, 'before');
    const syncs = await watchSyncs();
    await writeDurably(file, 'after');
    expect(syncs).toEqual([['state.json', 'state.json.partial'], ['state.json']]);
    expect(readFileSync(file, 'utf8')).toBe('after');
  });

  it('that cannot be put in its place leaves nothing aside', async () => {
    mkdirSync(join(folder, 'state.json', 'in the way'), { recursive: true });
    await expect(writeDurably(join(folder, 'state.json'), 'after')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is written so where it remembers the breaker, and is gone for good once that has closed', async () => {
    const syncs = await watchSyncs();
    const file = new BreakerFile(folder, 'market');
    await file.remember(openBreaker, 'the disk is full');
    await file.remember(closedBreaker(2_000), '');
    expect(syncs).toEqual([['market-breaker.json.partial'], ['market-breaker.json'], []]);
  });

  it('is written so where it reports what became of a replaced database', async () => {
    const syncs = await watchSyncs();
    await writeReport({
      reason: 'a page was damaged',
      replacedAtMs: 0,
      backup: null,
      quarantine: folder,
      spoolReplayed: 0,
      tables: [],
    });
    expect(syncs.at(-1)).toEqual(['report.json', 'report.md']);
    expect(syncs).toHaveLength(4);
  });
});
