// What is done from the keyboard, what the tables remember, and the guided outage: in one real window on the demo market.
import { expect, test, type Page } from '@playwright/test';
import type { DatabaseStatus } from '../../src/shared/domain/database';
import { seriousFindings } from '../support/accessibility';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { misfits, resizeWindow } from '../support/windowFit';
import { allPools, chooseTheme, openPage, snapshot, waitForRows } from '../support/windowSteps';

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp({ profile });
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(launched.page, id);
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

test('the palette and the help sheet are accessible in both themes, and the menu opens them', async () => {
  const { page, app } = launched;
  await openPage(page, 'now');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-field').fill('pools');
    await expect(page.getByTestId('palette-option').first()).toBeVisible();
    expect(await seriousFindings(page), `palette, ${theme}`).toEqual([]);
    await takePicture(page, `palette-${theme}`, [[profile, USUAL_FOLDER]]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await seriousFindings(page), `shortcuts, ${theme}`).toEqual([]);
    await takePicture(page, `shortcuts-${theme}`, [[profile, USUAL_FOLDER]]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  const choose = (id: string): Promise<void> =>
    app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  await choose('palette');
  await page.getByTestId('palette-field').fill('diagnostics');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('page-diagnostics')).toBeVisible();
  await choose('shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('columns of the pools keep the width they are given, cells are copied whole, candles can be looked at closer', async () => {
  const { page, app } = launched;
  await chooseTheme(page, 'light');
  await openPage(page, 'market');
  const head = page.getByRole('columnheader', { name: 'Price' });
  const before = (await head.boundingBox())?.width ?? 0;
  await page.getByTestId('resize-price').focus();
  for (let times = 0; times < 5; times += 1) await page.keyboard.press('ArrowRight');
  const widened = async (): Promise<number> => ((await head.boundingBox())?.width ?? 0) - before;
  await expect.poll(widened).toBeGreaterThan(70);
  await page.reload();
  await expect.poll(widened).toBeGreaterThan(70);
  await takePicture(page, 'market-resized', [[profile, USUAL_FOLDER]]);

  const [pool] = await allPools(page);
  await page.locator(`[data-pool-id="${pool?.id}"] [data-row-button]`).focus();
  for (let times = 0; times < 2; times += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^\d+(\.\d+)?$/);
  await page.locator(`[data-pool-id="${pool?.id}"] [data-column="name"]`).click({ button: 'right' });
  await page.getByTestId('pool-menu').getByText('Copy the address of the pool').click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(pool?.address);
  await page.getByTestId('resize-price').dblclick();
  await expect.poll(widened).toBeLessThan(2);

  await openCandles(page);
  const chart = page.getByTestId('candle-chart');
  await chart.hover();
  await page.mouse.wheel(0, -300);
  await expect(chart).toHaveAttribute('data-whole', 'false');
  for (let times = 0; times < 2; times += 1) await page.keyboard.press('+');
  await takePicture(page, 'candles-closer', [[profile, USUAL_FOLDER]]);
  await page.keyboard.press('0');
  await expect(chart).toHaveAttribute('data-whole', 'true');
});

test('the guided outage is real, told with true figures on every page, and loses nothing', async () => {
  test.setTimeout(180_000);
  const { page } = launched;
  await openPage(page, 'now');
  const before = await market(page);
  await page.getByTestId('show-outage').click();
  const panel = page.getByTestId('outage');
  const step = (name: string) => panel.getByTestId('outage-step').filter({ hasText: name });
  await expect(step('Collecting goes on')).toHaveAttribute('data-state', 'now', { timeout: 30_000 });
  if (process.platform === 'linux') {
    await expect.poll(async () => (await market(page)).holder?.certainty).toBe('exact');
    const { holder } = await market(page);
    await expect(panel).toContainText(`${holder?.program} (process ${holder?.pid})`);
    expect(isAlive(holder?.pid)).toBe(true);
    expect(holder?.pid).not.toBe(launched.pid);
  }
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    expect(await seriousFindings(page), `outage, ${theme}`).toEqual([]);
    await takePicture(page, `outage-${theme}`, [[profile, USUAL_FOLDER]]);
  }
  await resizeWindow(launched, 900, 600);
  expect(await misfits(page)).toEqual([]);
  await takePicture(page, 'outage-900x600', [[profile, USUAL_FOLDER]]);
  await resizeWindow(launched, 1_440, 900);
  await openPage(page, 'database');
  await expect(panel).toContainText('Lost: nothing', { timeout: 90_000 });
  await expect(panel.locator('[data-testid="outage-step"]:not([data-state="done"])')).toHaveCount(0);
  await takePicture(page, 'outage-over', [[profile, USUAL_FOLDER]]);
  const after = await market(page);
  const waited = after.lastLock?.spooledBatches ?? 0;
  expect(waited).toBeGreaterThan(0);
  await expect(step('What waited is stored')).toContainText(`${waited} batch`);
  expect(after.spool.replayed - before.spool.replayed).toBeGreaterThanOrEqual(waited);
  expect(after).toMatchObject({ state: 'ok', breaker: { state: 'closed' }, spool: { batches: 0, lost: 0 } });
  await page.getByTestId('put-outage-away').click();
  await expect(panel).toHaveCount(0);
});

test('the guided outage ends at once when it is called off', async () => {
  const { page } = launched;
  await page.getByTestId('show-outage').click();
  await expect.poll(async () => (await market(page)).lockedSinceMs, { timeout: 30_000 }).not.toBeNull();
  await page.getByTestId('end-outage').click();
  await expect(page.getByTestId('outage')).toContainText('You ended the outage');
  await expect.poll(async () => (await market(page)).state).toBe('ok');
  await expect(page.getByTestId('outage')).toContainText('Lost: nothing');
});

test('nothing of it is reported as an error', () => {
  expect(launched.faults()).toEqual([]);
});

test('nobody holds the lock any more once the program was killed', async () => {
  test.skip(process.platform !== 'linux', 'only Linux names who holds a lock');
  const { page } = launched;
  await page.getByTestId('show-outage').click();
  await expect.poll(async () => (await market(page)).holder?.certainty, { timeout: 30_000 }).toBe('exact');
  const pid = (await market(page)).holder?.pid;
  expect(isAlive(pid)).toBe(true);
  await launched.kill();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

async function market(page: Page): Promise<DatabaseStatus> {
  const status = (await snapshot(page)).databases.find(({ name }) => name === 'market');
  if (!status) throw new Error('the snapshot has no market database');
  return status;
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function openCandles(page: Page): Promise<void> {
  const withCandles = (await allPools(page)).find(({ candles }) => candles > 0);
  expect(withCandles).toBeDefined();
  await page
    .getByRole('button', { name: /^Candles of / })
    .first()
    .click();
  await expect(page.getByTestId('candles-panel')).toBeVisible();
  await expect(page.getByTestId('candles-panel').getByRole('img')).toBeVisible();
}
