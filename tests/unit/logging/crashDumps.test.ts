// The dumps of crashes on a real disk.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listCrashDumps, thinOutCrashDumps } from '../../../src/main/logging/crashDumps';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-crash-'));
  mkdirSync(join(dir, 'pending'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('keeps the five newest dumps with what belongs to them, wherever the crash handler puts them, and nothing else goes', async () => {
  for (let n = 0; n < 8; n += 1) {
    for (const kind of ['dmp', 'meta']) writeFileSync(join(dir, 'pending', `${n}.${kind}`), 'x');
    utimesSync(join(dir, 'pending', `${n}.dmp`), n, 1_000 + n);
  }
  writeFileSync(join(dir, 'settings.dat'), 'x');
  await thinOutCrashDumps(dir);
  expect(new Set(readdirSync(dir, { recursive: true, encoding: 'utf8' }))).toEqual(
    new Set(['pending', ...[3, 4, 5, 6, 7].flatMap((n) => [`pending/${n}.dmp`, `pending/${n}.meta`]), 'settings.dat']),
  );
  expect((await listCrashDumps(dir)).map(({ atMs }) => atMs / 1_000)).toEqual([1_007, 1_006, 1_005, 1_004, 1_003]);
});

it('finds none where no crash has been', async () => {
  await thinOutCrashDumps(join(dir, 'nowhere'));
  expect(await listCrashDumps(join(dir, 'nowhere'))).toEqual([]);
});
