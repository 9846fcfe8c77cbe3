// The packaged program does what the unpackaged one does: starts in its sandbox from its archive, collects, shows rows, ends.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, newProfile, removeProfile, ROOT, runToEnd } from '../support/launchApp';
import { allPools, openPage, PAGES, snapshot, waitForRows } from '../support/windowSteps';

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux-unpacked/poolwatch',
  win32: 'win-unpacked/poolwatch.exe',
  darwin: 'mac/Poolwatch.app/Contents/MacOS/poolwatch',
};

const executable = join(ROOT, 'dist', EXECUTABLES[process.platform] ?? '');
const SCREENSHOTS = join(ROOT, 'test-results', 'screenshots');

test('the packaged program starts, collects, shows its rows and ends in order', async () => {
  test.setTimeout(90_000);
  const profile = newProfile();
  const launched = await launchApp({ profile, executable });
  const { app, page } = launched;
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true);
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(page, id);
  expect((await allPools(page)).length).toBeGreaterThan(50);
  expect((await snapshot(page)).databases.map(({ state }) => state)).toEqual(['ok', 'ok']);
  for (const name of PAGES) await openPage(page, name);
  await page.screenshot({ path: join(SCREENSHOTS, 'packaged-market.png') });
  expect(launched.faults()).toEqual([]);
  expect(await launched.close()).toBe(0);
  removeProfile(profile);
});

test('the packaged program refuses an unknown flag in one line', async () => {
  const profile = newProfile();
  const { code, stderr } = await runToEnd([`--user-data-dir=${profile}`, '--demoo'], executable);
  expect(code).toBe(2);
  expect(stderr.split('\n').filter((line) => line.startsWith('poolwatch: '))).toEqual([
    expect.stringContaining('"--demoo"'),
  ]);
  removeProfile(profile);
});
