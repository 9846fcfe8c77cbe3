// A walk through every page in both themes: axe finds nothing serious, nothing is reported as an error, and a picture is kept.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import type axe from 'axe-core';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { allPools, chooseTheme, openPage, PAGES, waitForRows } from '../support/windowSteps';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

/** Serious and critical findings, one line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE_SOURCE);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible and has its picture in the ${theme} theme`, async () => {
    const { page } = launched;
    await chooseTheme(page, theme);
    for (const name of PAGES) {
      await openPage(page, name);
      if (name === 'market') await openCandles(page);
      // Menus and notices fade; colours halfway through would be measured too.
      await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
      expect(await seriousFindings(page), `${name}, ${theme}`).toEqual([]);
      await takePicture(page, `${name}-${theme}`, [[profile, USUAL_FOLDER]]);
    }
  });
}

test('the whole walk breaks no policy and reports no error', async () => {
  const violations = await launched.page.evaluate(
    () => (window as unknown as { policyViolations: readonly string[] }).policyViolations,
  );
  expect(violations).toEqual([]);
  expect(launched.faults()).toEqual([]);
});

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
