// What several window tests do or ask: the snapshot, the pools, a page, a theme.
import { expect, type Page } from '@playwright/test';
import type { Result } from '../../src/shared/contract/envelope';
import type { PoolListItem } from '../../src/shared/contract/queries';
import type { AppSnapshot, CollectorSlice } from '../../src/shared/contract/snapshot';
import type { CollectorId } from '../../src/shared/domain/collector';
import type { LanguageChoice, Theme } from '../../src/shared/domain/settings';
import type { PoolwatchBridge } from '../../src/shared/contract/bridge';

declare global {
  interface Window {
    readonly poolwatch?: PoolwatchBridge;
  }
}

export const PAGES = ['now', 'timeline', 'alerts', 'database', 'market', 'diagnostics', 'settings'] as const;
export type PageName = (typeof PAGES)[number];

/** How long a first start may take until rows show. */
export const FIRST_ROWS_MS = 60_000;
const POOL_PAGE = 500;

function valueOf<T>(answer: Result<T> | undefined): T {
  if (!answer?.ok) throw new Error(`the window was refused: ${answer?.error.message ?? 'there is no bridge'}`);
  return answer.value;
}

export async function snapshot(page: Page): Promise<AppSnapshot> {
  return valueOf(await page.evaluate(() => window.poolwatch?.query('snapshot.get', null)));
}

export async function collector(page: Page, id: CollectorId): Promise<CollectorSlice> {
  const slice = (await snapshot(page)).collectors.find((candidate) => candidate.id === id);
  if (!slice) throw new Error(`the snapshot does not know ${id}`);
  return slice;
}

/** Every stored pool, in the order of the Market page. */
export async function allPools(page: Page): Promise<readonly PoolListItem[]> {
  const pools: PoolListItem[] = [];
  for (;;) {
    const args = {
      filter: { networkId: null, dexId: null, search: null, minReserveUsd: null },
      sortBy: 'reserveUsd',
      descending: true,
      offset: pools.length,
      limit: POOL_PAGE,
    } as const;
    const { items, total } = valueOf(
      await page.evaluate((asked) => window.poolwatch?.query('pools.list', asked), args),
    );
    pools.push(...items);
    if (pools.length >= total || items.length === 0) return pools;
  }
}

/** Waits until a collector's latest run in the window is a good one. */
export async function waitForRows(page: Page, id: CollectorId): Promise<void> {
  await expect.poll(async () => (await collector(page, id)).lastSuccessAtMs, { timeout: FIRST_ROWS_MS }).not.toBeNull();
}

export async function openPage(page: Page, name: PageName): Promise<void> {
  await page.getByTestId(`nav-${name}`).click();
  await expect(page.getByTestId(`page-${name}`)).toBeVisible();
}

export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  await page.getByTestId('theme-toggle').click();
  await page.getByTestId(`theme-${theme}`).click();
  await expect(page.getByTestId(`theme-${theme}`)).toBeHidden();
}

/** On the page Settings, whose part it is. */
export async function chooseLanguage(page: Page, language: LanguageChoice): Promise<void> {
  await openPage(page, 'settings');
  await page.getByTestId('settings-desktop').click();
  await page.getByTestId('setting-language').locator(`input[value="${language}"] + label`).click();
}
