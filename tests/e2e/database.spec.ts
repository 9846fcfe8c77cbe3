// The orders of the Database page, given to the real program: each is carried out, told of while it runs, and written down.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { seriousFindings } from '../support/accessibility';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { misfits, resizeWindow } from '../support/windowFit';
import { chooseTheme, openPage, snapshot, waitForRows } from '../support/windowSteps';

const WORK_MS = 60_000;

const profile = newProfile();
const dataFolder = join(profile, 'profiles', 'demo');
let launched: LaunchedApp;

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(async () => {
  launched = await launchApp({ profile });
  await waitForRows(launched.page, 'top_pools');
  await openPage(launched.page, 'database');
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

/** Waits until the newest operation of a kind has ended, and says how. */
async function ended(page: Page, kind: string): Promise<{ readonly state: string; readonly detail: string | null }> {
  const newest = async () => (await snapshot(page)).operations.find((operation) => operation.kind === kind);
  await expect.poll(async () => (await newest())?.endedAtMs ?? null, { timeout: WORK_MS }).not.toBeNull();
  const operation = await newest();
  return { state: operation?.state ?? 'gone', detail: operation?.detail ?? null };
}

const picture = (page: Page, name: string): Promise<void> => takePicture(page, name, [[profile, USUAL_FOLDER]]);
const backups = (): readonly string[] =>
  readdirSync(join(dataFolder, 'backups')).filter((name) => name.endsWith('.db'));

test('a backup is made, listed, verified and written down', async () => {
  const { page } = launched;
  await page.getByTestId('backup-market').click();
  expect(await ended(page, 'backup')).toMatchObject({ state: 'done' });
  expect(backups()).toHaveLength(1);
  const [name = ''] = backups();
  await expect(page.getByTestId('operations-log')).toContainText('A verified backup of');
  await page.getByRole('button', { name: `Verify ${name}` }).click();
  expect((await ended(page, 'verify')).detail).toContain('is intact');
});

test('work that is called off ends at once and leaves nothing half done', async () => {
  const { page } = launched;
  const before = readdirSync(join(dataFolder, 'backups'));
  const id = await page.evaluate(async () => {
    const started = await window.poolwatch?.command('database.backup', { database: 'market' });
    if (!started?.ok) return null;
    const { operationId } = started.value;
    return (await window.poolwatch?.command('operation.cancel', { operationId }))?.ok ? operationId : null;
  });
  const state = async () => (await snapshot(page)).operations.find((operation) => operation.id === id)?.state;
  await expect.poll(state, { timeout: WORK_MS }).toBe('cancelled');
  await expect(page.getByText('Called off after')).toBeVisible();
  expect(readdirSync(join(dataFolder, 'backups'))).toEqual(before);
});

test('a check, a checkpoint and a compaction end well while collecting goes on', async () => {
  const { page } = launched;
  await page.getByTestId('check-market').click();
  expect((await ended(page, 'check')).detail).toContain('No damage was found');
  await page.getByTestId('checkpoint-market').click();
  expect((await ended(page, 'checkpoint')).detail).toContain('PASSIVE (0, ');
  await page.getByTestId('more-market').click();
  await page.getByTestId('compact-market').click();
  await page.getByTestId('confirm').click();
  expect((await ended(page, 'compact')).detail).toMatch(/^[\d.]+ MB were freed/);
  const market = async () => (await snapshot(page)).databases.find((database) => database.name === 'market');
  await expect.poll(async () => (await market())?.breaker.state, { timeout: WORK_MS }).toBe('closed');
  expect((await market())?.spool).toMatchObject({ batches: 0, lost: 0 });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the way back to a backup is shown before it is taken, in the ${theme} theme`, async () => {
    const { page } = launched;
    await chooseTheme(page, theme);
    await page.getByTestId('restore-market').click();
    await expect(page.getByTestId('restore-dialog').getByRole('row', { name: /^pools/ })).toBeVisible({
      timeout: WORK_MS,
    });
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, `restore-${theme}`);
    await resizeWindow(launched, 900, 600);
    await expect(page.getByTestId('confirm-restore')).toBeInViewport();
    expect(await misfits(page)).toEqual([]);
    await picture(page, `restore-${theme}-900x600`);
    await resizeWindow(launched, 1_280, 840);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('restore-dialog')).toBeHidden();
    await page.getByTestId('operations-log').scrollIntoViewIfNeeded();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, `database-history-${theme}`);
    await page.getByTestId('database-market').scrollIntoViewIfNeeded();
    await picture(page, `database-upkeep-${theme}`);
  });
}

test('a restore keeps the present file and the newer rows come over', async () => {
  const { page } = launched;
  await page.getByTestId('restore-market').click();
  await page.getByTestId('confirm-restore').click({ timeout: WORK_MS });
  expect((await ended(page, 'restore')).detail).toContain('is in place');
  expect(await ended(page, 'salvage')).toMatchObject({ state: 'done' });
  const [folder = ''] = readdirSync(join(dataFolder, 'quarantine'));
  expect(existsSync(join(dataFolder, 'quarantine', folder, 'market.db'))).toBe(true);
  expect(existsSync(join(dataFolder, 'quarantine', folder, 'report.md'))).toBe(true);
  await expect(page.getByTestId('operations-log').getByText('Report').first()).toBeVisible();
});

test('a database taken out of service is put back and has every row', async () => {
  const { page } = launched;
  const market = async () => (await snapshot(page)).databases.find((database) => database.name === 'market');
  await expect.poll(async () => (await market())?.breaker.state, { timeout: WORK_MS }).toBe('closed');
  await page.getByTestId('more-market').click();
  await page.getByTestId('isolate-market').click();
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('rejoin-market')).toBeVisible();
  await expect.poll(async () => (await market())?.spool.batches, { timeout: WORK_MS }).toBeGreaterThan(0);
  await page.getByTestId('rejoin-market').click();
  await expect.poll(async () => (await market())?.breaker.state, { timeout: WORK_MS }).toBe('closed');
  expect((await market())?.spool).toMatchObject({ batches: 0, lost: 0 });
  expect(launched.faults()).toEqual([]);
});
