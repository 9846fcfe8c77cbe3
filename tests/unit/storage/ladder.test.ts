// A replacement that is cut short between two of its renames: the database, its log and its index still end up in one place.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishMoves, replaceFile } from '../../../src/main/storage/recovery/ladder';
import type { StoreOptions } from '../../../src/main/storage/store';
import { FakeClock } from '../../support/fakeClock';

const renames = vi.hoisted(() => ({ endBefore: null as string | null }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const rename: typeof real.rename = async (from, to) => {
    if (renames.endBefore !== null && String(from).endsWith(renames.endBefore)) throw new Error('the power went');
    await real.rename(from, to);
  };
  return { ...real, rename };
});

let root: string;
let file: string;
let folder: string;
const clock = new FakeClock();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'poolwatch-ladder-'));
  file = join(root, 'market.db');
  folder = join(root, 'quarantine', `market.db-${clock.wallMs()}`);
  for (const part of ['', '-wal', '-shm']) writeFileSync(file + part, `old${part}`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const options = (): StoreOptions => ({
  ...{ name: 'market', file, spoolDir: join(root, 'spool'), clock },
  workers: { writer: 'none', reader: 'none' },
});
const replace = (): Promise<string | null> => replaceFile(options(), null, 'a page was damaged', true);
const contents = (): readonly string[] =>
  ['', '-wal', '-shm'].map((part) => readFileSync(join(folder, `market.db${part}`), 'utf8'));

/** The program ends when the database has been moved, and its log not yet. */
async function cutShort(): Promise<void> {
  renames.endBefore = '-wal';
  await expect(replace()).rejects.toThrow('the power went');
  renames.endBefore = null;
  expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([false, true]);
}

describe('a replaced database', () => {
  it('is moved whole, and nothing but its rows is left to be done', async () => {
    expect(await replace()).toBe(folder);
    expect(readdirSync(root)).toEqual(['quarantine']);
    expect(readdirSync(folder).toSorted()).toEqual(['market.db', 'market.db-shm', 'market.db-wal', 'unsalvaged']);
  });

  it('gets the log that was left behind before anybody opens another file at its place', async () => {
    await cutShort();
    await finishMoves(file);
    expect(contents()).toEqual(['old', 'old-wal', 'old-shm']);
    expect(readdirSync(root)).toEqual(['quarantine']);
  });

  it('gets it also when the replacement is tried again without a restart', async () => {
    await cutShort();
    expect(await replace()).toBeNull();
    expect(contents()).toEqual(['old', 'old-wal', 'old-shm']);
  });

  it('takes nothing of the file that has come to its place since', async () => {
    rmSync(`${file}-wal`);
    await replace();
    // As a power cut brings it back that came before the folder was on the disk.
    writeFileSync(join(folder, 'moving'), JSON.stringify(['', '-shm']));
    for (const part of ['', '-wal', '-shm']) writeFileSync(file + part, `new${part}`);
    await finishMoves(file);
    expect(readdirSync(root).toSorted()).toEqual(['market.db', 'market.db-shm', 'market.db-wal', 'quarantine']);
    expect(readFileSync(join(folder, 'market.db'), 'utf8')).toBe('old');
    expect(existsSync(join(folder, 'moving'))).toBe(false);
  });
});
