import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGeckoTerminalClient } from '../../../../src/main/sources/geckoterminal/client';
import type { CallEvent, OnchainOptions } from '../../../../src/main/sources/geckoterminal/onchainClient';
import type { CandleRequest, MarketSource } from '../../../../src/main/sources/marketSource';
import { FakeClock } from '../../../support/fakeClock';
import { overTime } from '../../../support/overTime';
import { MemoryLimiterState } from '../../../support/memoryLimiterState';
import { sendHtml, sendJson, startScriptedApi, type ScriptedApi } from '../../../support/scriptedApi';

const NEVER = new AbortController().signal;
const CANDLES: CandleRequest = {
  networkId: 'eth',
  poolAddress: '0xABCDEF',
  timeframe: 'hour',
  aggregate: 4,
  side: 'base',
  currency: 'usd',
  beforeS: 1_700_000_000,
  limit: 5_000,
};

let api: ScriptedApi;
let clock: FakeClock;
let events: CallEvent[];
let clients: MarketSource[];

beforeEach(async () => {
  api = await startScriptedApi();
  clock = new FakeClock();
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
    callsPerMinute: 60,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
    timeoutMs: 2_000,
    onCall: (event) => events.push(event),
    ...changes,
  };
}

function clientWith(changes: Partial<OnchainOptions> = {}): MarketSource {
  const client = createGeckoTerminalClient(options(changes));
  clients.push(client);
  return client;
}

function pools(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `solana_P${index}`,
    type: 'pool',
    attributes: {},
    relationships: { dex: { data: { id: 'raydium', type: 'dex' } } },
  }));
}

const limitedTo10Pages = { errors: [{ status: '401', title: 'exceeds the allowed max number for page (10)' }] };
const tooManyCalls = { status: { error_code: 429, error_message: 'Rate limit exceeded' } };

describe('GeckoTerminal client', () => {
  it('asks with one spelling of every URL', async () => {
    api.respond((response) => sendJson(response, { data: [] }));
    const client = clientWith();
    await overTime(clock, client.listDexes('polygon_pos', NEVER));
    await overTime(clock, client.listTopPools('solana', 'raydium', 2, NEVER));
    api.respond((response) => sendJson(response, { data: { attributes: { ohlcv_list: [] } } }));
    await overTime(clock, client.listCandles(CANDLES, NEVER));
    await overTime(clock, client.listCandles({ ...CANDLES, beforeS: null, limit: 10 }, NEVER));
    expect(api.requests.map(({ url }) => url)).toEqual([
      '/api/v2/networks/polygon_pos/dexes?page=1',
      '/api/v2/networks/solana/dexes/raydium/pools?include=base_token,quote_token,dex&page=2&sort=h24_volume_usd_desc',
      '/api/v2/networks/eth/pools/0xabcdef/ohlcv/hour?aggregate=4&before_timestamp=1700000000&currency=usd&limit=1000&token=base',
      '/api/v2/networks/eth/pools/0xabcdef/ohlcv/hour?aggregate=4&currency=usd&limit=10&token=base',
    ]);
    expect(events.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      '/networks/{network}/dexes ok',
      '/networks/{network}/dexes/{dex}/pools ok',
      '/networks/{network}/pools/{pool}/ohlcv/{timeframe} ok',
      '/networks/{network}/pools/{pool}/ohlcv/{timeframe} ok',
    ]);
  });

  it('cannot be led to another path by an odd id', async () => {
    api.respond((response) => sendJson(response, { data: [] }));
    await overTime(clock, clientWith().listTopPools('solana/../x', 'a?b#c', 1, NEVER));
    expect(api.requests[0]?.url).toMatch(/^\/api\/v2\/networks\/solana%2F..%2Fx\/dexes\/a%3Fb%23c\/pools\?/);
  });

  it('reads all pages of a long DEX list', async () => {
    api.respond((response, { url }) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page'));
      const data = [{ id: `dex-${page}`, type: 'dex', attributes: { name: `DEX ${page}` } }];
      sendJson(response, { data, links: { next: page < 3 ? 'http://elsewhere.invalid/' : null } });
    });
    const dexes = await overTime(clock, clientWith().listDexes('eth', NEVER));
    expect(dexes.rows.map(({ dexId }) => dexId)).toEqual(['dex-1', 'dex-2', 'dex-3']);
    expect(dexes.fetched).toBe(3);
  });

  it('takes the tenth page for the last and never asks for an eleventh', async () => {
    api.respond((response) => sendJson(response, { data: pools(20) }));
    const client = clientWith();
    expect((await overTime(clock, client.listTopPools('solana', 'raydium', 9, NEVER))).isLast).toBe(false);
    expect((await overTime(clock, client.listTopPools('solana', 'raydium', 10, NEVER))).isLast).toBe(true);
    const beyond = await client.listTopPools('solana', 'raydium', 11, NEVER);
    expect(beyond).toMatchObject({ isLast: true, pools: { rows: [], fetched: 0 } });
    expect(api.requests).toHaveLength(2);
  });

  it('takes the page limit for the end of the list, except on the first page', async () => {
    api.respond((response) => sendJson(response, limitedTo10Pages, 401));
    const client = clientWith();
    expect(await overTime(clock, client.listTopPools('solana', 'raydium', 5, NEVER))).toMatchObject({ isLast: true });
    await expect(overTime(clock, client.listTopPools('solana', 'raydium', 1, NEVER))).rejects.toMatchObject({
      class: 'page_limit',
    });
  });

  it.each([
    { what: 'HTTP 429 with retry-after 0', status: 429, headers: { 'retry-after': '0' } as Record<string, string> },
    { what: 'HTTP 429 without retry-after', status: 429, headers: {} },
    { what: 'a 200 with the body of a 429', status: 200, headers: {} },
  ])('waits at least ten seconds after $what, then tries again by itself', async ({ status, headers }) => {
    const atMs: number[] = [];
    api.respond((response, _request, index) => {
      atMs.push(clock.monotonicMs());
      if (index === 0) sendJson(response, tooManyCalls, status, headers);
      else sendJson(response, { data: pools(3) });
    });
    const client = clientWith();
    const page = await overTime(clock, client.listTopPools('solana', 'raydium', 1, NEVER));
    expect(page.pools.rows).toHaveLength(3);
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect(client.status()).toMatchObject({ calls: 2, throttles: 1, errors: 0, callsPerMinute: 33 });
    expect(events.map(({ outcome }) => outcome)).toEqual(['throttled', 'ok']);
  });

  it('honours a longer retry-after', async () => {
    const atMs: number[] = [];
    api.respond((response, _request, index) => {
      atMs.push(clock.monotonicMs());
      if (index === 0) sendJson(response, tooManyCalls, 429, { 'retry-after': '60' });
      else sendJson(response, { data: [] });
    });
    await overTime(clock, clientWith().listDexes('eth', NEVER));
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('gives up on a host that keeps throttling, after three calls', async () => {
    api.respond((response) => sendJson(response, tooManyCalls, 429));
    const client = clientWith();
    await expect(overTime(clock, client.listDexes('eth', NEVER))).rejects.toMatchObject({ class: 'throttled' });
    expect(client.status()).toMatchObject({ calls: 3, throttles: 3, errors: 0 });
    expect(client.status().throttledUntilMs).toBeGreaterThan(clock.wallMs());
  });

  it('makes a throttled pause hold for every caller and over a restart', async () => {
    const limiterState = new MemoryLimiterState();
    api.respond((response) => sendJson(response, tooManyCalls, 429));
    const stop = new AbortController();
    const first = clientWith({ limiterState, onCall: () => stop.abort() });
    await expect(overTime(clock, first.listDexes('eth', stop.signal))).rejects.toMatchObject({ class: 'cancelled' });
    const untilMs = first.status().throttledUntilMs;
    expect(untilMs).not.toBeNull();
    expect(clientWith({ limiterState }).status().throttledUntilMs).toBeCloseTo(untilMs ?? 0, -1);
  });

  it('tries twice more when the server has a fault or drops the line, and counts both as errors', async () => {
    api.respond((response, _request, index) => {
      if (index === 0) sendHtml(response, 503);
      else if (index === 1) response.destroy();
      else sendJson(response, { data: [] });
    });
    const client = clientWith();
    await overTime(clock, client.listDexes('eth', NEVER));
    expect(events.map(({ outcome }) => outcome)).toEqual(['server', 'network', 'ok']);
    expect(client.status()).toMatchObject({ calls: 3, throttles: 0, errors: 2 });
  });

  it('gives up on a server that stays broken, after three calls', async () => {
    api.respond((response) => sendJson(response, { errors: [{ status: '500', title: 'oops' }] }, 500));
    await expect(overTime(clock, clientWith().listDexes('eth', NEVER))).rejects.toMatchObject({
      class: 'server',
      httpStatus: 500,
      message: `${api.host} answers with a server error (HTTP 500): oops`,
    });
    expect(api.requests).toHaveLength(3);
  });

  it.each([404, 400, 422, 403])('does not repeat a call that was answered with HTTP %i', async (status) => {
    api.respond((response) => sendJson(response, { errors: [{ status: String(status), title: 'no' }] }, status));
    await expect(overTime(clock, clientWith().listDexes('eth', NEVER))).rejects.toMatchObject({ httpStatus: status });
    expect(api.requests).toHaveLength(1);
  });

  it('names a web page, cut-off data and a wrong shape as what they are', async () => {
    const client = clientWith();
    const failure = (): Promise<unknown> =>
      overTime(clock, client.listDexes('eth', NEVER)).catch((error: unknown) => error);
    api.respond((response) => sendHtml(response, 200));
    expect(await failure()).toMatchObject({
      class: 'malformed',
      message: `${api.host} answered with a web page instead of data (HTTP 200).`,
    });
    api.respond((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{'));
    expect(await failure()).toMatchObject({ class: 'malformed' });
    api.respond((response) => sendJson(response, { hello: 'world' }));
    expect(await failure()).toMatchObject({ class: 'malformed', excerpt: '{"hello":"world"}' });
  });

  it('gives up waiting the moment its signal aborts: for its turn, for a retry, for an answer', async () => {
    const cancelled = { class: 'cancelled' };
    const client = clientWith({ callsPerMinute: 1 });
    const inFlight = new AbortController();
    const waiting = new AbortController();
    api.respond(() => {
      waiting.abort();
      inFlight.abort();
    });
    const first = client.listDexes('eth', inFlight.signal);
    const second = client.listDexes('eth', waiting.signal);
    await expect(second).rejects.toMatchObject(cancelled);
    await expect(first).rejects.toMatchObject(cancelled);

    const retrying = new AbortController();
    api.respond((response) => sendJson(response, {}, 500));
    const other = clientWith({ onCall: () => setImmediate(() => retrying.abort()) });
    await expect(other.listDexes('eth', retrying.signal)).rejects.toMatchObject(cancelled);
    expect(other.status()).toMatchObject({ calls: 1, waiting: 0 });
  });

  it('runs inside whatever asynchronous context asked', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const run = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    api.respond((response) => sendJson(response, { data: [] }));
    const client = clientWith({ onCall: () => seen.push(run.getStore()) });
    const asked = ['one', 'two', 'three'].map((name) => run.run(name, () => client.listDexes('eth', NEVER)));
    await overTime(clock, Promise.all(asked));
    expect(seen).toEqual(['one', 'two', 'three']);
  });
});

describe('creating a client', () => {
  it.each([
    ['', 'must start with https://'],
    ['api.geckoterminal.com/api/v2', 'must start with https://'],
    ['ftp://example.com', 'must start with https://'],
    ['https://user:pass@example.com', 'must not contain a user name'],
    ['https://example.com/?key=1', 'must not contain "?"'],
  ])('refuses the base URL %j', (baseUrl, message) => {
    expect(() => createGeckoTerminalClient(options({ baseUrl }))).toThrow(message);
  });

  it('forgives a slash too many', async () => {
    api.respond((response) => sendJson(response, { data: [] }));
    await overTime(clock, clientWith({ baseUrl: ` ${api.baseUrl}// ` }).listDexes('eth', NEVER));
    expect(api.requests[0]?.url).toBe('/api/v2/networks/eth/dexes?page=1');
  });
});
