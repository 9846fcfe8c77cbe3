// The second source: what is different about it, over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMarketServer, type MarketServer } from '../../../../src/main/demo/httpServer';
import { createCoinGeckoClient, type CoinGeckoKey } from '../../../../src/main/sources/coingecko/client';
import type { CallEvent, OnchainOptions } from '../../../../src/main/sources/geckoterminal/onchainClient';
import type { MarketSource } from '../../../../src/main/sources/marketSource';
import { PLANS } from '../../../../src/main/sources/plans';
import { openSource } from '../../../../src/main/sources/openSource';
import { FakeClock } from '../../../support/fakeClock';
import { MemoryLimiterState } from '../../../support/memoryLimiterState';
import { overTime } from '../../../support/overTime';
import { sendJson, startScriptedApi, type ScriptedApi } from '../../../support/scriptedApi';

const NEVER = new AbortController().signal;
const KEY = 'CG-secret-0123456789';
const DEMO: CoinGeckoKey = { plan: 'demo', value: KEY };
const PRO: CoinGeckoKey = { plan: 'pro', value: KEY };

let api: ScriptedApi;
let clock: FakeClock;
let events: CallEvent[];
let clients: MarketSource[];

beforeEach(async () => {
  api = await startScriptedApi();
  clock = new FakeClock(Date.UTC(2026, 5, 1, 12));
  events = [];
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await api.close();
});

function options(changes: Partial<OnchainOptions> = {}): OnchainOptions {
  return {
    baseUrl: api.baseUrl,
    callsPerMinute: 1_000,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
    timeoutMs: 2_000,
    onCall: (event) => events.push(event),
    ...changes,
  };
}

function clientWith(key: CoinGeckoKey, changes: Partial<OnchainOptions> = {}): MarketSource {
  const client = createCoinGeckoClient(key, options(changes));
  clients.push(client);
  return client;
}

const fullPage = {
  data: Array.from({ length: 20 }, (_, index) => ({
    id: `solana_P${index}`,
    type: 'pool',
    attributes: {},
    relationships: { dex: { data: { id: 'raydium', type: 'dex' } } },
  })),
};

describe('the CoinGecko client', () => {
  it.each([
    [DEMO, 'x-cg-demo-api-key', 'x-cg-pro-api-key'],
    [PRO, 'x-cg-pro-api-key', 'x-cg-demo-api-key'],
  ])('sends the key of the plan only in the header of that plan: %#', async (key, header, other) => {
    api.respond((response) => sendJson(response, { data: [] }));
    await overTime(clock, clientWith(key).listDexes('eth', NEVER));
    const [request] = api.requests;
    expect(request?.headers[header]).toBe(KEY);
    expect(request?.headers[other]).toBeUndefined();
    expect(request?.headers.accept).toBe('application/json');
    expect(request?.url).not.toContain(KEY);
  });

  it('keeps the key out of every error, event and status, also when the host repeats it', async () => {
    api.respond((response, { headers }) =>
      sendJson(
        response,
        { status: { error_code: 10_002, error_message: `key ${String(headers['x-cg-demo-api-key'])}?` } },
        401,
      ),
    );
    const client = clientWith(DEMO);
    const error = await overTime(clock, client.listDexes('eth', NEVER)).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ class: 'unauthorised' });
    const { message, stack } = error as Error;
    expect(JSON.stringify([error, events, client.status()]) + message + stack).not.toContain(KEY);
  });

  it('refuses a key that cannot be one, or that would travel readable, without repeating it', () => {
    const broken = { ...PRO, value: `${KEY}\r\nx-other: 1` };
    expect(() => createCoinGeckoClient(broken, options())).toThrow(/^(?!.*CG-secret).*API key must be/);
    const plain = options({ baseUrl: 'http://example.com' });
    expect(() => createCoinGeckoClient(PRO, plain)).toThrow(/^(?!.*CG-secret).*use an https base URL/);
  });

  it('takes the tenth page for the last with a Demo key, and asks on with a Pro key until the host says no', async () => {
    api.respond((response, { url }) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page'));
      if (page <= 12) sendJson(response, fullPage);
      else sendJson(response, { status: { error_code: 10_005, error_message: 'upgrade your plan' } }, 401);
    });
    const lastOf = async (key: CoinGeckoKey): Promise<number> => {
      const client = clientWith(key);
      for (let page = 1; ; page += 1) {
        const { isLast } = await overTime(clock, client.listTopPools('solana', 'raydium', page, NEVER));
        if (isLast) return page;
      }
    };
    expect(await lastOf(DEMO)).toBe(10);
    expect(await lastOf(PRO)).toBe(13);
  });

  it('has a safe pace for every plan, and a host that takes its key', () => {
    expect(Object.values(PLANS).map(({ callsPerMinute }) => callsPerMinute)).toEqual([6, 30, 250]);
    for (const [key, { baseUrl, callsPerMinute }] of [
      [null, PLANS.none],
      [DEMO, PLANS.demo],
      [PRO, PLANS.pro],
    ] as const) {
      const client = openSource(key, options({ baseUrl, callsPerMinute }));
      clients.push(client);
      expect(client.status().host).toBe(new URL(baseUrl).host);
    }
  });
});

describe('the market as CoinGecko serves it', () => {
  let market: MarketServer;
  beforeEach(async () => {
    market = await createMarketServer({
      seed: 7,
      port: 0,
      twin: { plan: 'pro', key: KEY },
      rateLimit: { capacity: 10_000, refillMs: 1 },
      nowMs: () => clock.wallMs(),
    });
  });
  afterEach(() => market.stop());

  it('answers the right key, with fields of its own that cost no row', async () => {
    const client = clientWith(PRO, { baseUrl: market.baseUrl });
    const page = await overTime(clock, client.listTopPools('solana', 'raydium', 1, NEVER));
    expect(page.pools.rows).toHaveLength(20);
    expect(page.pools.rejected).toEqual([]);
  });

  it.each<[string, CoinGeckoKey, RegExp]>([
    ['a wrong key', { plan: 'pro', value: 'CG-another-one' }, /enter it again/],
    ['a Demo key', DEMO, /choose the Demo plan/],
  ])('turns %s away with advice, without a retry', async (_what, key, advice) => {
    const client = clientWith(key, { baseUrl: market.baseUrl });
    const error = await overTime(clock, client.listDexes('solana', NEVER)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ class: 'unauthorised', message: expect.stringMatching(advice) });
    expect(client.status()).toMatchObject({ calls: 1, errors: 1 });
  });

  it('does not know what it does not have, in its own words', async () => {
    const client = clientWith(PRO, { baseUrl: market.baseUrl });
    await expect(overTime(clock, client.listDexes('atlantis', NEVER))).rejects.toMatchObject({
      class: 'not_found',
      message: expect.stringContaining('Specified network not found'),
    });
  });
});
