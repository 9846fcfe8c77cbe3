// A walk through every page in both themes: axe finds nothing serious, nothing is reported as an error, and a picture is kept.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { english } from '../../src/renderer/src/texts/en/english';
import { seriousFindings } from '../support/accessibility';
import { launchApp, newProfile, removeProfile, runToEnd, type LaunchedApp } from '../support/launchApp';
import { takePicture, USUAL_FOLDER } from '../support/pictures';
import { misfits, resizeWindow } from '../support/windowFit';
import {
  allPools,
  chooseLanguage,
  chooseTheme,
  openPage,
  PAGES,
  type PageName,
  waitForRows,
} from '../support/windowSteps';

/** The least a window can be, the narrowest that has the candles beside the list, and a large one. */
const SIZES = [
  [900, 600],
  [1_100, 700],
  [1_440, 900],
] as const;

const SETTINGS_PARTS = ['sources', 'collectors', 'keeping', 'desktop', 'files', 'about'] as const;
/** What a part shows once it has been read. */
const PART_IS_THERE = {
  sources: 'panel-source',
  collectors: 'pace-dexes',
  keeping: 'panel-keeping',
  desktop: 'setting-atLogin',
  files: 'panel-import',
  about: 'about',
} as const satisfies Record<(typeof SETTINGS_PARTS)[number], string>;

const POOL = '8sLbNZoA1cfnvMJLPfp98ZLAnFSYCFApfJKMbiXN';

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  // What is written for the desktop stays in here, too.
  launched = await launchApp({ profile, env: { XDG_CONFIG_HOME: join(profile, 'config') } });
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

for (const theme of ['light', 'dark'] as const) {
  test(`the timeline leads to a collector and back to the same place, in the ${theme} theme`, async () => {
    const { page } = launched;
    await chooseTheme(page, theme);
    await openPage(page, 'timeline');
    await page.getByTestId('time-range').getByText('15 min').click();
    const matrix = page.getByTestId('timeline-matrix');
    await matrix.focus();
    await page.keyboard.press('End');
    await expect(matrix).toContainText(/ · (OK|Partial)/);
    // The profile is a minute old: the picture looks closer, until there is something to see.
    for (let closer = 0; closer < 3; closer += 1) await page.keyboard.press('+');
    await expect(page.getByTestId('range-reset')).toBeVisible();
    await takePicture(page, `timeline-closer-${theme}`, [[profile, USUAL_FOLDER]]);
    await page.keyboard.press('0');
    await expect(page.getByTestId('range-reset')).toBeHidden();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const panel = page.getByTestId('collector-panel');
    await expect(panel).toBeFocused();
    for (const part of ['panel-slots', 'panel-duration', 'panel-runs', 'panel-availability'] as const)
      await expect(panel.getByTestId(part)).toBeVisible();
    expect(await seriousFindings(page), `a collector over the timeline, ${theme}`).toEqual([]);
    await takePicture(page, `timeline-collector-${theme}`, [[profile, USUAL_FOLDER]]);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(matrix).toBeFocused();

    await openPage(page, 'now');
    await page.getByTestId('open-ohlcv').click();
    await panel.getByTestId('panel-gaps').scrollIntoViewIfNeeded();
    await expect(panel.getByTestId('candle-gaps')).toContainText(/candles? missing|are complete/);
    expect(await seriousFindings(page), `a collector, ${theme}`).toEqual([]);
    await takePicture(page, `collector-gaps-${theme}`, [[profile, USUAL_FOLDER]]);
    await panel.getByTestId('panel-slots').scrollIntoViewIfNeeded();
    await takePicture(page, `collector-${theme}`, [[profile, USUAL_FOLDER]]);
    await page.getByTestId('close-collector').click();
    await expect(page.getByTestId('open-ohlcv')).toBeFocused();
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
    await openPage(page, 'now');
    await page.getByTestId('open-ohlcv').click();
    await expect(page.getByTestId('panel-duration')).toBeVisible();
    expect(await misfits(page), 'the panel of a collector').toEqual([]);
    await takePicture(page, `collector-${width}x${height}`, [[profile, USUAL_FOLDER]]);
    await page.getByTestId('close-collector').click();
  });
}

test('the window speaks German at once, on every page, and English again', async () => {
  const { page } = launched;
  await chooseTheme(page, 'light');
  await resizeWindow(launched, 1_280, 800);
  await chooseLanguage(page, 'de');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByTestId('nav-settings')).toContainText('Einstellungen');
  for (const part of SETTINGS_PARTS) {
    await page.getByTestId(`settings-${part}`).click();
    await expect(page.getByTestId(PART_IS_THERE[part])).toBeVisible();
    expect(await misfits(page), part).toEqual([]);
    expect(await rawKeys(page), part).toEqual([]);
    await takePicture(page, `settings-${part}-german`, [[profile, USUAL_FOLDER]]);
  }
  for (const name of PAGES) {
    await openPage(page, name);
    await fillPage(page, name);
    expect(await misfits(page), name).toEqual([]);
    expect(await rawKeys(page), name).toEqual([]);
    await takePicture(page, `${name}-german`, [[profile, USUAL_FOLDER]]);
  }
  await openPage(page, 'now');
  await page.getByTestId('open-ohlcv').click();
  await expect(page.getByTestId('panel-duration')).toBeVisible();
  expect(await misfits(page), 'the panel of a collector').toEqual([]);
  expect(await rawKeys(page), 'the panel of a collector').toEqual([]);
  await takePicture(page, 'collector-german', [[profile, USUAL_FOLDER]]);
  await page.getByTestId('close-collector').click();
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toBeVisible();
  expect(await rawKeys(page), 'the palette').toEqual([]);
  await takePicture(page, 'palette-german', [[profile, USUAL_FOLDER]]);
  await page.keyboard.press('Escape');

  await chooseLanguage(page, 'en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByTestId('nav-settings')).toContainText('Settings');
});

/** Keys of the catalogue that are shown, or told, in place of their texts. */
async function rawKeys(page: Page): Promise<readonly string[]> {
  const shown = await page.locator('body').evaluate((body) => {
    const labels = [...body.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    );
    return [body.textContent, ...labels].join('\n');
  });
  return keysOf(english).filter((key) => shown.includes(key));
}

function keysOf(texts: object, before = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${before}${key}.`)
      : [`${before}${key.replace(/_(?:one|other)$/, '')}`],
  );
}

test('every part of the settings is accessible and fits, and what is changed there shows at once', async () => {
  const { page } = launched;
  await openPage(page, 'settings');
  const openPart = async (part: (typeof SETTINGS_PARTS)[number]): Promise<void> => {
    await page.getByTestId(`settings-${part}`).click();
    await expect(page.getByTestId(PART_IS_THERE[part])).toBeVisible();
  };
  await resizeWindow(launched, 1_280, 900);
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    for (const part of SETTINGS_PARTS) {
      await openPart(part);
      expect(await seriousFindings(page), `${part}, ${theme}`).toEqual([]);
      await takePicture(page, `settings-${part}-${theme}`, [[profile, USUAL_FOLDER]]);
    }
  }
  await resizeWindow(launched, 900, 600);
  for (const part of SETTINGS_PARTS) {
    await openPart(part);
    expect(await misfits(page), part).toEqual([]);
    await takePicture(page, `settings-${part}-900x600`, [[profile, USUAL_FOLDER]]);
  }
  await resizeWindow(launched, 1_280, 900);

  await openPart('keeping');
  await page.getByTestId('setting-retention.samplesDays').fill('0');
  await page.getByTestId('save-keeping').click();
  await page.getByTestId('confirm').click();
  await expect(page.getByText('Must be at least 1 day.')).toBeVisible();
  await page.getByTestId('setting-retention.samplesDays').fill('31');
  await page.getByTestId('save-keeping').click();
  await expect(page.getByTestId('retention').getByRole('row', { name: /^storage_samples 31 days/ })).toBeVisible();

  await openPart('desktop');
  await page.getByTestId('setting-motion').click();
  await expect(page.locator('html[data-still]')).toBeAttached();
  const autostart = join(profile, 'config', 'autostart', 'poolwatch.desktop');
  await page.getByTestId('setting-atLogin').click();
  await expect.poll(() => existsSync(autostart) && readFileSync(autostart, 'utf8')).toMatch(/^Exec=.* --hidden$/m);
  await page.getByTestId('setting-hiddenAtLogin').click();
  await expect.poll(() => readFileSync(autostart, 'utf8')).not.toContain('--hidden');
  await page.getByTestId('setting-atLogin').click();
  await expect.poll(() => existsSync(autostart)).toBe(false);

  await openPart('collectors');
  await page.getByTestId('collects-trending').click({ force: true });
  await expect(page.getByTestId('present-trending')).toHaveText('paused');
  await page.getByTestId('collects-trending').click({ force: true });
  await expect(page.getByTestId('present-trending')).not.toHaveText('paused');
});

test('a watchlist is looked through before anything of it is stored, then imported', async () => {
  const { app, page } = launched;
  const file = join(profile, 'watchlist.csv');
  const rows = [
    'tokenSymbol,tokenName,chain,dex,poolAddress',
    `WSOL,Wrapped SOL,solana,raydium,${POOL}`,
    'BAD,,solana,,',
  ];
  writeFileSync(file, rows.join('\n'));
  await app.evaluate(({ dialog }, path) => {
    const given = { canceled: false, filePaths: [path] };
    dialog.showOpenDialog = () => Promise.resolve(given);
  }, file);
  await openPage(page, 'settings');
  await page.getByTestId('settings-files').click();
  await page.getByTestId('import-file').click();
  const report = page.getByTestId('import-report');
  await expect(report).toContainText('Left out, 1');
  const watched = async (): Promise<number> => {
    const args = { activeOnly: false, group: null, search: POOL };
    const answer = await page.evaluate((asked) => window.poolwatch?.query('watchlist.list', asked), args);
    return answer?.ok ? answer.value.items.length : Number.NaN;
  };
  expect(await watched()).toBe(0);
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    expect(await seriousFindings(page), `what an import comes to, ${theme}`).toEqual([]);
    await takePicture(page, `settings-import-${theme}`, [[profile, USUAL_FOLDER]]);
  }
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-outcome')).toContainText('New rows: 1.');
  expect(await watched()).toBe(1);
});

test('a link from outside opens its place in the window that is there', async () => {
  const { page } = launched;
  await openPage(page, 'market');
  const second = await runToEnd([`--user-data-dir=${profile}`, 'poolwatch://collector/ohlcv']);
  expect(second.code).toBe(3);
  await expect(page.getByTestId('collector-panel')).toContainText('Candles');
  await runToEnd([`--user-data-dir=${profile}`, 'poolwatch://incident/../../x']);
  await expect(page.getByTestId('collector-panel')).toBeHidden();
  await expect(page.getByTestId('page-now')).toBeVisible();
});

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

test('what the system tells of its sleep is on record, however short it was', async () => {
  const { app, page } = launched;
  for (const event of ['suspend', 'resume']) {
    await app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  }
  const kinds = async (): Promise<readonly string[]> => {
    const args = { collectorId: null, beforeMs: null, limit: 50 } as const;
    const answer = await page.evaluate((asked) => window.poolwatch?.query('events.list', asked), args);
    return answer?.ok ? answer.value.events.map(({ kind }) => kind) : [];
  };
  await expect.poll(kinds).toEqual(expect.arrayContaining(['asleep', 'woke']));
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
  if (name === 'timeline') await expect(page.getByTestId('timeline-matrix')).toBeVisible();
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
  await page.locator('#content [data-row-button]').first().click();
  await expect(page.getByTestId('candles-panel')).toBeVisible();
  await expect(page.getByTestId('candles-panel').getByRole('img')).toBeVisible();
}
