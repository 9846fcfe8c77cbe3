// The collectors of launches, trending pools, details and trades against scripted answers: what they ask for, what they yield, and
// what they say when a part cannot be had.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CollectContext, CollectedPage, Collector } from '../../../src/main/collectors/collector';
import { batchesOf } from '../../../src/main/collectors/batches';
import { networksCollector } from '../../../src/main/collectors/networks';
import { newPoolsCollector } from '../../../src/main/collectors/newPools';
import { ohlcvCollector } from '../../../src/main/collectors/ohlcv';
import { poolDetailsCollector } from '../../../src/main/collectors/poolDetails';
import { tokenDetailsCollector } from '../../../src/main/collectors/tokenDetails';
import { tokenInfosCollector } from '../../../src/main/collectors/tokenInfos';
import { tradesCollector } from '../../../src/main/collectors/trades';
import { trendingCollector } from '../../../src/main/collectors/trending';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import type { MarketSource } from '../../../src/main/sources/marketSource';
import { TABLE_COLUMNS, type TableName } from '../../../src/shared/contract/tables';
import { NOT_SERVED } from '../../../src/shared/domain/collector';
import type { SeriesState } from '../../../src/shared/domain/coverage';
import type { Settings } from '../../../src/shared/domain/settings';
import { FakeClock } from '../../support/fakeClock';
import { MemoryLimiterState } from '../../support/memoryLimiterState';
import { overTime } from '../../support/overTime';
import { sendJson, startScriptedApi, type ScriptedApi } from '../../support/scriptedApi';
import { sourceUnderTest } from '../../support/sourceUnderTest';
import { stored, type StoredAnswers } from '../../support/storedReads';

const START_MS = Date.UTC(2026, 0, 1, 12);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, networks: [{ id: 'solana', dexIds: ['orca'] }] };
const NOTHING_STORED: StoredAnswers = { 'pools.history': () => [], 'discovery.last': () => null };

let api: ScriptedApi;
let clock: FakeClock;
let client: MarketSource;
let steps: string[];

beforeEach(async () => {
  api = await startScriptedApi();
  clock = new FakeClock(START_MS);
  steps = [];
  client = sourceUnderTest({
    baseUrl: api.baseUrl,
    callsPerMinute: 600,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
    timeoutMs: 5_000,
  });
});
afterEach(async () => {
  await client.close();
  await api.close();
});

function run(
  collector: Collector,
  answers: StoredAnswers = {},
  settings = SETTINGS,
): Promise<readonly CollectedPage[]> {
  const context: CollectContext = {
    client,
    clock,
    settings,
    signal: new AbortController().signal,
    read: stored({ ...NOTHING_STORED, ...answers }),
    progress: (step) => steps.push(step),
  };
  const collectAll = async (): Promise<readonly CollectedPage[]> => {
    const pages: CollectedPage[] = [];
    for await (const page of collector.collect(context)) pages.push(page);
    return pages;
  };
  return overTime(clock, collectAll());
}

function column(pages: readonly CollectedPage[], table: TableName, name: string): unknown[] {
  const position = (TABLE_COLUMNS[table] as readonly string[]).indexOf(name);
  return pages
    .flatMap(({ parts }) => parts.filter((part) => part.table === table).flatMap(({ rows }) => rows))
    .map((row) => row[position]);
}

const asked = (): string[] => api.requests.map(({ url }) => url.replace('/api/v2', ''));

/** Launched `secondsAgo`. */
function launch(network: string, name: string, secondsAgo: number): object {
  return {
    id: `${network}_${name}`,
    type: 'pool',
    attributes: {
      address: name,
      name,
      pool_created_at: new Date(START_MS - secondsAgo * 1_000).toISOString(),
      volume_usd: { h24: '20000' },
    },
    relationships: { dex: { data: { id: 'pump' } } },
  };
}

/** Page `page` of launches, one every two seconds, twenty to a page. */
function launches(network: string, page: number): object {
  const first = (page - 1) * 20;
  const entries = Array.from({ length: 20 }, (_, n) => launch(network, `L${first + n}`, (first + n) * 2));
  return { data: entries };
}

const pageOf = (url: string): number => Number(new URL(url, 'http://x').searchParams.get('page'));
const networkOf = (url: string): string => url.split('/')[4] ?? '';

const lastLook = (secondsAgo: number) => ({
  networkId: 'solana',
  observedAtMs: START_MS - 300_000,
  pages: 1,
  pools: 20,
  freshPools: 20,
  newestCreatedAtMs: START_MS - secondsAgo * 1_000,
  oldestCreatedAtMs: null,
  previousAtMs: null,
  capturePct: null,
  missedEstimate: null,
  launchesPerMinute: null,
});

describe('the collector of new pools', () => {
  it('pages until it meets the last look, and says that nothing was missed', async () => {
    api.respond((response, { url }) => sendJson(response, launches('solana', pageOf(url))));
    const pages = await run(newPoolsCollector, { 'discovery.last': () => lastLook(90) });
    expect(asked().map(pageOf)).toEqual([1, 2, 3]);
    expect(column(pages, 'pool_snapshots', 'seenBy')).toEqual(Array(60).fill('new_pools'));
    expect(column(pages, 'pool_signals', 'score')).toEqual(Array(60).fill(16));
    expect(column(pages, 'discovery_polls', 'capturePct')).toEqual([100]);
    expect(column(pages, 'discovery_polls', 'freshPools')).toEqual([45]);
    expect(steps.at(-1)).toBe('solana: 45 launches seen since the last run, 100 %');
  });

  it('stops at its share of the quota, and says how much went by', async () => {
    api.respond((response, { url }) => sendJson(response, launches('solana', pageOf(url))));
    // 600 calls a minute for 5 minutes, a thousandth of them: three pages of 40 s each.
    const settings = { ...SETTINGS, newPools: { maxPages: 10, quotaShare: 0.001 } };
    const pages = await run(newPoolsCollector, { 'discovery.last': () => lastLook(300) }, settings);
    expect(asked().map(pageOf)).toEqual([1, 2, 3]);
    const [pct] = column(pages, 'discovery_polls', 'capturePct') as number[];
    expect(pct).toBeCloseTo(39.7, 0);
    expect(steps.at(-1)).toMatch(/^solana: 60 launches seen since the last run, 39\.\d %; about 91 went by unseen$/);
  });

  it('gives a busy network what a quiet one does not need', async () => {
    api.respond((response, { url }) =>
      sendJson(
        response,
        networkOf(url) === 'eth' ? { data: [launch('eth', 'E1', 5)] } : launches('solana', pageOf(url)),
      ),
    );
    const networks = [...SETTINGS.networks, { id: 'eth', dexIds: [] }];
    const settings = { ...SETTINGS, networks, newPools: { maxPages: 10, quotaShare: 0.0014 } };
    await run(newPoolsCollector, {}, settings);
    expect(asked().map((url) => `${url.split('/')[2]} ${pageOf(url)}`)).toEqual([
      'solana 1',
      'eth 1',
      'solana 2',
      'solana 3',
    ]);
  });

  it('goes on with the other networks when one cannot be had', async () => {
    api.respond((response, { url }) =>
      networkOf(url) === 'eth'
        ? sendJson(response, { errors: [{ status: '404', title: 'Specified network not found' }] }, 404)
        : sendJson(response, { data: [] }),
    );
    const settings = { ...SETTINGS, networks: [{ id: 'eth', dexIds: [] }, ...SETTINGS.networks] };
    const pages = await run(newPoolsCollector, {}, settings);
    expect(pages.flatMap(({ shortfall }) => shortfall ?? [])).toEqual([expect.stringMatching(/^eth: /)]);
    expect(column(pages, 'discovery_polls', 'networkId')).toEqual(['solana']);
  });
});

describe('the collector of networks', () => {
  it('reads every page and names a watched network that there is not', async () => {
    const network = (id: string): object => ({ id, type: 'network', attributes: { name: id } });
    api.respond((response, { url }) =>
      sendJson(
        response,
        pageOf(url) === 1
          ? { data: [network('eth'), network('bsc')], links: { next: 'http://x/' } }
          : { data: [network('base')], links: { next: null } },
      ),
    );
    const pages = await run(networksCollector);
    expect(column(pages, 'networks', 'networkId')).toEqual(['eth', 'bsc', 'base']);
    expect(pages.at(-1)?.shortfall).toBe('“solana” is watched, but the source knows no such network.');
  });
});

describe('the collector of trending pools', () => {
  it('asks for the window of the settings and leaves snapshots of its own', async () => {
    api.respond((response) => sendJson(response, { data: [launch('solana', 'T1', 9_000)] }));
    const settings: Settings = { ...SETTINGS, trending: { window: '6h', maxPages: 3 } };
    const pages = await run(trendingCollector, {}, settings);
    expect(asked()).toEqual(['/networks/solana/trending_pools?duration=6h&include=base_token,quote_token,dex&page=1']);
    expect(column(pages, 'pool_snapshots', 'seenBy')).toEqual(['trending']);
  });
});

describe('the collector of pool details', () => {
  const pool = (n: number, networkId = 'solana') => ({
    id: `${networkId}_P${n}`,
    networkId,
    address: `P${n}`,
    name: null,
    baseTokenId: null,
    quoteTokenId: null,
  });

  it('asks for thirty at a time, each network by itself, and counts those that the source has dropped', async () => {
    api.respond((response, { url }) => {
      const addresses = decodeURIComponent(url.split('/multi/')[1]?.split('?')[0] ?? '').split(',');
      sendJson(response, { data: addresses.slice(1).map((address) => launch(networkOf(url), address, 60)) });
    });
    const due = [...Array.from({ length: 31 }, (_, n) => pool(n)), pool(99, 'eth')];
    const pages = await run(poolDetailsCollector, { 'pools.toRevisit': () => due });
    expect(pages.map(({ fetched }) => fetched)).toEqual([29, 0, 0]);
    expect(pages.map(({ rejected }) => rejected[0])).toEqual(
      [1, 1, 1].map((count) => ({ reason: 'no longer known to the source', count })),
    );
    expect(column(pages, 'pool_signals', 'poolId')).toHaveLength(29);
    expect(asked()[0]).toMatch(/^\/networks\/solana\/pools\/multi\/P0,P1,P10,/);
  });

  it('compares with the past that is stored', async () => {
    api.respond((response) => sendJson(response, { data: [launch('solana', 'P1', 3_600)] }));
    const past = [1, 2, 3].map((n) => ({
      poolId: 'solana_P1',
      observedAtMs: START_MS - n * 60_000,
      volumeUsdH24: '10000',
      reserveUsd: null,
      buysH24: null,
      sellsH24: null,
    }));
    const pages = await run(poolDetailsCollector, {
      'pools.toRevisit': () => [pool(1)],
      'pools.history': () => past,
    });
    expect(column(pages, 'pool_signals', 'volumeTrend')).toEqual(['surging']);
    expect(column(pages, 'pool_signals', 'samples')).toEqual([3]);
    expect(column(pages, 'pool_signals', 'reasons')).toEqual(['["volume is 2.0 times its recent average"]']);
  });
});

describe('the collectors of tokens', () => {
  const token = (address: string) => ({ id: `solana_${address}`, networkId: 'solana', address });
  const resource = (address: string, attributes: object): object => ({
    id: `solana_${address}`,
    type: 'token',
    attributes: { address, ...attributes },
  });

  it('note a token of which the source tells no figures, so that it is not asked for ever', async () => {
    api.respond((response) => sendJson(response, { data: [resource('A', { price_usd: '2.50', decimals: 6 })] }));
    const pages = await run(tokenDetailsCollector, { 'tokens.due': () => [token('A'), token('B')] });
    expect(column(pages, 'token_details', 'id')).toEqual(['solana_A', 'solana_B']);
    // Both were due; that one of them came is not few for that.
    expect(pages.map(({ asked }) => asked)).toEqual([2]);
    expect(column(pages, 'token_details', 'priceUsd')).toEqual(['2.5', null]);
    expect(column(pages, 'tokens', 'id')).toEqual(['solana_A']);
    expect(pages[0]).toMatchObject({ fetched: 1, valid: 1, rejected: [] });
  });

  it('take "not known" for an answer about facts, and only that', async () => {
    api.respond((response, { url }) =>
      url.includes('/B/')
        ? sendJson(response, { errors: [{ status: '404', title: 'Token for specified address not found' }] }, 404)
        : sendJson(response, { data: resource('A', { gt_score: 51.25, holders: { count: 7 } }) }),
    );
    const pages = await run(tokenInfosCollector, { 'tokens.due': () => [token('A'), token('B')] });
    expect(column(pages, 'token_infos', 'gtScore')).toEqual(['51.25', null]);
    expect(column(pages, 'token_infos', 'holders')).toEqual([7, null]);
    expect(pages.every(({ shortfall }) => shortfall === null)).toBe(true);
  });
});

describe('the collector of trades', () => {
  const POOL = {
    id: 'solana_P',
    networkId: 'solana',
    address: 'P',
    name: 'AAA / SOL',
    baseTokenId: 'solana_Base',
    quoteTokenId: 'solana_Quote',
  };
  const trade = (n: number): object => ({
    id: `solana_${n}_Tx${n}_1_1767200000`,
    type: 'trade',
    attributes: {
      block_number: n,
      tx_hash: `Tx${n}`,
      from_token_amount: '1',
      to_token_amount: '10',
      price_from_in_usd: '5',
      price_to_in_usd: '0.5',
      volume_in_usd: '5',
      block_timestamp: new Date(START_MS - n * 1_000).toISOString(),
      kind: 'buy',
      from_token_address: 'Quote',
      to_token_address: 'Base',
    },
  });
  const answers = (newestSecondsAgo: number | null): StoredAnswers => ({
    'pools.largest': () => [POOL],
    'trades.newest': () =>
      newestSecondsAgo === null ? [] : [{ poolId: POOL.id, blockAtMs: START_MS - newestSecondsAgo * 1_000 }],
  });
  const serve = (count: number): void =>
    api.respond((response) => sendJson(response, { data: Array.from({ length: count }, (_, n) => trade(n)) }));

  it('asks for trades above the volume of the settings, and yields them oldest first', async () => {
    serve(3);
    const pages = await run(tradesCollector, answers(null));
    expect(asked()).toEqual(['/networks/solana/pools/P/trades?token=base&trade_volume_in_usd_greater_than=100']);
    expect(column(pages, 'trades', 'txHash')).toEqual(['Tx2', 'Tx1', 'Tx0']);
    expect(column(pages, 'trades', 'priceUsd')).toEqual(['0.5', '0.5', '0.5']);
    expect(pages[0]?.shortfall).toBeNull();
  });

  it('says so when trades went by unseen, and not when the answer reaches back far enough', async () => {
    serve(300);
    const hole = await run(tradesCollector, answers(359));
    expect(hole[0]?.shortfall).toBe(
      'solana / AAA / SOL: trades of 60 s went by unseen; the source tells only the last 300.',
    );
    expect((await run(tradesCollector, answers(299)))[0]?.shortfall).toBeNull();
    serve(299);
    expect((await run(tradesCollector, answers(359)))[0]?.shortfall).toBeNull();
  });
});

describe('batches', () => {
  it('keep each network together and the order within it', () => {
    const items = ['a1', 'b1', 'a2', 'a3'].map((name) => ({ networkId: name.charAt(0), name }));
    expect(batchesOf(items, 2).map(({ networkId, items: own }) => [networkId, own.map(({ name }) => name)])).toEqual([
      ['a', ['a1', 'a2']],
      ['a', ['a3']],
      ['b', ['b1']],
    ]);
  });
});

describe('the collector of candles', () => {
  const state = (newestAtMs: number | null, refused: SeriesState['refused'] = null): SeriesState => ({
    coverage: [],
    refused,
    present: 0,
    loose: [],
    looseBars: 0,
    newestAtMs,
    poolCreatedAtMs: null,
  });
  const pools = ['Fresh', 'Odd'].map((name) => ({
    id: `solana_${name}`,
    networkId: 'solana',
    address: name,
    name,
    baseTokenId: null,
    quoteTokenId: null,
  }));
  const refuse = (): void =>
    api.respond((response) =>
      sendJson(response, { errors: [{ title: 'Pools with >2 tokens are not supported' }] }, 422),
    );
  const runWith = (odd: SeriesState): Promise<readonly CollectedPage[]> =>
    run(
      ohlcvCollector,
      {
        'watchlist.list': () => [],
        'pools.largest': () => pools,
        'candles.state': ({ series }) => (series.poolId === 'solana_Odd' ? odd : state(START_MS)),
      },
      { ...SETTINGS, ohlcv: { ...SETTINGS.ohlcv, bars: [{ timeframe: 'hour', aggregate: 1 }] } },
    );

  it('turns a pool away that the source does not serve, which is no shortfall, and remembers it', async () => {
    refuse();
    const pages = await runWith(state(null));
    expect(pages.map(({ shortfall }) => shortfall).filter(Boolean)).toEqual([]);
    expect(pages.flatMap(({ rejected }) => rejected)).toEqual([{ reason: NOT_SERVED, count: 1 }]);
    expect(column(pages, 'candle_coverage', 'refusedBeforeS')).toEqual([START_MS / 1_000]);
  });

  it('asks for such a pool again only after a day', async () => {
    refuse();
    const refusedAt = (atMs: number): SeriesState => state(null, { beforeS: atMs / 1_000, atMs });
    expect(await runWith(refusedAt(START_MS - 3_600_000))).toEqual([]);
    expect(asked()).toEqual([]);
    await runWith(refusedAt(START_MS - 25 * 3_600_000));
    expect(asked()).toHaveLength(1);
  });

  it('asks for at least one bar where the clock was set back and what is stored lies ahead', async () => {
    refuse();
    const aheadS = START_MS / 1_000 + 20 * 3_600;
    await runWith({ ...state(START_MS + 3_600_000), coverage: [{ from: 0, to: aheadS }] });
    expect(asked()).toEqual([expect.stringMatching(/limit=1(&|$)/)]);
  });

  it('asks for the newest bars of a pool whose old bars were refused', async () => {
    refuse();
    await runWith(state(null, { beforeS: START_MS / 1_000 - 86_400, atMs: START_MS - 3_600_000 }));
    expect(asked()).toHaveLength(1);
  });
});
