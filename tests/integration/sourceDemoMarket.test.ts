// The client and the collectors against the stand-in market: a whole run agrees with what was served, and every fault that the
// market can play is named and survived. Fake time drives both sides, so a minute of limits passes in an instant.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CollectContext, CollectedPage, Collector } from '../../src/main/collectors/collector';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer, type MarketServer, type MarketServerOptions } from '../../src/main/demo/httpServer';
import type { DataFault, TransportFault } from '../../src/main/demo/server/faults';
import { RATE_LIMITS, type RateLimit } from '../../src/main/demo/server/rateLimit';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { MarketSource } from '../../src/main/sources/marketSource';
import { PLANS } from '../../src/main/sources/plans';
import type { PoolReference, TokenReference } from '../../src/shared/contract/reads';
import { TABLE_COLUMNS, type TableName } from '../../src/shared/contract/tables';
import type { SeriesState } from '../../src/shared/domain/coverage';
import type { Settings } from '../../src/shared/domain/settings';
import { compareDecimals, parseDecimal } from '../../src/shared/util/decimal';
import { FakeClock } from '../support/fakeClock';
import { MemoryLimiterState } from '../support/memoryLimiterState';
import { overTime } from '../support/overTime';
import { requestsAnswered } from '../support/requestsUnderWay';
import { keyUnderTest, sourceUnderTest, standInUnderTest } from '../support/sourceUnderTest';
import { stored } from '../support/storedReads';

const NEVER = new AbortController().signal;
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  topPools: { maxPages: 3, minReserveUsd: 0 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 5 },
};

/** Of a series of which nothing is stored. */
const NEVER_ASKED: SeriesState = {
  coverage: [],
  refused: null,
  present: 0,
  loose: [],
  looseBars: 0,
  newestAtMs: null,
  poolCreatedAtMs: null,
};

type Row = Readonly<Record<string, string | number | null>>;
type Tables = Readonly<Record<TableName, Map<string, Row>>>;

const START_MS = Date.UTC(2026, 5, 1, 12);
/** A limit that nobody meets. */
const UNLIMITED = { capacity: 10_000, refillMs: 1 };

let clock: FakeClock;
let markets: MarketServer[];
let clients: MarketSource[];

beforeEach(() => {
  clock = new FakeClock(START_MS);
  markets = [];
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all(markets.map((market) => market.stop()));
});

function startMarket(options: Partial<MarketServerOptions>): Promise<MarketServer> {
  return createMarketServer({ seed: 7, port: 0, control: true, cacheTtlMs: 0, ...standInUnderTest(), ...options });
}

/** A market whose time is the fake clock's, stopped after the test. */
async function openMarket(rateLimit: RateLimit): Promise<MarketServer> {
  const market = await startMarket({ rateLimit, nowMs: () => clock.wallMs() });
  markets.push(market);
  return market;
}

function clientOf(market: MarketServer, callsPerMinute: number, timeoutMs = 20_000): MarketSource {
  const client = sourceUnderTest({
    baseUrl: market.baseUrl,
    callsPerMinute,
    clock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch/0.0.0-test',
    timeoutMs,
  });
  clients.push(client);
  return client;
}

function store(tables: Tables, page: CollectedPage): void {
  for (const { table, rows } of page.parts) {
    const names: readonly string[] = TABLE_COLUMNS[table];
    for (const values of rows) {
      const row = Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
      tables[table].set(keyOf(table, row), row);
    }
  }
}

function keyOf(table: TableName, row: Row): string {
  if (table === 'dexes') return `${row['networkId']}/${row['dexId']}`;
  if (table === 'networks') return String(row['networkId']);
  if (table === 'trades') return `${row['poolId']}/${row['txHash']}/${row['logIndex']}`;
  if (table === 'candles') return `${row['poolId']}/${row['startsAtS']}`;
  return String(row['id']);
}

function emptyTables(): Tables {
  return Object.fromEntries(
    Object.keys(TABLE_COLUMNS).map((table) => [table, new Map<string, Row>()]),
  ) as unknown as Tables;
}

/** Runs a collector to its end; its largest pools are those stored so far. */
function run(
  collector: Collector,
  source: MarketSource,
  tables: Tables,
  settings = SETTINGS,
): Promise<readonly CollectedPage[]> {
  const context: CollectContext = {
    client: source,
    clock,
    settings,
    signal: NEVER,
    read: stored({
      'pools.largest': ({ limit }) => largest(tables, limit),
      'watchlist.list': () => [],
      'candles.state': () => NEVER_ASKED,
      'pools.toRevisit': ({ limit }) => largest(tables, limit),
      'pools.history': () => [],
      'discovery.last': () => null,
      'trades.newest': () => [],
      'tokens.due': ({ limit }) => [...tables.tokens.values()].slice(0, limit).map(tokenReference),
    }),
    progress: () => undefined,
  };
  const collectAll = async (): Promise<readonly CollectedPage[]> => {
    const pages: CollectedPage[] = [];
    for await (const page of collector.collect(context)) {
      store(tables, page);
      pages.push(page);
    }
    return pages;
  };
  return overTime(clock, collectAll());
}

function tokenReference(row: Row): TokenReference {
  return { id: String(row['id']), networkId: String(row['networkId']), address: String(row['address']) };
}

function largest(tables: Tables, limit: number): readonly PoolReference[] {
  return [...tables.pools.values()]
    .filter(({ reserveUsd }) => reserveUsd !== null)
    .sort((a, b) => compareDecimals(String(b['reserveUsd']), String(a['reserveUsd'])))
    .slice(0, limit)
    .map((row) => ({
      id: String(row['id']),
      networkId: String(row['networkId']),
      address: String(row['address']),
      name: null,
      baseTokenId: null,
      quoteTokenId: null,
    }));
}

describe('collecting from the stand-in market', () => {
  beforeEach(() => {
    clock = new FakeClock(START_MS, requestsAnswered);
  });

  it('ends with exactly the rows that were served, every value exact', async () => {
    // It stands still: a pool that moves to the next page while a list is read is served twice and stored once.
    const server = await startMarket({ rateLimit: UNLIMITED, nowMs: () => START_MS });
    markets.push(server);
    const source = clientOf(server, 1_000);
    const tables = emptyTables();
    for (const collector of createCollectors()) {
      const pages = await run(collector, source, tables);
      expect(pages.filter(({ rejected, shortfall }) => rejected.length > 0 || shortfall !== null)).toEqual([]);
    }
    const ledger = server.ledger();
    expect({
      networks: tables.networks.size,
      dexes: tables.dexes.size,
      pools: tables.pools.size,
      tokens: tables.tokens.size,
      candles: tables.candles.size,
      trades: tables.trades.size,
    }).toEqual(ledger.counts);
    expect(ledger.counts.pools).toBeGreaterThan(20);
    expect(ledger.counts.candles).toBeGreaterThan(100);
    for (const [id, served] of Object.entries(ledger.pools)) {
      expect(tables.pools.get(id)).toMatchObject({
        name: served['name'],
        dexId: served['dex'],
        baseTokenId: served['base_token'],
        quoteTokenId: served['quote_token'],
        basePriceUsd: parseDecimal(served['base_token_price_usd']),
        reserveUsd: parseDecimal(served['reserve_in_usd']),
      });
    }
    for (const [id, served] of Object.entries(ledger.tokens)) {
      expect(tables.tokens.get(id)).toMatchObject({ symbol: served['symbol'], decimals: served['decimals'] });
    }
    // Thousands: one comparison of all is over at once, one for each takes seconds.
    const bars = Object.entries(ledger.candles).map(([key, served]) => {
      const [network, address, , , , , startS] = key.split('/');
      const row = tables.candles.get(`${network}_${address}/${startS}`);
      return {
        key,
        stored: [row?.['open'], row?.['close'], row?.['volume']],
        served: [served[0], served[3], served[4]].map((value) => parseDecimal(value)),
      };
    });
    expect(bars.filter((bar) => String(bar.stored) !== String(bar.served))).toEqual([]);
    expect(source.status()).toMatchObject({ calls: ledger.calls, throttles: 0, errors: 0, waiting: 0 });
  });

  it('never meets the limit of the keyless service at its default pace, over a whole run without a cache', async () => {
    const server = await openMarket(RATE_LIMITS.tight);
    const source = clientOf(server, PLANS.none.callsPerMinute);
    const tables = emptyTables();
    for (const collector of createCollectors()) await run(collector, source, tables);
    expect(server.ledger()).toMatchObject({ throttles: 0, errors: {}, incomplete: 0 });
    expect(server.ledger().calls).toBeGreaterThan(10);
  });

  it('finishes a run against a host that allows less than we ask for, learning from each complaint', async () => {
    const server = await openMarket(RATE_LIMITS.tight);
    const source = clientOf(server, 240);
    const tables = emptyTables();
    for (const collector of createCollectors()) await run(collector, source, tables);
    const ledger = server.ledger();
    expect(ledger.throttles).toBeGreaterThan(0);
    expect(ledger.throttles).toBeLessThan(ledger.served);
    expect(tables.pools.size).toBe(ledger.counts.pools);
    expect(source.status()).toMatchObject({ calls: ledger.calls, throttles: ledger.throttles });
  });
});

/** The collectors that lead to bars: exchanges, their pools, the candles of those. */
function ofBars(): readonly Collector[] {
  return createCollectors().filter(({ id }) => id === 'dexes' || id === 'top_pools' || id === 'ohlcv');
}

describe('a fault of the market', () => {
  // It stands still, so that two runs are served the same, and is shared, because making a market takes a second.
  let server: MarketServer;
  beforeAll(async () => {
    server = await startMarket({ rateLimit: UNLIMITED, nowMs: () => START_MS });
  });
  afterEach(() => server.clearFaults());
  afterAll(() => server.stop());

  /** Short for the faults that make a caller wait, long for all others: a busy machine is no fault. */
  const timeoutFor = (kind: TransportFault): number => (kind === 'slow' || kind === 'stall' ? 500 : 20_000);

  const once: readonly (readonly [TransportFault, string])[] = [
    ['429', 'throttles'],
    ['429-after-60', 'throttles'],
    ['429-http-date', 'throttles'],
    ['429-no-header', 'throttles'],
    ['200-with-429', 'throttles'],
    ['500', 'errors'],
    ['502-html', 'errors'],
    ['503-html', 'errors'],
    ['520-html', 'errors'],
    ['drop', 'errors'],
    ['truncated', 'errors'],
    ['slow', 'errors'],
    ['stall', 'errors'],
  ];

  it.each(once)('"%s" that happens once is survived, and counted among the %s', async (kind, counter) => {
    const source = clientOf(server, 1_000, timeoutFor(kind));
    server.inject({ match: '/dexes', kind, times: 1, delayMs: 2_000 });
    const dexes = await overTime(clock, source.listDexes('solana', NEVER));
    expect(dexes.rows.length).toBeGreaterThan(0);
    expect(source.status()).toMatchObject({ calls: 2, throttles: 0, errors: 0, [counter]: 1 });
  });

  const lasting: readonly (readonly [TransportFault, string])[] = [
    ['429', 'throttled'],
    // Without a key it cannot be about the key.
    ['401', keyUnderTest() ? 'unauthorised' : 'page_limit'],
    ['403-html', 'malformed'],
    ['not_found', 'not_found'],
    ['500', 'server'],
    ['503-html', 'server'],
    ['html', 'malformed'],
    ['empty', 'malformed'],
    ['garbage', 'malformed'],
    ['oversize', 'too_large'],
    ['drop', 'network'],
    ['truncated', 'network'],
    ['stall', 'timeout'],
  ];

  it.each(lasting)('"%s" that lasts is named %s in one sentence', async (kind, errorClass) => {
    const source = clientOf(server, 1_000, timeoutFor(kind));
    server.inject({ match: '/dexes', kind, times: null, delayMs: 2_000 });
    const error = await overTime(clock, source.listDexes('solana', NEVER)).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ class: errorClass });
    expect((error as Error).message).toMatch(/^127\.0\.0\.1:\d+ [^\n]+[.)a-z]$/);
    server.clearFaults();
    // What speaks of a dead host closes the door to it until a probe is answered.
    while (source.status().breaker.state !== 'closed') await clock.advance(100);
    expect((await overTime(clock, source.listDexes('solana', NEVER))).rows.length).toBeGreaterThan(0);
  });

  const odd: readonly DataFault[] = [
    'nan',
    'nulls',
    'unknown-fields',
    'missing-windows',
    'duplicate-bars',
    'conflicting-bars',
    'out-of-order',
    'open-outside',
    'escaped-names',
  ];

  it.each(odd)('"%s" in the data costs no row and changes no bar', async (kind) => {
    const settings: Settings = {
      ...SETTINGS,
      networks: [{ id: 'solana', dexIds: ['pumpswap'] }],
      topPools: { maxPages: 1, minReserveUsd: 0 },
      ohlcv: { ...SETTINGS.ohlcv, pools: 2 },
    };
    const source = clientOf(server, 1_000);
    const clean = emptyTables();
    const odder = emptyTables();
    for (const collector of ofBars()) await run(collector, source, clean, settings);
    server.inject({ match: '/networks/', kind, times: null, delayMs: 0 });
    for (const collector of ofBars()) {
      // The candle collector reads what an earlier run stored: "NaN" in this one must not hide which pools are large.
      const known = collector.id === 'ohlcv' ? { ...odder, pools: clean.pools } : odder;
      const pages = await run(collector, source, known, settings);
      // "NaN" costs no row either, but it is named.
      const named = pages.flatMap(({ rejected }) => rejected.map(({ reason }) => reason));
      expect(named.filter((reason) => kind !== 'nan' || !reason.endsWith('was left blank'))).toEqual([]);
      expect(pages.filter(({ shortfall }) => shortfall !== null)).toEqual([]);
    }
    expect(clean.candles.size).toBeGreaterThan(100);
    for (const table of ['dexes', 'tokens', 'pools', 'candles'] as const) {
      expect([...odder[table].keys()]).toEqual([...clean[table].keys()]);
    }
    for (const [key, bar] of kind === 'open-outside' ? [] : clean.candles) {
      expect(odder.candles.get(key)).toEqual({ ...bar, observedAtMs: odder.candles.get(key)?.['observedAtMs'] });
    }
    for (const { high, low, open: first, close } of odder.candles.values()) {
      for (const inside of [String(first), String(close)]) {
        expect(compareDecimals(String(high), inside)).toBeGreaterThanOrEqual(0);
        expect(compareDecimals(String(low), inside)).toBeLessThanOrEqual(0);
      }
    }
    for (const { name } of odder.pools.values()) expect(String(name)).not.toMatch(/&amp;|\u202e/);
  });
});
