// The program ends in the middle of its work, kindly and unkindly; what it had acknowledged is there afterwards.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { crashFolder, listCrashDumps } from '../../src/main/logging/crashDumps';
import { launchApp, newProfile, removeProfile, type LaunchedApp } from '../support/launchApp';
import { allPools, openPage, waitForRows } from '../support/windowSteps';

/** A market that stands still, so that a pool has one right answer however often it is asked. */
const FROZEN_AT_MS = Date.UTC(2026, 0, 5, 12);
const MANY = 1_000_000;

let profile: string;
let market: MarketServer;
test.beforeEach(async () => {
  profile = newProfile();
  market = await createMarketServer({
    seed: 7,
    port: 0,
    control: true,
    cacheTtlMs: 0,
    nowMs: () => FROZEN_AT_MS,
    rateLimit: { capacity: MANY, refillMs: 1 },
  });
  const settings = {
    source: { mode: 'live', baseUrl: market.baseUrl, callsPerMinute: 1_000 },
    // Together well below the quota: a run that waits for its calls is not what is looked at here.
    collectors: { dexes: { intervalMs: 3_000 }, top_pools: { intervalMs: 3_000 }, ohlcv: { intervalMs: 3_000 } },
    topPools: { maxPages: 5, minReserveUsd: 0 },
  };
  writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
});
test.afterEach(async () => {
  await market.stop();
  removeProfile(profile);
});

const goodRuns = ({ output }: LaunchedApp, id: string): number =>
  output()
    .split('\n')
    .filter((line) => line.includes(` ${id} `) && / (?:ok|partial) /.test(line)).length;

/** Whatever the market has served by now belongs to runs that have ended once one more run of each kind has. */
async function oneMoreRunOfEach(launched: LaunchedApp): Promise<void> {
  for (const id of ['dexes', 'top_pools', 'ohlcv']) {
    const before = goodRuns(launched, id);
    await expect.poll(() => goodRuns(launched, id), { timeout: 30_000 }).toBeGreaterThan(before);
  }
}

test('SIGKILL while collecting loses no acknowledged row', async () => {
  test.setTimeout(120_000);
  const first = await launchApp({ profile });
  for (const id of ['dexes', 'top_pools', 'ohlcv'] as const) await waitForRows(first.page, id);
  const served = market.ledger();
  await oneMoreRunOfEach(first);
  const callsBefore = market.ledger().calls;
  await expect.poll(() => market.ledger().calls).toBeGreaterThan(callsBefore);
  await first.kill();
  // From here on nothing can be collected again: what shows comes from the disk.
  await market.stop();

  const second = await launchApp({ profile });
  try {
    const { page } = second;
    const kept = new Map((await allPools(page)).map((pool) => [pool.id, pool]));
    const lost = Object.entries(served.pools).filter(([id, attributes]) => {
      const pool = kept.get(id);
      return !pool || Number(pool.reserveUsd) !== Number(attributes['reserve_in_usd']);
    });
    expect(Object.keys(served.pools).length).toBeGreaterThan(50);
    expect(lost.map(([id]) => id)).toEqual([]);

    const addresses = new Map([...kept.values()].map((pool) => [`${pool.networkId}/${pool.address}`, pool.id]));
    const servedStarts = new Map<string, Set<number>>();
    for (const key of Object.keys(served.candles)) {
      const [network, address, , , , , start] = key.split('/');
      const pool = `${network}/${address}`;
      servedStarts.set(pool, (servedStarts.get(pool) ?? new Set()).add(Number(start)));
    }
    expect(servedStarts.size).toBeGreaterThan(0);
    for (const [pool, starts] of servedStarts) {
      const answer = await page.evaluate(
        (poolId) =>
          window.poolwatch?.query('candles.series', { poolId, timeframe: 'minute', aggregate: 15, limit: 5_000 }),
        addresses.get(pool) ?? pool,
      );
      const stored = new Set(answer?.ok ? answer.value.candles.map(({ startsAtS }) => startsAtS) : []);
      expect(
        [...starts].filter((start) => !stored.has(start)),
        pool,
      ).toEqual([]);
    }

    await openPage(page, 'market');
    await expect(page.getByRole('table', { name: 'Pools' }).getByRole('row').nth(1)).toBeVisible();
    await openPage(page, 'now');
    await expect(page.getByTestId('collector-row-top_pools')).toBeVisible();
  } finally {
    await second.close();
  }
});

test('SIGTERM while collecting ends the program in order', async () => {
  const launched = await launchApp({ profile });
  await waitForRows(launched.page, 'top_pools');
  const child = launched.app.process();
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
});

test('a page that crashes is brought back while collecting goes on, and leaves its dump on this machine', async () => {
  const launched = await launchApp({ profile });
  await waitForRows(launched.page, 'top_pools');
  const runs = goodRuns(launched, 'top_pools');
  const { app } = launched;
  const rendererPid = (): Promise<number> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
  const crashed = await rendererPid();
  process.kill(crashed, 'SIGSEGV');
  await expect.poll(async () => [0, crashed].includes(await rendererPid()), { timeout: 20_000 }).toBe(false);
  // The driver has lost this page; the program is asked instead.
  const showsRows = (): Promise<unknown> =>
    app.evaluate(({ BrowserWindow }) => {
      const row = `document.querySelector('[data-testid="collector-row-top_pools"]') !== null`;
      return BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(row) as Promise<unknown>;
    });
  await expect.poll(showsRows).toBe(true);
  await expect.poll(() => goodRuns(launched, 'top_pools')).toBeGreaterThan(runs);
  await expect.poll(async () => (await listCrashDumps(crashFolder(profile))).length).toBe(1);
  expect(await launched.close()).toBe(0);
});
