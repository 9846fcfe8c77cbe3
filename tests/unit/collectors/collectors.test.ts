import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CollectContext, CollectedPage, Collector } from '../../../src/main/collectors/collector';
import { dexesCollector } from '../../../src/main/collectors/dexes';
import { createCollectors } from '../../../src/main/collectors/registry';
import { topPoolsCollector } from '../../../src/main/collectors/topPools';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import type { MarketSource } from '../../../src/main/sources/marketSource';
import { TABLE_COLUMNS, type TableName } from '../../../src/shared/contract/tables';
import { sourceUnderTest } from '../../support/sourceUnderTest';
import { stored } from '../../support/storedReads';
import { COLLECTOR_IDS } from '../../../src/shared/domain/collector';
import type { Settings } from '../../../src/shared/domain/settings';
import { FakeClock } from '../../support/fakeClock';
import { MemoryLimiterState } from '../../support/memoryLimiterState';
import { overTime } from '../../support/overTime';
import { sendJson, startScriptedApi, type ScriptedApi } from '../../support/scriptedApi';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  networks: [
    { id: 'solana', dexIds: ['raydium', 'orca'] },
    { id: 'eth', dexIds: ['uniswap_v3'] },
  ],
  topPools: { maxPages: 3, minReserveUsd: 1_000 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 2, bars: [{ timeframe: 'hour', aggregate: 1 }] },
};

let api: ScriptedApi;
let clock: FakeClock;
let client: MarketSource;
let steps: string[];

beforeEach(async () => {
  api = await startScriptedApi();
  clock = new FakeClock();
  steps = [];
  client = sourceUnderTest({
    baseUrl: api.baseUrl,
    callsPerMinute: 1_000,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
    timeoutMs: 2_000,
  });
});

afterEach(async () => {
  await client.close();
  await api.close();
});

interface Collected {
  readonly pages: readonly CollectedPage[];
  readonly error: { readonly class: string } | null;
}

function context(changes: Partial<CollectContext> = {}): CollectContext {
  return {
    client,
    clock,
    settings: SETTINGS,
    signal: new AbortController().signal,
    read: stored({ 'pools.largest': () => [] }),
    progress: (step) => steps.push(step),
    ...changes,
  };
}

function run(collector: Collector, changes: Partial<CollectContext> = {}): Promise<Collected> {
  const collectAll = async (): Promise<Collected> => {
    const pages: CollectedPage[] = [];
    try {
      for await (const page of collector.collect(context(changes))) pages.push(page);
      return { pages, error: null };
    } catch (error) {
      return { pages, error: error as { class: string } };
    }
  };
  return overTime(clock, collectAll());
}

/** One column of everything yielded for a table, in order. */
function column(pages: readonly CollectedPage[], table: TableName, name: string): unknown[] {
  const position = (TABLE_COLUMNS[table] as readonly string[]).indexOf(name);
  return pages
    .flatMap(({ parts }) => parts.filter((part) => part.table === table).flatMap(({ rows }) => rows))
    .map((row) => row[position]);
}

const shortfalls = (pages: readonly CollectedPage[]): (string | null)[] =>
  pages.map(({ shortfall }) => shortfall).filter((shortfall) => shortfall !== null);

function pool(network: string, dex: string, name: string, reserve: string | null = '5000'): object {
  return {
    id: `${network}_${name}`,
    type: 'pool',
    attributes: { address: name, name, reserve_in_usd: reserve },
    relationships: {
      base_token: { data: { id: `${network}_Base${name}` } },
      quote_token: { data: { id: `${network}_Quote` } },
      dex: { data: { id: dex } },
    },
  };
}

function poolPage(network: string, dex: string, names: readonly string[]): object {
  const token = (id: string): object => ({
    id: `${network}_${id}`,
    type: 'token',
    attributes: { address: id, symbol: id, name: id, decimals: 9 },
  });
  return {
    data: names.map((name) => pool(network, dex, name)),
    included: [
      ...names.map((name) => token(`Base${name}`)),
      token('Quote'),
      { id: dex, type: 'dex', attributes: { name: dex } },
    ],
  };
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `P${from + index}`);

function parts(url: string): { readonly network: string; readonly dex: string; readonly page: number } {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const [, , , , network = '', , dex = ''] = pathname.split('/');
  return { network, dex, page: Number(searchParams.get('page')) };
}

const apiError = (status: string, title: string): object => ({ errors: [{ status, title }] });

describe('the registry', () => {
  it('holds every collector once, in the order of the contract, with words for the window', () => {
    expect(createCollectors().map(({ id }) => id)).toEqual([...COLLECTOR_IDS]);
    const titles = createCollectors().map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual(['Network list', 'DEX list', 'Top pools']);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('the DEX list collector', () => {
  it('yields the DEXes of every watched network', async () => {
    api.respond((response, { url }) =>
      sendJson(response, {
        data: [{ id: `${parts(url).network}-dex`, type: 'dex', attributes: { name: 'A DEX' } }, {}],
      }),
    );
    const { pages, error } = await run(dexesCollector);
    expect(error).toBeNull();
    expect(column(pages, 'dexes', 'dexId')).toEqual(['solana-dex', 'eth-dex']);
    expect(pages.map(({ fetched, valid, rejected }) => ({ fetched, valid, rejected }))).toEqual([
      { fetched: 2, valid: 1, rejected: [{ reason: 'unusable id', count: 1 }] },
      { fetched: 2, valid: 1, rejected: [{ reason: 'unusable id', count: 1 }] },
    ]);
    expect(steps).toEqual(['solana', 'eth']);
  });

  it('goes on with the other networks when one is unknown', async () => {
    api.respond((response, { url }) =>
      parts(url).network === 'solana'
        ? sendJson(response, apiError('404', 'Specified network not found'), 404)
        : sendJson(response, { data: [{ id: 'uniswap_v3', type: 'dex' }] }),
    );
    const { pages, error } = await run(dexesCollector);
    expect(error).toBeNull();
    expect(column(pages, 'dexes', 'dexId')).toEqual(['uniswap_v3']);
    expect(shortfalls(pages)).toEqual([
      `solana: ${api.host} does not know what was asked for (HTTP 404): Specified network not found`,
    ]);
  });
});

describe('the top pools collector', () => {
  it('pages through every watched DEX, says where it is, and yields pools with their tokens and DEX', async () => {
    api.respond((response, { url }) => {
      const { network, dex, page } = parts(url);
      const [from, to] = dex === 'raydium' ? [(page - 1) * 20, page === 2 ? 25 : page * 20] : [100, 101];
      sendJson(response, poolPage(network, dex, names(from, to)));
    });
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toBeNull();
    expect(steps).toEqual([
      'solana / raydium, page 1',
      'solana / raydium, page 2',
      'solana / orca, page 1',
      'eth / uniswap_v3, page 1',
    ]);
    expect(column(pages, 'pools', 'id')).toHaveLength(27);
    expect(column(pages, 'dexes', 'dexId')).toEqual(['raydium', 'orca', 'uniswap_v3']);
    expect(column(pages, 'tokens', 'id').filter((id) => id === 'solana_Quote')).toHaveLength(1);
    // 20 pools, 20 base tokens, the quote token and the DEX.
    expect(pages[0]).toMatchObject({ fetched: 42, valid: 42, rejected: [], shortfall: null });
  });

  it('stops at the configured number of pages', async () => {
    api.respond((response, { url }) => {
      const { network, dex, page } = parts(url);
      sendJson(
        response,
        poolPage(
          network,
          dex,
          names(page * 20, page * 20 + 20).map((name) => `${dex}${name}`),
        ),
      );
    });
    await run(topPoolsCollector);
    expect(api.requests).toHaveLength(9);
  });

  it('yields a pool once when the list shifts between two pages', async () => {
    api.respond((response, { url }) => {
      const { network, dex, page } = parts(url);
      if (dex === 'raydium') sendJson(response, poolPage(network, dex, page === 1 ? names(0, 20) : names(15, 30)));
      else sendJson(response, { data: [] });
    });
    const ids = column((await run(topPoolsCollector)).pages, 'pools', 'id');
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('stops paging a list that repeats itself for ever', async () => {
    api.respond((response, { url }) => {
      const { network, dex } = parts(url);
      sendJson(
        response,
        poolPage(
          network,
          dex,
          names(0, 20).map((name) => `${dex}${name}`),
        ),
      );
    });
    await run(topPoolsCollector);
    expect(api.requests).toHaveLength(6);
  });

  it('turns away pools below the reserve floor, counted and named, and keeps those on it or of unknown reserve', async () => {
    const reserves = ['999.99999999999999999999', '1000', '1000.0', null, '0.17'];
    api.respond((response, { url }) => {
      const { network, dex } = parts(url);
      const data = reserves.map((reserve, index) => pool(network, dex, `${dex}${index}`, reserve));
      sendJson(response, { data: dex === 'orca' ? data : [] });
    });
    const { pages } = await run(topPoolsCollector);
    expect(column(pages, 'pools', 'address')).toEqual(['orca1', 'orca2', 'orca3']);
    const page = pages.find(({ fetched }) => fetched > 0);
    expect(page).toMatchObject({ fetched: 5, valid: 5, rejected: [{ reason: 'below reserve floor', count: 2 }] });
  });

  it('notes a DEX that the source does not know and goes on', async () => {
    api.respond((response, { url }) => {
      const { network, dex } = parts(url);
      if (dex === 'raydium') sendJson(response, apiError('404', 'Specified dex not found'), 404);
      else sendJson(response, poolPage(network, dex, ['P1']));
    });
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toBeNull();
    expect(shortfalls(pages)).toEqual([expect.stringMatching(/^solana \/ raydium: .*Specified dex not found$/)]);
    expect(column(pages, 'pools', 'id')).toEqual(['solana_P1', 'eth_P1']);
  });

  it('does not let one broken endpoint starve the others', async () => {
    api.respond((response, { url }) => {
      const { network, dex } = parts(url);
      if (dex === 'raydium') sendJson(response, apiError('500', 'oops'), 500);
      else sendJson(response, poolPage(network, dex, ['P1']));
    });
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toBeNull();
    expect(shortfalls(pages)).toHaveLength(1);
    expect(column(pages, 'pools', 'id')).toEqual(['solana_P1', 'eth_P1']);
  });

  it('ends the run when two DEXes in a row meet a broken server, keeping what it has', async () => {
    api.respond((response, { url }) => {
      const { network, dex } = parts(url);
      if (dex === 'raydium') sendJson(response, poolPage(network, dex, ['P1']));
      else sendJson(response, apiError('503', 'down'), 503);
    });
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toMatchObject({ class: 'server' });
    expect(column(pages, 'pools', 'id')).toEqual(['solana_P1']);
  });

  it.each([
    { fault: 'throttling', status: 429, errorClass: 'throttled' },
    { fault: 'a refusal', status: 403, errorClass: 'unauthorised' },
  ])('ends the run at once on $fault', async ({ status, errorClass }) => {
    api.respond((response) => sendJson(response, {}, status));
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toMatchObject({ class: errorClass });
    expect(pages).toEqual([]);
    expect(new Set(api.requests.map(({ url }) => parts(url).dex))).toEqual(new Set(['raydium']));
  });

  it('fails when no DEX at all could be had, with the cause of the first', async () => {
    api.respond((response, { url }) => sendJson(response, apiError('404', `no ${parts(url).dex}`), 404));
    const { pages, error } = await run(topPoolsCollector);
    expect(error).toMatchObject({ class: 'not_found', message: expect.stringMatching(/no raydium$/) as unknown });
    expect(shortfalls(pages)).toHaveLength(3);
  });

  it('stops in the middle when it is told to', async () => {
    const stop = new AbortController();
    api.respond((response, { url }) => {
      const { network, dex, page } = parts(url);
      if (page === 2) stop.abort();
      else sendJson(response, poolPage(network, dex, names(0, 20)));
    });
    const { pages, error } = await run(topPoolsCollector, { signal: stop.signal });
    expect(error).toMatchObject({ class: 'cancelled' });
    expect(pages).toHaveLength(1);
  });

  it('finishes at once when nothing is watched', async () => {
    const { pages, error } = await run(topPoolsCollector, { settings: { ...SETTINGS, networks: [] } });
    expect({ pages, error, calls: api.requests.length }).toEqual({ pages: [], error: null, calls: 0 });
  });
});
