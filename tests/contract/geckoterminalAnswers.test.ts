// Real answers of the API, kept outside the project. Each file must be known here, accepted whole, and hold what it held when it
// was captured. Without the folder the tests are skipped, and say so.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { KEYLESS } from '../../src/main/sources/geckoterminal/dialect';
import type { CandleRequest, Parsed } from '../../src/main/sources/marketSource';
import {
  simplePriceAnswer,
  tokenDetailResource,
  tokenInfoResource,
  tradeResource,
} from '../../src/main/sources/geckoterminal/detailSchemas';
import { parseTokenInfo, parseTokens } from '../../src/main/sources/geckoterminal/parseTokens';
import { parseTrades } from '../../src/main/sources/geckoterminal/parseTrades';
import { parseCandles } from '../../src/main/sources/geckoterminal/parseCandles';
import { parsePools } from '../../src/main/sources/geckoterminal/parsePools';
import { readAnswer } from '../../src/main/sources/geckoterminal/readAnswer';
import { readItems } from '../../src/main/sources/geckoterminal/readItems';
import { poolResource } from '../../src/main/sources/geckoterminal/schemas';
import { SourceError } from '../../src/main/sources/http/sourceError';

const FOLDER = resolve(import.meta.dirname, '../../../shared/fixtures/geckoterminal');
const present = existsSync(FOLDER);

const OBSERVED_MS = Date.UTC(2026, 10, 1);
const SOLANA = { networkId: 'solana', observedAtMs: OBSERVED_MS };

function load(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, unknown>;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function accepted(entries: unknown, schema: z.ZodType): Parsed<unknown> {
  return readItems(asList(entries), schema, (item) => item);
}

function included(file: string, type: string): readonly unknown[] {
  return asList(load(file)['included'] ?? []).filter((entry) => (entry as { type?: unknown }).type === type);
}

interface PoolFile {
  readonly file: string;
  readonly networkId: string;
  readonly pools: number;
  readonly tokens: number;
  readonly dexes: number;
  /** Row → values as the file spells them, in canonical form. */
  readonly first: object;
}

const POOL_FILES: readonly PoolFile[] = [
  {
    file: '01_new_pools_solana_20250909.json',
    networkId: 'solana',
    pools: 20,
    tokens: 21,
    dexes: 5,
    first: {
      id: 'solana_HwXZkhyeGPaLurvrkM29rFrVYomih5M6kfJZtw5PGTBg',
      name: 'GREG / SOL',
      basePriceUsd: '0.0000566673284218277368707532612867396024960039002528290815078515286',
      fdvUsd: null,
      marketCapUsd: null,
      createdAtMs: Date.UTC(2025, 8, 9, 1, 42, 11),
      baseTokenId: 'solana_huGbvMBsED85Z2P2S5bkiJkRbL7RSaqzd1iZ39qpump',
      quoteTokenId: 'solana_So11111111111111111111111111111111111111112',
    },
  },
  {
    file: '11_trending_pools_all_networks.json',
    networkId: 'base',
    pools: 1,
    tokens: 2,
    dexes: 1,
    first: { dexId: 'uniswap-v4-base', changePctH24: '-30.893', marketCapUsd: '7387590.669' },
  },
  {
    file: 'pools_multi_eth.json',
    networkId: 'eth',
    pools: 1,
    tokens: 2,
    dexes: 1,
    first: { address: '0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640', buysH24: 2447, sellsH24: 2405 },
  },
  {
    file: 'search_pools.json',
    networkId: 'eth',
    pools: 1,
    tokens: 2,
    dexes: 1,
    first: { name: 'WETH / USDC 0.05%', changePctH24: '-1.887' },
  },
  {
    file: 'top_pools_by_dex_eth.json',
    networkId: 'eth',
    pools: 1,
    tokens: 2,
    dexes: 1,
    first: { name: 'NEAR / WETH', fdvUsd: '8774304.71122981', createdAtMs: Date.UTC(2021, 9, 11, 1, 52, 5) },
  },
];

interface ResourceFile {
  readonly file: string;
  readonly schema: z.ZodType;
  readonly entries: number;
}

const RESOURCE_FILES: readonly ResourceFile[] = [
  { file: '04_tokens_info_recently_updated_solana.json', schema: tokenInfoResource, entries: 100 },
  { file: '05_token_solana_partial.json', schema: tokenDetailResource, entries: 1 },
  { file: '10_pool_detail_eth_with_include.json', schema: poolResource, entries: 1 },
  { file: '12_trades_eth.json', schema: tradeResource, entries: 2 },
  { file: '13_token_info_solana.json', schema: tokenInfoResource, entries: 1 },
  { file: '14_tokens_multi_solana_with_nulls.json', schema: tokenDetailResource, entries: 2 },
  { file: 'pool_info_solana.json', schema: tokenInfoResource, entries: 2 },
  { file: 'token_detail_eth.json', schema: tokenDetailResource, entries: 1 },
];

const CANDLE_FILES = [
  { file: '02_ohlcv_minute15_solana.json', timeframe: 'minute', aggregate: 15, bars: 35, oldestS: 1_755_725_400 },
  { file: '03_ohlcv_hour_solana.json', timeframe: 'hour', aggregate: 1, bars: 235, oldestS: 1_755_723_600 },
] as const;

const OTHER_FILES = ['15_simple_token_price_eth.json', 'errors_observed.json', 'response_headers_20250828.json'];

describe('captured GeckoTerminal answers', () => {
  beforeEach((context) => {
    context.skip(!present, 'the folder of captured GeckoTerminal answers is not on this machine');
  });

  it('are all known to this test', () => {
    const known = [...POOL_FILES, ...RESOURCE_FILES, ...CANDLE_FILES].map(({ file }) => file).concat(OTHER_FILES);
    expect(readdirSync(FOLDER).sort()).toEqual(known.sort());
  });

  it.each(POOL_FILES)('$file: every pool, token and DEX is accepted', ({ file, networkId, first, ...counts }) => {
    const page = parsePools(load(file), { networkId, observedAtMs: OBSERVED_MS });
    expect([page.pools, page.tokens, page.dexes].map(({ rejected }) => rejected)).toEqual([[], [], []]);
    expect({
      pools: page.pools.rows.length,
      tokens: page.tokens.rows.length,
      dexes: page.dexes.rows.length,
    }).toEqual(counts);
    expect(page.pools.rows[0]).toMatchObject(first);
    const tokenIds = new Set(page.tokens.rows.map(({ id }) => id));
    for (const { baseTokenId, quoteTokenId } of page.pools.rows) {
      expect(tokenIds).toContain(baseTokenId);
      expect(tokenIds).toContain(quoteTokenId);
    }
  });

  it.each(RESOURCE_FILES)('$file: every entry is accepted', ({ file, schema, entries }) => {
    const read = accepted(load(file)['data'], schema);
    expect(read.rejected).toEqual([]);
    expect(read.rows).toHaveLength(entries);
    expect(accepted(included(file, 'pool'), poolResource).rejected).toEqual([]);
  });

  it.each(CANDLE_FILES)(
    '$file: every bar is accepted, oldest first',
    ({ file, timeframe, aggregate, bars, oldestS }) => {
      const request: CandleRequest = {
        networkId: 'solana',
        poolAddress: '7bqJG2ZdMKbEkgSmfuqNVBvqEvWavgL8UEo33ZqdL3NP',
        timeframe,
        aggregate,
        side: 'base',
        currency: 'usd',
        beforeS: null,
        limit: 1_000,
      };
      const { rows, rejected } = parseCandles(load(file), request, OBSERVED_MS);
      expect(rejected).toEqual([]);
      expect(rows).toHaveLength(bars);
      expect(rows[0]?.startsAtS).toBe(oldestS);
      expect(rows.map(({ startsAtS }) => startsAtS)).toEqual(
        rows.map(({ startsAtS }) => startsAtS).sort((a, b) => a - b),
      );
      for (const { open, high, low, close, volume } of rows) {
        for (const value of [open, high, low, close, volume]) expect(value).toMatch(/^\d+(?:\.\d*[1-9])?$/);
      }
    },
  );

  it('12_trades_eth.json: a purchase has the price of what was bought, a sale of what was sold, both the block’s time', () => {
    const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7';
    const request = { networkId: 'eth', poolAddress: '0xA1', baseTokenAddress: usdt, minVolumeUsd: '0' };
    const { rows, rejected } = parseTrades(load('12_trades_eth.json'), request, OBSERVED_MS);
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([
      {
        kind: 'sell',
        txHash: '0x8c7d19881344e94e69f69f44a3910a32183652b84156537ec23313bfa01ff054',
        logIndex: 804,
        blockAtMs: Date.UTC(2026, 4, 28, 3, 18, 47),
        priceUsd: '0.992388076121959',
        priceQuote: '0.000500956977874636',
        quotePriceUsd: '1980.98463531194',
      },
      {
        kind: 'buy',
        logIndex: 99,
        blockNumber: 25_191_329,
        blockAtMs: Date.UTC(2026, 4, 28, 4, 4, 11),
        // Not 1976.18…, the price of what was paid with.
        priceUsd: '1.00027690571219',
        priceQuote: '0.000506164643987487',
        quotePriceUsd: '1976.18881048696',
        volumeUsd: '211.39010792416',
        poolId: 'eth_0xa1',
      },
    ]);
  });

  it('14_tokens_multi_solana_with_nulls.json: figures of a priced token, and of one that nobody has priced', () => {
    const { details, tokens } = parseTokens(load('14_tokens_multi_solana_with_nulls.json'), SOLANA);
    expect([details.rejected, tokens.rejected]).toEqual([[], []]);
    expect(details.rows).toMatchObject([
      { priceUsd: '2.0174050182', totalSupply: '999999108.407137', coingeckoId: 'official-trump', graduationPct: null },
      { priceUsd: null, fdvUsd: null, volumeUsdH24: '0', graduationPct: '2.16', migratedPoolId: null },
    ]);
  });

  it('13_token_info_solana.json: facts with their nested values as JSON', () => {
    const { rows, rejected } = parseTokenInfo(load('13_token_info_solana.json'), SOLANA);
    expect(rejected).toEqual([]);
    expect(rows[0]).toMatchObject({
      gtScore: '86.54440366972477',
      gtVerified: 1,
      holders: 47_911,
      holdersAtMs: Date.UTC(2026, 4, 27, 17, 41, 13),
      mintAuthority: 0,
      isHoneypot: null,
      twitterHandle: 'pippinlovesyou',
      websites: '["https://pippin.love/","https://www.yohei.me/"]',
      holderDistribution: '{"top_10":"73.7977","11_20":"8.7309","21_40":"5.6147","rest":"11.8567"}',
      developerHoldingPct: '0',
    });
  });

  it('15_simple_token_price_eth.json: the maps are accepted', () => {
    const { attributes } = simplePriceAnswer.parse(load('15_simple_token_price_eth.json')).data;
    expect(attributes.token_prices).toEqual({ '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': '2084.57379936447' });
    expect(Object.values(attributes.h24_price_change_percentage ?? {})).toEqual(['-1.8867250098940773']);
  });

  it('errors_observed.json: every complaint gets its class', () => {
    const classes = Object.entries(load('errors_observed.json'))
      .filter((entry): entry is [string, { status: number; body: unknown }] => Object(entry[1])['body'] !== undefined)
      .map(([name, { status, body }]) => [name, classOf(status, body)]);
    expect(Object.fromEntries(classes)).toEqual({
      page_11: 'page_limit',
      ohlcv_older_than_180_days: 'page_limit',
      bad_aggregate_minute: 'bad_request',
      bad_aggregate_hour: 'bad_request',
      bad_aggregate_day: 'bad_request',
      bad_timeframe: 'bad_request',
      limit_2000: 'bad_request',
      bad_sort: 'bad_request',
      rate_limited: 'throttled',
    });
  });

  it('response_headers_20250828.json: the content type is one that the client reads', () => {
    expect(load('response_headers_20250828.json')['content-type']).toMatch(/^application\/json;/);
  });
});

function classOf(status: number, value: unknown): string {
  try {
    readAnswer(
      { status, retryAfter: null, body: { kind: 'json', value, excerpt: '' } },
      { host: 'host', dialect: KEYLESS, wallMs: OBSERVED_MS },
    );
    return 'ok';
  } catch (error) {
    if (error instanceof SourceError) return error.class;
    throw error;
  }
}
