// Every collector of the market on a real database: what the source served is what is stored, value by value, and a second run of
// all of them adds nothing but the history of a second moment.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import type { LedgerReport } from '../../src/main/demo/server/ledger';
import { systemClock } from '../../src/main/engine/systemClock';
import { runCollector } from '../../src/main/scheduling/collectorRun';
import type { MarketSource } from '../../src/main/sources/marketSource';
import { openStore } from '../../src/main/storage/openStore';
import { DATABASE_TABLES } from '../../src/main/storage/common/databaseTables';
import type { Store } from '../../src/main/storage/store';
import { type CollectorId, NOT_SERVED, type RunReport } from '../../src/shared/domain/collector';
import { parseDecimal } from '../../src/shared/util/decimal';
import { collectorsEvery, QUICK_SETTINGS, settled, WORKERS } from '../support/engineBench';
import { MemoryLimiterState } from '../support/memoryLimiterState';
import { sourceUnderTest, standInUnderTest } from '../support/sourceUnderTest';

/** Where the market stands still, so that two runs are served the same. */
const MARKET_MS = Date.now();
const SETTINGS = {
  ...QUICK_SETTINGS,
  networks: [
    { id: 'solana', dexIds: ['raydium', 'pumpswap'] },
    { id: 'polygon_pos', dexIds: ['quickswap'] },
    { id: 'eth', dexIds: ['uniswap_v3'] },
  ],
  collectors: collectorsEvery(1_000),
  newPools: { maxPages: 10, quotaShare: 1 },
  trades: { pools: 6, minVolumeUsd: 0 },
  tokenDetails: { tokens: 90, refreshAfterHours: 6 },
  tokenInfos: { tokens: 3, refreshAfterHours: 24 },
  poolDetails: { pools: 60, youngHours: 24 },
  watchlist: { autoAdd: { enabled: true, minScore: 1, perDay: 5 } },
};

let folder: string;
let market: MarketServer;
let store: Store;
let client: MarketSource;
let first: ReadonlyMap<CollectorId, RunReport>;
let ledger: LedgerReport;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-collectors-'));
  market = await createMarketServer({
    seed: 11,
    port: 0,
    control: true,
    cacheTtlMs: 0,
    rateLimit: { capacity: 10_000, refillMs: 1 },
    nowMs: () => MARKET_MS,
    ...standInUnderTest(),
  });
  store = await openStore({
    name: 'market',
    file: join(folder, 'market.db'),
    spoolDir: join(folder, 'spool'),
    workers: WORKERS,
    clock: systemClock,
  });
  client = sourceUnderTest({
    baseUrl: market.baseUrl,
    callsPerMinute: 1_000,
    clock: systemClock,
    limiterState: new MemoryLimiterState(),
    userAgent: 'Poolwatch-test',
  });
  first = await runAll();
  ledger = market.ledger();
});

afterAll(async () => {
  await Promise.allSettled([store.close(), client.close(), market.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Every collector once, in the order of the registry. */
async function runAll(): Promise<ReadonlyMap<CollectorId, RunReport>> {
  const reports = new Map<CollectorId, RunReport>();
  for (const collector of createCollectors()) {
    const report = await runCollector(
      {
        clock: systemClock,
        write: (batch) => store.write(batch),
        context: { client, clock: systemClock, settings: SETTINGS, read: (name, args) => store.read(name, args) },
        classify: (error) => ({ class: 'internal', message: error instanceof Error ? error.message : String(error) }),
        counted: (_, step) => step(),
        countsOf: () => ({ calls: 0, throttles: 0 }),
        isHeldUp: () => false,
      },
      {
        runId: randomUUID(),
        collector,
        slotAtMs: Date.now(),
        trigger: 'manual',
        priority: 'normal',
        deadlineMs: Number.POSITIVE_INFINITY,
        signal: new AbortController().signal,
        onStep: () => undefined,
      },
    );
    reports.set(collector.id, report);
    // What is next reads what this one stored: on a busy machine some of it waits in the spool.
    await settled(store);
  }
  return reports;
}

function rows(sql: string): readonly Readonly<Record<string, string | number | null>>[] {
  const db = new Database(join(folder, 'market.db'), { readonly: true });
  try {
    return db.prepare(sql).all() as Readonly<Record<string, string | number | null>>[];
  } finally {
    db.close();
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const counts = (): Record<string, number> =>
  Object.fromEntries(
    DATABASE_TABLES.market.map((table) => [table, Number(rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'])]),
  );

describe('all collectors on one market', () => {
  it('end well, with nothing rejected', () => {
    // Which pools are the largest moves with the hour; of one with more than two tokens the market serves no candles.
    const isFlaw = ({ reason }: { readonly reason: string }): boolean => reason !== NOT_SERVED;
    const odd = [...first.values()].filter(({ outcome, rejected }) => outcome !== 'ok' || rejected.some(isFlaw));
    expect(odd.map(({ collectorId, outcome, error, rejected }) => ({ collectorId, outcome, error, rejected }))).toEqual(
      [],
    );
  });

  it('store as many networks, exchanges, pools, tokens, bars and trades as were served', () => {
    expect(counts()).toMatchObject(ledger.counts);
    expect(ledger.counts.trades).toBeGreaterThan(500);
    expect(ledger.counts.pools).toBeGreaterThan(200);
    const empty = Object.entries(counts()).filter(([, stored]) => stored === 0);
    expect(empty).toEqual([]);
  });

  it('give every trade the price of the base token, whichever way it went, and the time of its block', () => {
    const bases = new Map(rows('SELECT id, base_token_id, network_id FROM pools').map((pool) => [pool['id'], pool]));
    const stored = rows('SELECT k.pool_id, t.* FROM trades t JOIN pool_keys k ON k.key = t.pool_key');
    const served = new Map(
      Object.entries(ledger.trades).map(([id, trade]) => [`${text(trade['tx_hash'])} ${id.split('_').at(-2)}`, trade]),
    );
    for (const trade of stored) {
      const source = served.get(`${trade['tx_hash']} ${trade['log_index']}`);
      const pool = bases.get(trade['pool_id'] ?? null);
      const baseIsTo = `${pool?.['network_id']}_${text(source?.['to_token_address'])}` === pool?.['base_token_id'];
      const [price, inQuote] = baseIsTo
        ? [source?.['price_to_in_usd'], source?.['price_to_in_currency_token']]
        : [source?.['price_from_in_usd'], source?.['price_from_in_currency_token']];
      expect([trade['price_usd'], trade['price_quote']]).toEqual([parseDecimal(price), parseDecimal(inQuote)]);
      expect(trade['kind']).toBe(baseIsTo ? 'buy' : 'sell');
      expect(trade['block_at_ms']).toBe(Date.parse(text(source?.['block_timestamp'])));
      expect(trade['volume_usd']).toBe(parseDecimal(source?.['volume_in_usd']));
    }
    expect(new Set(stored.map(({ kind }) => kind))).toEqual(new Set(['buy', 'sell']));
  });

  it('store figures and facts of tokens as they were served', () => {
    const details = rows('SELECT * FROM token_details');
    expect(details.length).toBeGreaterThanOrEqual(90);
    for (const token of details) {
      const served = ledger.tokens[String(token['id'])];
      expect(token['price_usd']).toBe(parseDecimal(served?.['price_usd']));
      expect(token['total_supply']).toBe(parseDecimal(served?.['normalized_total_supply']));
    }
    for (const token of rows('SELECT * FROM token_infos')) {
      expect(token['gt_score']).toBe(parseDecimal(ledger.tokens[String(token['id'])]?.['gt_score']));
    }
  });

  it('leave a snapshot of every pool per look, and a score for every launch', () => {
    const seenBy = rows('SELECT DISTINCT seen_by FROM pool_snapshots').map(({ seen_by: name }) => name);
    expect(seenBy.map(text).sort((a, b) => a.localeCompare(b))).toEqual([
      'new_pools',
      'pool_details',
      'top_pools',
      'trending',
      'watchlist',
    ]);
    expect(rows('SELECT id FROM pools WHERE id NOT IN (SELECT k.pool_id FROM pool_keys k)')).toEqual([]);
    const scores = rows('SELECT score, samples, volume_trend FROM pool_signals');
    expect(scores.length).toBeGreaterThan(40);
    for (const { score } of scores) expect(score).toBeGreaterThanOrEqual(0);
    const polls = rows('SELECT network_id, capture_pct, fresh_pools FROM discovery_polls ORDER BY network_id');
    expect(polls.map(({ network_id: id, capture_pct: pct }) => [id, pct])).toEqual([
      ['eth', null],
      ['polygon_pos', null],
      ['solana', null],
    ]);
  });

  it('add no duplicate when they all run again, and see every launch since', async () => {
    const before = counts();
    const second = await runAll();
    expect([...second.values()].filter(({ outcome }) => outcome !== 'ok').map(({ error }) => error)).toEqual([]);
    const after = counts();
    for (const table of ['networks', 'dexes', 'pools', 'candles', 'trades'] as const) {
      expect([table, after[table]]).toEqual([table, market.ledger().counts[table]]);
    }
    expect(after['trades']).toBe(before['trades']);
    const polls = rows('SELECT capture_pct, fresh_pools FROM discovery_polls WHERE previous_at_ms IS NOT NULL');
    expect(polls).toEqual(polls.map(() => ({ capture_pct: 100, fresh_pools: 0 })));
    expect(polls).toHaveLength(3);
  });

  it('tell trends from the third look at a launch on', async () => {
    await runAll();
    const told = rows(`SELECT samples, volume_trend, liquidity_trend FROM pool_signals WHERE samples >= 2`);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ volume_trend: trend }) => trend !== 'unknown').length).toBeGreaterThan(0);
    const early = rows(`SELECT DISTINCT volume_trend FROM pool_signals WHERE samples < 2`);
    expect(early).toEqual([{ volume_trend: 'unknown' }]);
  });
});
