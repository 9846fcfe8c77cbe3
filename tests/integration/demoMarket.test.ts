// The stand-in market over real HTTP: shapes, limits, cache, error bodies, faults, ledger.
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createMarketServer } from '../../src/main/demo/httpServer';
import type { MarketServer, MarketServerOptions } from '../../src/main/demo/httpServer';
import type { Fault } from '../../src/main/demo/server/faults';
import { RATE_LIMITS } from '../../src/main/demo/server/rateLimit';

const NOW_MS = Date.UTC(2026, 3, 17, 13, 22, 41);

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: Record<string, unknown>;
  readonly relationships: Record<string, { readonly data: { readonly id: string; readonly type: string } }>;
}
interface PoolList {
  readonly data: readonly Resource[];
  readonly included: readonly Resource[];
}

let server: MarketServer;
let nowMs = NOW_MS;

async function start(options: Partial<MarketServerOptions> = {}): Promise<void> {
  nowMs = NOW_MS;
  server = await createMarketServer({
    seed: 7,
    port: 0,
    control: true,
    rateLimit: { capacity: 10_000, refillMs: 1 },
    nowMs: () => nowMs,
    ...options,
  });
}

afterEach(() => server.stop());

function get(path: string, headers: Record<string, string> = {}, url = `${server.baseUrl}${path}`): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers: { 'user-agent': 'market-test', ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    call.on('error', reject);
    call.end();
  });
}

async function getJson<T = PoolList>(path: string): Promise<T> {
  const reply = await get(path);
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  return JSON.parse(reply.text) as T;
}

const RAYDIUM = '/networks/solana/dexes/raydium/pools?include=base_token%2Cquote_token%2Cdex&page=';

describe('the stand-in market answers like the API', () => {
  it('with networks and DEXes', async () => {
    await start();
    const networks = await getJson('/networks');
    expect(networks.data.map((network) => network.id)).toEqual(
      expect.arrayContaining(['solana', 'eth', 'base', 'polygon_pos']),
    );
    const dexes = await getJson<{ data: Resource[]; links: object }>('/networks/solana/dexes');
    expect(dexes.data[0]).toEqual({ id: 'raydium', type: 'dex', attributes: { name: 'Raydium' } });
    expect(dexes.links).toHaveProperty('next', null);
  });

  it('with pages of 20 pools until a short one, every relationship included once', async () => {
    await start();
    const sizes: number[] = [];
    const ids = new Set<string>();
    for (const page of [1, 2, 3, 4]) {
      const { data, included } = await getJson(`${RAYDIUM}${page}`);
      sizes.push(data.length);
      const known = included.map((resource) => `${resource.type} ${resource.id}`);
      expect(new Set(known).size).toBe(known.length);
      for (const pool of data) {
        ids.add(pool.id);
        expect(pool.id).toBe(`solana_${pool.attributes.address as string}`);
        for (const { data: linked } of Object.values(pool.relationships))
          expect(known).toContain(`${linked.type} ${linked.id}`);
      }
    }
    expect(sizes).toEqual([20, 20, 2, 0]);
    expect(ids.size).toBe(42);
  });

  it('with the pool fields and number forms of the API', async () => {
    await start();
    const { data } = await getJson(`${RAYDIUM}1`);
    const { attributes, relationships } = data[0]!;
    expect(Object.keys(attributes)).toEqual([
      'base_token_price_usd',
      'base_token_price_native_currency',
      'quote_token_price_usd',
      'quote_token_price_native_currency',
      'base_token_price_quote_token',
      'quote_token_price_base_token',
      'address',
      'name',
      'pool_created_at',
      'fdv_usd',
      'market_cap_usd',
      'price_change_percentage',
      'transactions',
      'volume_usd',
      'reserve_in_usd',
    ]);
    expect(attributes.reserve_in_usd).toMatch(/^\d+\.\d{1,4}$/);
    expect(String(attributes.base_token_price_usd).length).toBeGreaterThan(40);
    expect(attributes.pool_created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Object.keys(attributes.volume_usd as object)).toEqual(['m5', 'm15', 'm30', 'h1', 'h6', 'h24']);
    expect(Object.keys(relationships)).toEqual(['base_token', 'quote_token', 'dex']);
  });

  it('with new pools of one or all networks, newest first, naming the network only where several are mixed', async () => {
    await start();
    const one = await getJson('/networks/solana/new_pools?page=1');
    expect(one.data).toHaveLength(20);
    expect(one.data[0]?.relationships).not.toHaveProperty('network');
    const all = await getJson('/networks/new_pools?include=network&page=1');
    const born = all.data.map((pool) => String(pool.attributes.pool_created_at));
    expect(born).toEqual(born.toSorted().toReversed());
    expect(all.data.every((pool) => pool.id.startsWith(`${pool.relationships.network!.data.id}_`))).toBe(true);
    nowMs += 10 * 60_000;
    const later = await getJson('/networks/solana/new_pools?page=1');
    expect(later.data[0]?.id).not.toBe(one.data[0]?.id);
  });

  it('with candles that agree with pool and trades, under the id of the request', async () => {
    await start();
    const { data } = await getJson(`${RAYDIUM}1`);
    const path = `/networks/solana/pools/${String(data[1]!.attributes.address)}`;
    const reply = await get(`${path}/ohlcv/hour?aggregate=1&limit=1000&currency=usd`);
    const candles = JSON.parse(reply.text) as {
      data: { id: string; type: string; attributes: { ohlcv_list: number[][] } };
    };
    expect(candles.data.id).toBe(reply.headers['x-request-id']);
    expect(candles.data.type).toBe('ohlcv_request_response');
    expect(candles.data.attributes.ohlcv_list).toHaveLength(1000);
    expect(candles.data.attributes.ohlcv_list[0]![4]).toBe(Number(data[1]!.attributes.base_token_price_usd));
    const trades = await getJson(`${path}/trades`);
    const newest = trades.data[0]!.attributes as Record<string, string>;
    expect(newest.kind === 'buy' ? newest.price_to_in_usd : newest.price_from_in_usd).toSatisfy(
      (price: string) => Number(price) === candles.data.attributes.ohlcv_list[0]![4],
    );
  });

  it('with trades whose amounts and prices multiply to their volume, newest first, 300 at most', async () => {
    await start();
    const { data } = await getJson(`${RAYDIUM}1`);
    const path = `/networks/solana/pools/${String(data[0]!.attributes.address)}/trades`;
    const trades = (await getJson(path)).data;
    expect(trades).toHaveLength(300);
    const times = trades.map((trade) => String(trade.attributes.block_timestamp));
    expect(times).toEqual(times.toSorted().toReversed());
    for (const { attributes } of trades) {
      const value = attributes as Record<string, string>;
      const volume = Number(value.volume_in_usd);
      expect(Math.abs((Number(value.from_token_amount) * Number(value.price_from_in_usd)) / volume - 1)).toBeLessThan(
        1e-14,
      );
      expect(Math.abs((Number(value.to_token_amount) * Number(value.price_to_in_usd)) / volume - 1)).toBeLessThan(
        1e-14,
      );
    }
    const large = (await getJson(`${path}?trade_volume_in_usd_greater_than=5000`)).data;
    expect(large.every((trade) => Number(trade.attributes.volume_in_usd) > 5000)).toBe(true);
    const turned = (await getJson(`${path}?token=quote`)).data;
    expect(turned.map((trade) => trade.attributes.kind)).toEqual(
      trades.map((trade) => (trade.attributes.kind === 'buy' ? 'sell' : 'buy')),
    );
  });

  it('with single and several pools and tokens, prices and search', async () => {
    await start();
    const { data } = await getJson('/networks/eth/dexes/uniswap_v3/pools?page=1');
    const pool = data[0]!;
    const address = String(pool.attributes.address);
    const single = await getJson<{ data: Resource }>(
      `/networks/eth/pools/${address.toUpperCase().replace('0X', '0x')}`,
    );
    expect(single.data.attributes).toMatchObject({ address, pool_fee_percentage: '0.05' });
    const several = await getJson(`/networks/eth/pools/multi/${address},0x${'0'.repeat(40)}`);
    expect(several.data.map((entry) => entry.id)).toEqual([pool.id]);
    const base = pool.relationships.base_token!.data.id.slice('eth_'.length);
    const token = await getJson<{ data: Resource }>(`/networks/eth/tokens/${base}?include=top_pools`);
    expect(token.data.attributes.total_supply).toMatch(/^\d+\.0$/);
    const prices = await getJson<{ data: Resource }>(`/simple/networks/eth/token_price/${base}?include_24hr_vol=true`);
    expect(Number((prices.data.attributes.token_prices as Record<string, string>)[base])).toBeCloseTo(
      Number(token.data.attributes.price_usd),
      6,
    );
    expect((await getJson(`/networks/eth/tokens/multi/${base}`)).data).toHaveLength(1);
    expect((await getJson(`/networks/eth/pools/${address}/info`)).data).toHaveLength(2);
    expect((await getJson('/search/pools?query=WETH&network=eth')).data.length).toBeGreaterThan(5);
    expect((await getJson('/search/pools?query=WPOL&include=dex')).data[0]?.relationships).not.toHaveProperty(
      'network',
    );
    expect(Object.keys(server.ledger().dexes)).toContain('polygon_pos/quickswap');
    expect((await getJson('/networks/trending_pools?duration=1h')).data).toHaveLength(20);
  });

  it('with the same bytes for the same seed and moment', async () => {
    await start();
    const paths = [`${RAYDIUM}1`, '/networks/base/new_pools?page=2', '/networks/bsc/trending_pools'];
    const first = await Promise.all(paths.map((path) => get(path)));
    await server.stop();
    await start();
    const second = await Promise.all(paths.map((path) => get(path)));
    expect(second.map((reply) => reply.text)).toEqual(first.map((reply) => reply.text));
  });

  it('compressed where the caller takes gzip', async () => {
    await start();
    const plain = await get(`${RAYDIUM}1`);
    const zipped = await get(`${RAYDIUM}1`, { 'accept-encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.text).toBe(plain.text);
  });
});

describe('the stand-in market refuses like the API', () => {
  it('with the status and title that callers have seen', async () => {
    await start();
    const eth = await getJson('/networks/eth/dexes/uniswap_v3/pools?page=1');
    const pool = `/networks/eth/pools/${String(eth.data[0]!.attributes.address)}`;
    const solana = await getJson(`${RAYDIUM}1`);
    const tooOld = Math.floor(NOW_MS / 1000) - 181 * 86_400;
    const multi = Array.from({ length: 31 }, (_, index) => `0x${String(index).padStart(40, '0')}`).join(',');
    const three = (await getJson('/networks/eth/dexes/curve/pools')).data.find(
      (entry) => entry.relationships.quote_tokens,
    )!;
    const cases: readonly (readonly [string, number, string])[] = [
      [`${RAYDIUM}11`, 401, 'Your request exceeds the allowed max number for page (10)'],
      [`${pool}/ohlcv/hour?before_timestamp=${tooOld}`, 401, 'You can only access data from the past 180 days'],
      [`${pool}/ohlcv/minute?aggregate=4`, 400, 'Invalid aggregate. Allowed values: 1, 5, 15'],
      [`${pool}/ohlcv/day?aggregate=4`, 400, 'Invalid aggregate. Allowed values: 1'],
      [`${pool}/ohlcv/week`, 400, 'Invalid timeframe. Allowed values: day, hour, minute, second'],
      [`${pool}/ohlcv/hour?limit=2000`, 400, 'Invalid limit. must be positive integer less than or equal to 1000'],
      [`${pool}/trades?token=nonsense`, 400, 'Provided token is invalid'],
      [`${pool}/ohlcv/minute/5`, 404, 'Not Found'],
      [
        '/networks/eth/pools?sort=name',
        400,
        'Invalid sort option. Allowed values: h24_volume_usd_desc, h24_tx_count_desc',
      ],
      ['/networks/trending_pools?duration=2h', 400, 'Invalid duration. Allowed values: 5m, 1h, 6h, 24h'],
      [`/networks/eth/pools/multi/${multi}`, 400, 'Exceeded maximum number of addresses'],
      ['/networks/ethereum/pools', 404, 'Specified network not found'],
      ['/networks/solana/dexes/pump-swap/pools', 404, 'Specified dex not found'],
      [
        `/networks/solana/pools/${String(solana.data[0]!.attributes.address).toLowerCase()}`,
        404,
        'Specified pool not found',
      ],
      ['/networks/solana/tokens/nobody', 404, 'Token for specified address not found'],
      [
        `/networks/eth/pools/${String(three.attributes.address)}/ohlcv/hour`,
        422,
        'Pools with >2 tokens are not yet supported',
      ],
      ['/nowhere', 404, 'Not Found'],
      ['/networks/%zz/pools', 404, 'Not Found'],
    ];
    for (const [path, status, title] of cases) {
      const reply = await get(path);
      const { errors } = JSON.parse(reply.text) as { errors: { status: string; title: string }[] };
      expect([path, reply.status, errors[0]!.status]).toEqual([path, status, String(status)]);
      expect(errors[0]!.title).toContain(title);
    }
  });

  it('with HTML and 403 when the caller does not say who it is', async () => {
    await start();
    const reply = await get('/networks', { 'user-agent': 'Python-urllib/3.11' });
    expect(reply.status).toBe(403);
    expect(reply.headers['content-type']).toContain('text/html');
  });

  it('with 429 and "retry-after: 0" past the limit, while cached answers keep coming and cost nothing', async () => {
    await start({ rateLimit: RATE_LIMITS.tight });
    for (let page = 1; page <= 5; page += 1) expect((await get(`/networks/eth/pools?page=${page}`)).status).toBe(200);
    const throttled = await get('/networks/eth/pools?page=6');
    expect(throttled.status).toBe(429);
    expect(throttled.headers['retry-after']).toBe('0');
    expect(JSON.parse(throttled.text)).toMatchObject({ status: { error_code: 429 } });
    nowMs += 5000;
    const cached = await get('/networks/eth/pools?page=1');
    expect(cached.headers).toMatchObject({ 'cf-cache-status': 'HIT', age: '5' });
    nowMs += 1001;
    expect((await get('/networks/eth/pools?page=6')).status).toBe(200);
    expect(server.ledger()).toMatchObject({ calls: 8, served: 7, cacheHits: 1, throttles: 1 });
  });

  it('serves frozen bytes for a minute, then fresh ones', async () => {
    await start();
    const path = `${RAYDIUM}1`;
    const first = await get(path);
    expect(first.headers['cf-cache-status']).toBe('MISS');
    nowMs += 59_000;
    const frozen = await get(path);
    expect([frozen.text, frozen.headers['x-request-id']]).toEqual([first.text, first.headers['x-request-id']]);
    nowMs += 1000;
    expect((await get(path)).text).not.toBe(first.text);
  });
});

describe('faults on order', () => {
  const order = (fault: Partial<Fault> & Pick<Fault, 'kind'>): void =>
    server.inject({ match: '', times: 1, delayMs: 20, ...fault });

  it('replace an answer once, and the next one is good again', async () => {
    await start();
    const seen: Record<string, unknown> = {};
    for (const kind of [
      '429',
      '429-after-60',
      '429-http-date',
      '429-no-header',
      '200-with-429',
      '401',
      '403-html',
      'not_found',
      '500',
      '503-html',
      '520-html',
      'html',
      'empty',
      'garbage',
    ] as const) {
      order({ kind });
      const reply = await get('/networks');
      seen[kind] = [reply.status, reply.headers['content-type']?.split(';')[0], reply.headers['retry-after'] ?? null];
    }
    const json = 'application/json';
    expect(seen).toEqual({
      '429': [429, json, '0'],
      '429-after-60': [429, json, '60'],
      '429-http-date': [429, json, new Date(NOW_MS + 60_000).toUTCString()],
      '429-no-header': [429, json, null],
      '200-with-429': [200, json, null],
      '401': [401, json, null],
      '403-html': [403, 'text/html', null],
      not_found: [404, json, null],
      '500': [500, json, null],
      '503-html': [503, 'text/html', null],
      '520-html': [520, 'text/html', null],
      html: [200, 'text/html', null],
      empty: [200, json, null],
      garbage: [200, json, null],
    });
    expect((await get('/networks')).status).toBe(200);
  });

  it('cut, stall or drop the connection, and nothing of it counts as served', async () => {
    await start();
    for (const kind of ['truncated', 'stall', 'drop'] as const) {
      order({ kind });
      await expect(get(`${RAYDIUM}1`)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    }
    await expect.poll(() => server.ledger().incomplete).toBe(3);
    expect(server.ledger()).toMatchObject({
      calls: 3,
      served: 0,
      counts: { pools: 0, tokens: 0, dexes: 0, candles: 0 },
    });
  });

  it('delay an answer that is good in the end', async () => {
    await start();
    order({ kind: 'slow', delayMs: 60 });
    const startedAt = performance.now();
    expect((await get('/networks')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
  });

  it('make the data odd without freezing it into the cache', async () => {
    await start();
    order({ kind: 'nan', match: 'raydium' });
    const odd = await getJson(`${RAYDIUM}1`);
    expect(odd.data.every((pool) => pool.attributes.base_token_price_usd === 'NaN')).toBe(true);
    expect(Object.values(server.ledger().pools)[0]).toMatchObject({ base_token_price_usd: 'NaN' });
    const sane = await getJson(`${RAYDIUM}1`);
    expect(sane.data[0]?.attributes.base_token_price_usd).not.toBe('NaN');
  });

  it('are taken over HTTP, checked, and cleared', async () => {
    await start();
    const faults = `${server.controlUrl}faults`;
    const posted = await fetch(faults, {
      method: 'POST',
      body: JSON.stringify({ match: '/dexes', kind: '500', times: null }),
    });
    expect(posted.status).toBe(200);
    expect((await get('/networks/eth/dexes')).status).toBe(500);
    const refused = await fetch(faults, { method: 'POST', body: '{"kind":"explode"}' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('kind must be one of')]);
    expect((await fetch(faults, { method: 'DELETE' })).status).toBe(200);
    expect((await get('/networks/eth/dexes')).status).toBe(200);
  });

  it('cannot be ordered where control was not asked for', async () => {
    await start({ control: false });
    expect((await fetch(`${server.controlUrl}ledger`)).status).toBe(404);
  });
});

describe('the ledger', () => {
  it('holds every distinct row that was served, with its last value', async () => {
    await start();
    await getJson('/networks/solana/dexes');
    const pages = [await getJson(`${RAYDIUM}1`), await getJson(`${RAYDIUM}2`)];
    const address = String(pages[0]!.data[0]!.attributes.address);
    const path = `/networks/solana/pools/${address}/ohlcv/hour?limit=5`;
    const before = await getJson<{ data: { attributes: { ohlcv_list: number[][] } } }>(path);
    nowMs += 61_000;
    const after = await getJson<{ data: { attributes: { ohlcv_list: number[][] } } }>(path);
    expect(after.data.attributes.ohlcv_list[0]).not.toEqual(before.data.attributes.ohlcv_list[0]);
    const ledger = JSON.parse((await get('', {}, `${server.controlUrl}ledger`)).text) as ReturnType<
      MarketServer['ledger']
    >;
    const tokens = new Set(
      pages.flatMap((page) => page.included.filter((entry) => entry.type === 'token').map((entry) => entry.id)),
    );
    expect(ledger.counts).toEqual({ networks: 0, trades: 0, dexes: 10, pools: 40, tokens: tokens.size, candles: 5 });
    expect(Object.keys(ledger.dexes)).toContain('solana/raydium');
    const pool = pages[1]!.data[3]!;
    expect(ledger.pools[pool.id]).toMatchObject({ ...pool.attributes, dex: 'raydium' });
    for (const [startS, ...values] of after.data.attributes.ohlcv_list) {
      expect(ledger.candles[`solana/${address}/hour/1/base/usd/${startS}`]).toEqual(values);
    }
  });

  it('files DEXes of mixed lists under the network of their pools', async () => {
    await start();
    await getJson('/networks/new_pools?include=dex%2Cnetwork&page=1');
    const { dexes } = server.ledger();
    expect(Object.keys(dexes).length).toBeGreaterThan(1);
    expect(Object.keys(dexes)).toContain('solana/pump-fun');
    expect(Object.keys(dexes).every((key) => /^(?:solana|eth|base)\//.test(key))).toBe(true);
  });

  it('leaves out an answer whose reader went away', async () => {
    await start();
    server.inject({ match: 'raydium', kind: 'slow', times: 1, delayMs: 60_000 });
    const controller = new AbortController();
    const pending = fetch(`${server.baseUrl}${RAYDIUM}1`, { signal: controller.signal });
    await expect.poll(() => server.ledger().calls).toBe(1);
    controller.abort();
    await expect(pending).rejects.toThrow(/abort/);
    await expect.poll(() => server.ledger().incomplete).toBe(1);
    expect(server.ledger().served).toBe(0);
  });
});

describe('starting', () => {
  it('refuses a taken port in one readable line', async () => {
    await start();
    const port = Number(new URL(server.baseUrl).port);
    await expect(createMarketServer({ seed: 1, port })).rejects.toThrow(
      `The demo market could not start: port ${port} on 127.0.0.1 is already in use; choose another one or stop the program that holds it.`,
    );
  });
});
