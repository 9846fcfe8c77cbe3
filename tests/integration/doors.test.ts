// The doors of the whole program: what is open by default (nothing), and what a scraper meets when somebody has opened one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { NO_STARTUP, type Application } from '../../src/main/engine/application';
import { createApplication } from '../../src/main/engine/createApplication';
import { silentLogger } from '../../src/main/logging/logger';
import type { DoorsStatus } from '../../src/shared/contract/doors';
import type { DoorSettings } from '../../src/shared/domain/settings';
import { collectorsEvery, PORT_THREADS, QUICK_SETTINGS, WORKERS } from '../support/engineBench';

const PING_URL = 'https://ping.example/very-secret-path';

let dir: string;
let market: MarketServer;
let application: Application | null = null;

beforeAll(async () => void (market = await createMarketServer({ seed: 5, port: 0 })));
afterAll(() => market.stop());
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'poolwatch-doors-'))));
afterEach(async () => {
  await application?.stop();
  application = null;
  rmSync(dir, { recursive: true, force: true });
});

async function start(doors: DoorSettings | null): Promise<Application> {
  const settings = { ...QUICK_SETTINGS, collectors: collectorsEvery(3_600_000), ...(doors && { doors }) };
  const source = { ...settings.source, mode: 'live', baseUrl: market.baseUrl };
  writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...settings, source }));
  application = await createApplication(
    {
      rootDir: dir,
      modeOverride: null,
      workers: {
        ...WORKERS,
        ...PORT_THREADS,
        demoMarket: resolve(import.meta.dirname, '../../out/main/demoMarket.js'),
      },
      appVersion: '1.2.3',
      runtime: {},
      testBuild: true,
      logger: silentLogger,
    },
    {
      chooseSaveFile: () => Promise.resolve(null),
      chooseOpenPlace: () => Promise.resolve(null),
      openLink: () => Promise.resolve(),
      copyText: () => undefined,
      openFolder: () => Promise.resolve(),
      startup: NO_STARTUP,
      secrets: { isPersistent: () => false, get: () => Promise.resolve(null), set: () => Promise.resolve() },
      showNotice: () => Promise.resolve({ kind: 'sent' }),
    },
  );
  return application;
}

async function statusOf(app: Application): Promise<DoorsStatus> {
  const answer = await app.queries['doors.status'](null);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** TCP servers of this process, the market of this test among them. */
const listening = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap').length;

describe('the doors of the program', () => {
  it('are shut unless somebody has opened them: nothing listens', async () => {
    const before = listening();
    // The market: what is counted is what listens.
    expect(before).toBeGreaterThan(0);
    const app = await start(null);
    expect(listening()).toBe(before);
    expect(await statusOf(app)).toMatchObject({ metrics: { enabled: false, address: null }, ping: { enabled: false } });
  });

  it('tell the readings of a running engine to whoever has the token, hide the ping, and shut with the program', async () => {
    const app = await start({ metrics: { enabled: true, port: 0 }, ping: { url: PING_URL } });
    const { metrics, ping } = await statusOf(app);
    const { address, tokenFile } = metrics;
    if (address === null || tokenFile === null) throw new Error(`the door is shut: ${metrics.problem}`);
    const headers = { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` };
    const text = async (path: string): Promise<string> => await (await fetch(`${address}${path}`, { headers })).text();
    expect((await fetch(`${address}/metrics`)).status).toBe(401);
    await vi.waitFor(
      async () => {
        const scraped = await text('/metrics');
        expect(scraped).toContain('poolwatch_build_info{version="1.2.3",mode="live"} 1');
        expect(scraped).toMatch(/^poolwatch_database_locked_for_seconds\{kind="database",id="market"\} 0$/m);
        expect(scraped).toMatch(/^poolwatch_collector_failure_streak\{kind="collector",id="dexes"\} 0$/m);
        expect(scraped).toMatch(/^poolwatch_app_rss_bytes\{kind="app",id="main"\} [1-9]\d+$/m);
        expect(scraped).toMatch(/^poolwatch_host_quota_used_ratio\{kind="host",id="127\.0\.0\.1:\d+"\} [\d.]+$/m);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect((await fetch(`${address}/healthz`, { headers })).status).toBe(200);
    const { collectors } = JSON.parse(await text('/api/v1/collectors')) as { readonly collectors: readonly unknown[] };
    expect(collectors).toHaveLength(app.snapshot().collectors.length);

    expect(ping).toMatchObject({ enabled: true, failures: 0 });
    const settings = await app.queries['settings.get'](null);
    expect(JSON.stringify([settings, await text('/api/v1/snapshot')])).not.toContain('very-secret');

    await app.stop();
    await expect(fetch(`${address}/healthz`, { headers })).rejects.toThrow('fetch failed');
  });

  it('leave the program at work when the port is taken, and say so', async () => {
    const port = Number(new URL(market.baseUrl).port);
    const app = await start({ metrics: { enabled: true, port }, ping: { url: null } });
    const problem = `Metrics are not served: port ${port} is in use.`;
    expect((await statusOf(app)).metrics).toMatchObject({ enabled: true, address: null, problem });
    expect(app.snapshot().banners.map(({ message }) => message)).toContain(problem);
  });
});
