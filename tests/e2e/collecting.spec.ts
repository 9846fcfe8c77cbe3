// A first start and the orders a person gives, in the order a person would give them.
import { expect, test } from '@playwright/test';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { allPools, collector, FIRST_ROWS_MS, openPage, waitForRows } from '../support/windowSteps';

test.describe.configure({ mode: 'serial' });

/** The demo market's top pools are due every ten seconds; a slot that does not run must have had its chance. */
const SLOT_MS = 10_000;

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp({ profile });
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

test('a first start shows live rows of every collector within a minute', async () => {
  test.setTimeout(FIRST_ROWS_MS + 10_000);
  const { page } = launched;
  await expect(page.getByTestId('demo-banner')).toBeVisible();
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(page, id);
  await expect(page.getByTestId('collector-row-top_pools')).toHaveAttribute('data-health', 'ok');
  await openPage(page, 'market');
  await expect(page.getByRole('table', { name: 'Pools' }).getByRole('row')).not.toHaveCount(0);
  expect((await allPools(page)).length).toBeGreaterThan(50);
  await openPage(page, 'database');
  await expect(page.getByRole('row', { name: /^pools [1-9]/ })).toBeVisible();
  await openPage(page, 'now');
});

test('pause stops the next slot', async () => {
  const { page } = launched;
  await page.getByTestId('pause-top_pools').click();
  await page.getByTestId('pause-top_pools-open').click();
  await expect(page.getByTestId('collector-row-top_pools')).toHaveAttribute('data-health', 'paused');
  // A run under way when the pause came may still finish.
  await expect.poll(async () => (await collector(page, 'top_pools')).running).toBeNull();
  const before = await collector(page, 'top_pools');
  await expect
    .poll(async () => (await collector(page, 'top_pools')).ticks.at(-1)?.outcome, { timeout: 3 * SLOT_MS })
    .toBe('skipped_paused');
  expect((await collector(page, 'top_pools')).lastRun).toEqual(before.lastRun);
});

test('run now runs, even while paused', async () => {
  const { page } = launched;
  const before = await collector(page, 'top_pools');
  await page.getByTestId('run-now-top_pools').click();
  await expect
    .poll(async () => (await collector(page, 'top_pools')).lastRun)
    .toMatchObject({ trigger: 'manual', outcome: 'ok' });
  const after = await collector(page, 'top_pools');
  expect(after.lastRun?.id).not.toBe(before.lastRun?.id);
  expect(after.pause).not.toBeNull();
});

test('resume brings the slots back', async () => {
  const { page } = launched;
  const before = await collector(page, 'top_pools');
  await page.getByTestId('resume-top_pools').click();
  await expect(page.getByTestId('collector-row-top_pools')).not.toHaveAttribute('data-health', 'paused');
  await expect
    .poll(async () => (await collector(page, 'top_pools')).lastRun?.id, { timeout: 3 * SLOT_MS })
    .not.toBe(before.lastRun?.id);
  expect((await collector(page, 'top_pools')).lastRun).toMatchObject({ trigger: 'schedule', outcome: 'ok' });
});

test('the terminal has one line for every run', () => {
  const lines = launched.output().split('\n');
  for (const id of ['dexes', 'top_pools', 'ohlcv']) {
    expect(lines.filter((line) => line.includes(` ${id} `) && line.includes(' ok ')).length).toBeGreaterThan(0);
  }
  expect(lines.filter((line) => line.includes('skipped_paused')).length).toBeGreaterThan(0);
});

test('nothing was reported as an error on the way', () => {
  expect(launched.faults()).toEqual([]);
});
