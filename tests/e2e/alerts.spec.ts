// An outage of the source in the running app: one incident that names it, answered and followed in the window, and over by itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { seriousFindings } from '../support/accessibility';
import { ClickCount } from '../support/clickCount';
import { takeForeignLock } from '../support/foreignLock';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { startReceiver } from '../support/noticeReceiver';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { misfits, resizeWindow } from '../support/windowFit';
import { chooseTheme, openPage, snapshot, waitForRows } from '../support/windowSteps';

/** Promised: the source out of reach is seen within 13 seconds; a slow machine may take its time to draw it. */
const SEEN_WITHIN_MS = 20_000;
/** Promised: noticed within 45 seconds, and the alert waits for a few good readings. */
const SETTLE_MS = 32_000;
const OVER_WITHIN_MS = 90_000;

let profile: string;
let market: MarketServer;
let launched: LaunchedApp;

test.beforeAll(async () => {
  profile = newProfile();
  market = await createMarketServer({ seed: 5, port: 0, control: true, cacheTtlMs: 0 });
  const settings = {
    source: { mode: 'live', baseUrl: market.baseUrl, callsPerMinute: 1_000 },
    collectors: { dexes: { intervalMs: 3_000 }, top_pools: { intervalMs: 3_000 } },
    topPools: { maxPages: 1, minReserveUsd: 0 },
  };
  writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
  launched = await launchApp({ profile });
});
test.afterAll(async () => {
  await launched.close();
  await market.stop();
  removeProfile(profile);
});

test('an outage of the source is one incident that can be answered, and is over by itself', async () => {
  test.setTimeout(240_000);
  const { page } = launched;
  for (const id of ['dexes', 'top_pools'] as const) await waitForRows(page, id);
  await openPage(page, 'alerts');
  await expect(page.getByText('Nothing is wrong')).toBeVisible();
  // Nothing of the network is judged in the first half minute.
  const settled = async (): Promise<boolean> => {
    const { app, alerts } = await snapshot(page);
    return Date.now() - app.startedAtMs > SETTLE_MS && alerts.settlingUntilMs === null;
  };
  await expect.poll(settled, { timeout: 2 * SETTLE_MS }).toBe(true);

  market.inject({ match: '', kind: '503-html', times: null, delayMs: 0 });
  const card = page.getByTestId('incident-card');
  await expect(card).toContainText('is out of reach', { timeout: SEEN_WITHIN_MS });
  await expect(card).toHaveCount(1);
  await expect(page.getByTestId('alert-announcer')).toContainText('New alert, critical: ');
  await expect(page.getByTestId('open-badge')).toContainText('1');
  await lookAt(page, 'alerts-outage');

  await openPage(page, 'now');
  await expect(page.getByTestId('incident-card')).toHaveCount(1);
  await lookAt(page, 'now-outage');

  await openPage(page, 'timeline');
  await page.getByTestId('time-range').getByText('15 min').click();
  await expect(page.getByTestId('timeline-summary')).toContainText('API out of reach');
  await lookAt(page, 'timeline-outage');
  await page.getByTestId('timeline-row-top_pools').getByRole('button').click();
  const panel = page.getByTestId('collector-panel');
  await expect(panel.getByTestId('panel-errors')).toContainText('answers with a server error');
  await expect(panel.getByTestId('panel-breaker')).toContainText('is down');
  await lookAt(page, 'collector-outage');
  await panel.getByTestId('panel-reset-breaker').click();
  await expect(page.getByText(/is asked now; its answer decides|is being asked already/)).toBeVisible();
  await panel.getByTestId('panel-errors').scrollIntoViewIfNeeded();
  await lookAt(page, 'collector-outage-errors');
  await page.getByTestId('close-collector').click();

  await openPage(page, 'alerts');
  await page.getByTestId('incident-ack').click();
  await page.getByTestId('ack-note').fill('The provider knows of it.');
  await page.getByTestId('confirm-ack').click();
  await page.getByTestId('incident-heaps').getByText('Acknowledged').click();
  await expect(card).toContainText('The provider knows of it.');
  await page.getByTestId('incident-details').click();
  const story = page.getByTestId('incident-timeline');
  await expect(story).toContainText('Opened');
  await expect(story).toContainText('Acknowledged');
  await lookAt(page, 'alerts-details');
  for (const [width, height] of [
    [900, 600],
    [1_100, 700],
  ] as const) {
    await resizeWindow(launched, width, height);
    expect(await misfits(page), `details at ${width} by ${height}`).toEqual([]);
    await takePicture(page, `alerts-details-${width}x${height}`, [[profile, USUAL_FOLDER]]);
  }
  await resizeWindow(launched, 1_280, 840);
  await page.getByTestId('close-details').click();

  await page.getByTestId('notice-bell').click();
  await expect(page.getByTestId('notice').first()).toContainText('is out of reach');
  expect(await seriousFindings(page), 'notices').toEqual([]);
  await takePicture(page, 'alerts-notices', [[profile, USUAL_FOLDER]]);
  await page.getByTestId('mark-seen').click();
  await expect(page.getByTestId('unseen')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('notice')).toHaveCount(0);

  market.clearFaults();
  await expect.poll(async () => (await snapshot(page)).alerts.incidents.length, { timeout: OVER_WITHIN_MS }).toBe(0);
  await page.getByTestId('incident-heaps').getByText('Resolved').click();
  await expect(card.first()).toContainText('is out of reach');
  await lookAt(page, 'alerts-resolved');
  expect(launched.faults()).toEqual([]);
});

test('a rule is changed, tried on history and put back', async () => {
  const { page } = launched;
  await openPage(page, 'alerts');
  await page.getByTestId('alerts-rules').click();
  await page.getByTestId('edit-collector-failing').click();
  await page.getByTestId('run-back-test').click();
  await expect(page.getByTestId('back-test')).not.toContainText('Not tested');
  await lookAt(page, 'alerts-rule');
  await page.getByTestId('rule-fire').fill('4');
  await page.getByTestId('save-rule').click();
  const row = page.getByTestId('rule-collector-failing');
  await expect(row).toContainText('4 or more');
  await expect(row).toContainText('changed');
  await lookAt(page, 'alerts-rules');
  await page.getByTestId('edit-collector-failing').click();
  await page.getByTestId('reset-rule').click();
  await page.getByTestId('confirm').click();
  await expect(row).toContainText('3 or more');
  await expect(row).not.toContainText('changed');
});

test('a silence is made, listed and ended, and the log of deliveries can be read', async () => {
  const { page } = launched;
  await openPage(page, 'alerts');
  await page.getByTestId('alerts-silences').click();
  await page.getByTestId('new-silence').click();
  await page.getByTestId('silence-reason').fill('planned work');
  await page.getByTestId('confirm-silence').click();
  await expect(page.getByTestId('silence')).toContainText('everything');
  await lookAt(page, 'alerts-silences');
  await page.getByTestId('end-silence').click();
  await expect(page.getByText('Nothing is silenced')).toBeVisible();
  await page.getByTestId('alerts-deliveries').click();
  await expect(page.getByTestId('channel-desktop')).toBeVisible();
  await addChannel(page);
  await lookAt(page, 'alerts-deliveries');
  expect(launched.faults()).toEqual([]);
});

test('a newcomer learns which collector fails, why, since when, and who holds the lock, within three clicks', async () => {
  test.setTimeout(240_000);
  const { page } = launched;
  const path = (await snapshot(page)).databases.find(({ name }) => name === 'market')?.path ?? '';
  market.inject({ match: '/dexes?', kind: '500', times: null, delayMs: 0 });
  const holder = await takeForeignLock(path, 'write');
  try {
    const looked = async (): Promise<unknown> => {
      const { collectors, databases } = await snapshot(page);
      return [collectors.find(({ id }) => id === 'dexes')?.health, databases.map(({ holder: by }) => by?.pid ?? null)];
    };
    await expect.poll(looked, { timeout: 60_000 }).toEqual(['down', [holder.pid, null]]);

    // As the window opens for somebody who has never seen it.
    await page.evaluate(() => (window.location.hash = ''));
    await page.reload();
    const person = new ClickCount();
    const failing = page.locator('[data-testid^="collector-row-"][data-health="down"]');
    await expect(failing).toHaveCount(1);
    await expect(failing).toContainText('DEX');
    await expect(failing).toContainText('500');
    await expect(failing).toContainText(/last good .* ago/);
    await expect(page.getByTestId('incident')).toContainText(`node (process ${holder.pid})`);
    await expect(page.getByTestId('incident')).toContainText(/Since\d\d:\d\d:\d\d/);
    await takePicture(page, 'now-newcomer', [[profile, USUAL_FOLDER]]);
    await person.on(page.getByTestId('nav-alerts'));
    await expect(page.getByTestId('incident-card').filter({ hasText: String(holder.pid) })).toHaveCount(1);
    expect(person.clicks).toBeLessThanOrEqual(3);
  } finally {
    await holder.release();
  }
});

/** Somebody else is told, too: what is wrong with the address is said at it, and the test says that it arrived. */
async function addChannel(page: Page): Promise<void> {
  const receiver = await startReceiver();
  try {
    await page.getByTestId('new-channel').click();
    await page.getByTestId('channel-title').fill('On-call phone');
    await page.getByTestId('channel-url').fill('phone');
    await page.getByTestId('save-channel').click();
    await expect(page.getByText('This is not a web address.')).toBeVisible();
    expect(await seriousFindings(page), 'channel dialog').toEqual([]);
    await takePicture(page, 'alerts-channel', [[profile, USUAL_FOLDER]]);
    await page.getByTestId('channel-url').fill(`${receiver.url}/hidden-path`);
    await page.getByTestId('save-and-test').click();
    await expect(page.getByTestId('test-result')).toHaveText('The test message was taken.');
    expect(receiver.posts).toHaveLength(1);
    await page.getByTestId('channel-dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('row', { name: /On-call phone/ })).toContainText(new URL(receiver.url).host);
    expect(readFileSync(join(profile, 'settings.json'), 'utf8')).not.toContain('hidden-path');
  } finally {
    await receiver.stop();
  }
}

/** In both themes: nobody is kept out, and a picture is kept. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    expect(await seriousFindings(page), `${name}, ${theme}`).toEqual([]);
    await takePicture(page, `${name}-${theme}`, [[profile, USUAL_FOLDER]]);
  }
}
