// A walk through every page in both themes: axe finds nothing serious, nothing is reported as an error, and a picture is kept.
import { expect, test, type Page } from '@playwright/test';
import { seriousFindings } from '../support/accessibility';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { misfits, resizeWindow } from '../support/windowFit';
import { allPools, chooseTheme, openPage, PAGES, type PageName, waitForRows } from '../support/windowSteps';

/** The least a window can be, the narrowest that has the candles beside the list, and a large one. */
const SIZES = [
  [900, 600],
  [1_100, 700],
  [1_440, 900],
] as const;

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp({ profile });
  await launched.page.addInitScript(() => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      violations.push(`${violatedDirective} ${blockedURI}`);
    });
    Object.assign(window, { policyViolations: violations });
  });
  // Once more from the start, with the listener in place.
  await launched.page.reload();
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(launched.page, id);
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible and has its picture in the ${theme} theme`, async () => {
    const { page } = launched;
    await chooseTheme(page, theme);
    for (const name of PAGES) {
      await openPage(page, name);
      await fillPage(page, name);
      expect(await seriousFindings(page), `${name}, ${theme}`).toEqual([]);
      await takePicture(page, `${name}-${theme}`, [[profile, USUAL_FOLDER]]);
    }
    await showLog(page);
    expect(await seriousFindings(page), `log, ${theme}`).toEqual([]);
    await takePicture(page, `log-${theme}`, [[profile, USUAL_FOLDER]]);
  });
}

for (const [width, height] of SIZES) {
  test(`every page fits a window of ${width} by ${height}`, async () => {
    const { page } = launched;
    await chooseTheme(page, 'light');
    await resizeWindow(launched, width, height);
    for (const name of PAGES) {
      await openPage(page, name);
      await fillPage(page, name);
      expect(await misfits(page), name).toEqual([]);
      await takePicture(page, `${name}-${width}x${height}`, [[profile, USUAL_FOLDER]]);
    }
    await showLog(page);
    expect(await misfits(page), 'log').toEqual([]);
    await takePicture(page, `log-${width}x${height}`, [[profile, USUAL_FOLDER]]);
  });
}

test('the last run of a collector leads to everything that it left in the log', async () => {
  const { page } = launched;
  await openPage(page, 'now');
  await page.getByRole('button', { name: 'log of the last run of Top pools' }).click();
  const lines = page.getByTestId('log-line');
  await expect(lines.filter({ hasText: 'run began' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'the source answered' })).not.toHaveCount(0);
  await expect(lines.filter({ hasText: 'rows were stored' })).not.toHaveCount(0);
  await expect(lines.filter({ hasText: 'run ended' })).toHaveCount(1);
  await lines.filter({ hasText: 'rows were stored' }).first().click();
  await takePicture(page, 'log-of-a-run', [[profile, USUAL_FOLDER]]);
});

test('the whole walk breaks no policy and reports no error', async () => {
  const violations = await launched.page.evaluate(
    () => (window as unknown as { policyViolations: readonly string[] }).policyViolations,
  );
  expect(violations).toEqual([]);
  expect(launched.faults()).toEqual([]);
});

/** What there is to see on a page only after a click. */
async function fillPage(page: Page, name: PageName): Promise<void> {
  if (name === 'market') await openCandles(page);
  if (name === 'diagnostics') await diagnose(page);
}

async function diagnose(page: Page): Promise<void> {
  await page.getByTestId('run-diagnosis').click();
  await expect(page.getByTestId('copy-diagnosis')).toBeVisible();
  await expect(page.getByTestId('step-quota')).toContainText('OK');
}

async function showLog(page: Page): Promise<void> {
  await openPage(page, 'diagnostics');
  await page.getByTestId('diagnostics-log').click();
  await expect(page.getByTestId('log-line')).not.toHaveCount(0);
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
