// The packaged program does what the unpackaged one does: starts in its sandbox from its archive, collects, shows rows, ends.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, newProfile, removeProfile, ROOT, runToEnd } from '../support/launchApp';
import { packagedExecutable } from '../support/packagedFiles';
import { allPools, openPage, PAGES, snapshot, waitForRows } from '../support/windowSteps';

const executable = packagedExecutable();
const SCREENSHOTS = join(ROOT, 'test-results', 'screenshots');

test('the packaged program starts, collects, shows its rows and ends in order', async () => {
  test.setTimeout(90_000);
  const profile = newProfile();
  const launched = await launchApp({ profile, executable });
  const { app, page } = launched;
  expect(await app.evaluate((electron) => electron.app.isPackaged)).toBe(true);
  const roles = await app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items.map(({ role }) => role) ?? []),
  );
  expect(roles).toContain('togglefullscreen');
  // Also as Electron spells them inside: in lower case.
  for (const role of roles) expect(String(role).toLowerCase()).not.toMatch(/devtools|reload/);
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(page, id);
  expect((await allPools(page)).length).toBeGreaterThan(50);
  expect((await snapshot(page)).databases.map(({ state }) => state)).toEqual(['ok', 'ok']);
  for (const name of PAGES) await openPage(page, name);
  await page.screenshot({ path: join(SCREENSHOTS, 'packaged-market.png') });
  // The program of the outage is started from the archive, and not by the app as Node: that is switched off.
  await page.getByTestId('show-outage').click();
  await expect(page.getByTestId('outage')).toContainText(/keeps everybody from writing/, { timeout: 30_000 });
  await page.getByTestId('end-outage').click();
  await expect(page.getByTestId('outage')).toContainText('Lost: nothing');
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
