// The CSV on disk against what the window shows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { ClickCount } from '../support/clickCount';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { allPools, openPage, waitForRows } from '../support/windowSteps';

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp({ profile });
  await waitForRows(launched.page, 'top_pools');
  // So that the file and the table are of the same moment.
  await launched.page.evaluate(() =>
    window.poolwatch?.command('collector.pause', { collectorId: 'top_pools', untilMs: null }),
  );
  await expect
    .poll(() => launched.page.evaluate(() => window.poolwatch?.query('snapshot.get', null)))
    .toMatchObject({
      value: { collectors: expect.arrayContaining([expect.objectContaining({ id: 'top_pools', running: null })]) },
    });
  await openPage(launched.page, 'market');
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

async function answerDialog(answer: { canceled: boolean; filePath: string }): Promise<void> {
  await launched.app.evaluate(({ dialog }, given) => {
    dialog.showSaveDialog = () => Promise.resolve(given);
  }, answer);
}

test('export writes every pool that the filter shows, digit for digit', async () => {
  const file = join(profile, 'pools.csv');
  await answerDialog({ canceled: false, filePath: file });
  await launched.page.getByTestId('export').click();
  await launched.page.getByTestId('export-csv').click();
  await expect(launched.page.getByText(file)).toBeVisible();

  const shown = await allPools(launched.page);
  const written = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
  const cell = (value: string | number | null): string => (value === null ? '' : String(value));
  expect(
    written.map((row) => [row['pool_id'], row['dex'], row['base_price_usd'], row['reserve_usd'], row['buys_h24']]),
  ).toEqual(
    shown.map((pool) => [pool.id, pool.dexId, cell(pool.basePriceUsd), cell(pool.reserveUsd), cell(pool.buysH24)]),
  );
  expect(readdirSync(profile).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('export follows the search field', async () => {
  const file = join(profile, 'some.csv');
  const wanted = (await allPools(launched.page))[0]?.address ?? '';
  await answerDialog({ canceled: false, filePath: file });
  await launched.page.getByTestId('pool-search').fill(wanted);
  await expect(launched.page.getByText('1 pool', { exact: false }).first()).toBeVisible();
  await launched.page.getByTestId('export').click();
  await launched.page.getByTestId('export-csv').click();
  await expect.poll(() => existsSync(file)).toBe(true);
  const written = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
  expect(written.map((row) => row['address'])).toEqual([wanted]);
  await launched.page.getByTestId('pool-search').fill('');
  // The list of all pools is back before the next click: what moves under it is another test's matter.
  await expect.poll(() => launched.page.getByTestId('pool-row').count()).toBeGreaterThan(1);
});

test('a cancelled dialog writes nothing and complains about nothing', async () => {
  await answerDialog({ canceled: true, filePath: '' });
  const answer = await launched.page.evaluate(() =>
    window.poolwatch?.command('pools.export', {
      filter: { networkId: null, dexId: null, search: null, minReserveUsd: null },
      sortBy: 'name',
      descending: false,
    }),
  );
  expect(answer).toEqual({ ok: true, value: { path: null, rows: 0 } });
});

test('a place that cannot be written is refused in a sentence', async () => {
  await answerDialog({ canceled: false, filePath: join(profile, 'no such folder', 'pools.csv') });
  await launched.page.getByTestId('export').click();
  await launched.page.getByTestId('export-csv').click();
  await expect(
    launched.page.getByText(`Nothing was exported: There is no folder ${join(profile, 'no such folder')}.`),
  ).toBeVisible();
  expect(launched.faults()).toEqual([]);
});

test('a newcomer has the candles of a watched pool in a file with five clicks', async () => {
  const { page } = launched;
  await waitForRows(page, 'ohlcv');
  const file = join(profile, 'candles.csv');
  await answerDialog({ canceled: false, filePath: file });
  await page.evaluate(() => (window.location.hash = ''));
  await page.reload();
  await expect(page.getByTestId('page-now')).toBeVisible();

  const person = new ClickCount();
  await person.on(page.getByTestId('nav-market'));
  await person.on(page.getByTestId('pool-row').first());
  const star = page.getByTestId('watch-pool');
  if ((await star.getAttribute('aria-pressed')) === 'false') await person.on(star);
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await person.on(page.getByTestId('export'));
  await person.on(page.getByTestId('export-candles-csv'));
  await expect(page.getByText(file)).toBeVisible();
  expect(person.clicks).toBeLessThanOrEqual(5);

  const poolId = await page.locator('[data-selected]').getAttribute('data-pool-id');
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
  const watched = await page.evaluate(() =>
    window.poolwatch?.query('watchlist.list', { activeOnly: true, group: null, search: null }),
  );
  const ids = watched?.ok === true ? watched.value.items.map(({ id }) => id) : [];
  expect(ids).toContain(poolId);
  expect(new Set(rows.map((row) => row['pool_id']))).toContain(poolId);
  expect(rows.filter((row) => !ids.includes(row['pool_id'] ?? ''))).toEqual([]);
});
