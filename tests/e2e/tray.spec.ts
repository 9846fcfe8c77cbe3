// A real tray with a real menu, and real notifications, on a desktop of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { takeForeignLock } from '../support/foreignLock';
import {
  electronExecutable,
  launchApp,
  MACHINE_FLAGS,
  newProfile,
  removeProfile,
  ROOT,
  type LaunchedApp,
} from '../support/launchApp';
import { replaceText, USUAL_FOLDER } from '../support/pictures';
import { missingForTray, startTraySession, type TraySession } from '../support/traySession';
import { snapshot, waitForRows } from '../support/windowSteps';

const missing = missingForTray();
if (missing !== null) process.stdout.write(`  the tray is not looked at: ${missing}\n`);
test.skip(missing !== null, missing ?? '');

const PICTURE = join(ROOT, 'test-results', 'screenshots', 'tray.png');

const TOLD_WITHIN_MS = 20_000;
const OVER_WITHIN_MS = 45_000;

let profile: string;
let market: MarketServer;
let desktop: TraySession;
let launched: LaunchedApp;

test.beforeAll(async () => {
  profile = newProfile();
  market = await createMarketServer({ seed: 11, port: 0, control: true, cacheTtlMs: 0 });
  const settings = {
    source: { mode: 'live', baseUrl: market.baseUrl, callsPerMinute: 1_000 },
    collectors: { dexes: { intervalMs: 5_000 }, top_pools: { intervalMs: 2_000 }, ohlcv: { intervalMs: 10_000 } },
    topPools: { maxPages: 2, minReserveUsd: 0 },
  };
  writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
  desktop = await startTraySession();
  launched = await launchApp({ profile, env: desktop.env });
});
test.afterAll(async () => {
  await launched?.kill();
  await desktop?.stop();
  await market?.stop();
  if (profile) removeProfile(profile);
});

// What went wrong is best seen.
test.afterEach(async () => {
  const info = test.info();
  if (info.status !== info.expectedStatus) await desktop?.picture(info.outputPath('desktop.png'));
});

const labels = async (): Promise<readonly string[]> => (await desktop.menu()).map(({ label }) => label);

test('the tray says what is wrong and takes orders, a notice comes up, and collecting goes on without a window', async () => {
  test.setTimeout(120_000);
  const { app, page } = launched;
  await waitForRows(page, 'top_pools');
  await expect.poll(labels).toContain('All is well');
  expect(await labels()).toEqual(
    expect.arrayContaining(['Snooze all for 1 hour', 'Pause collecting', 'Open Poolwatch', 'Quit']),
  );

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  const { path } = (await snapshot(page)).databases.find(({ name }) => name === 'market') ?? { path: '' };
  const holder = await takeForeignLock(path, 'write');
  const what = `market.db is locked by node (process ${holder.pid})`;
  await expect.poll(() => desktop.notifications(), { timeout: TOLD_WITHIN_MS }).toBeGreaterThan(0);
  await expect.poll(labels).toContain(`■ ${what}`);
  await desktop.openMenu();
  await replaceText(page, profile, USUAL_FOLDER);
  await desktop.picture(PICTURE);
  await desktop.closeMenu();

  await desktop.choose('Snooze all');
  await expect.poll(labels).toContain(`■ ${what} (snoozed)`);
  const [incident] = (await snapshot(page)).alerts.incidents;
  await desktop.clickNotification();
  await expect.poll(() => page.url()).toContain(`#/alerts/inbox/${encodeURIComponent(incident?.id ?? '')}`);
  await holder.release();
  await expect.poll(labels, { timeout: OVER_WITHIN_MS }).toContain('All is well');
  // An earlier notice may still be on the screen, and a click may have brought up the next one.
  const told: string[] = [];
  await expect
    .poll(async () => {
      told.push(...(await desktop.clearNotifications()));
      return told;
    })
    .toContain(`Over: ${what}`);

  await desktop.choose('Pause collecting');
  await expect.poll(labels).toContain('Collecting is paused');
  expect((await snapshot(page)).collectors.every(({ pause }) => pause !== null)).toBe(true);
  await desktop.choose('Resume collecting');
  await expect.poll(labels).toContain('Pause collecting');

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => desktop.notifications()).toBe(1);
  expect(await desktop.clearNotifications()).toEqual(['Poolwatch goes on collecting']);
  const again = app.waitForEvent('window');
  await desktop.activate();
  await waitForRows(await again, 'top_pools');

  const ended = once(app.process(), 'exit');
  await desktop.choose('Quit');
  expect((await ended)[0]).toBe(0);
});

test('a start without a window shows only the icon, which brings the window', async () => {
  const args = [...MACHINE_FLAGS, ROOT, `--user-data-dir=${profile}`, '--hidden'];
  const env = { ...process.env, ...desktop.env, POOLWATCH_E2E: '1' };
  const hidden = spawn(electronExecutable(), args, { env, stdio: 'ignore' });
  const ended = once(hidden, 'exit');
  try {
    await expect.poll(labels, { timeout: TOLD_WITHIN_MS }).toContain('All is well');
    expect(await desktop.windows()).toBe(0);
    await desktop.activate();
    await expect.poll(() => desktop.windows()).toBe(1);
  } finally {
    hidden.kill('SIGTERM');
    await ended;
  }
});
