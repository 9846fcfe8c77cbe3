import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandleRequest } from '../../../../src/main/sources/marketSource';
import { parseCandles } from '../../../../src/main/sources/geckoterminal/parseCandles';
import { parseDexes } from '../../../../src/main/sources/geckoterminal/parseDexes';
import { parsePools } from '../../../../src/main/sources/geckoterminal/parsePools';
import { compareDecimals } from '../../../../src/shared/util/decimal';

const CONTEXT = { networkId: 'solana', observedAtMs: Date.UTC(2026, 0, 2) };
const ADDRESS = 'Poo1Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

function pool(changes: { id?: string; attributes?: object; relationships?: object; type?: string } = {}): object {
  return {
    id: changes.id ?? `solana_${ADDRESS}`,
    type: changes.type ?? 'pool',
    attributes: {
      address: ADDRESS,
      name: 'AAA / SOL',
      pool_created_at: '2026-01-01T00:00:01Z',
      base_token_price_usd: '0.00012',
      quote_token_price_usd: '150.5',
      reserve_in_usd: '1234.50',
      fdv_usd: '99999.0',
      market_cap_usd: null,
      price_change_percentage: { m5: '-1.5', h1: '0', h6: '7', h24: '305626.088' },
      transactions: { h1: { buys: 2, sells: 1 }, h24: { buys: 5, sells: 3, buyers: 4, sellers: 2 } },
      volume_usd: { m5: '0.5', h1: '10.0', h24: '7662.1937296048' },
      ...changes.attributes,
    },
    relationships: {
      base_token: { data: { id: 'solana_Base1', type: 'token' } },
      quote_token: { data: { id: 'solana_Quote1', type: 'token' } },
      dex: { data: { id: 'some-dex', type: 'dex' } },
      ...changes.relationships,
    },
  };
}

describe('parsePools', () => {
  it('makes a row with plain decimals, repaired ids and times in milliseconds', () => {
    const { pools, isLast } = parsePools({ data: [pool()] }, CONTEXT);
    expect(isLast).toBe(true);
    expect(pools).toEqual({
      fetched: 1,
      rejected: [],
      rows: [
        {
          id: `solana_${ADDRESS}`,
          networkId: 'solana',
          dexId: 'some-dex',
          address: ADDRESS,
          name: 'AAA / SOL',
          baseTokenId: 'solana_Base1',
          quoteTokenId: 'solana_Quote1',
          createdAtMs: Date.UTC(2026, 0, 1, 0, 0, 1),
          basePriceUsd: '0.00012',
          quotePriceUsd: '150.5',
          reserveUsd: '1234.5',
          fdvUsd: '99999',
          marketCapUsd: null,
          volumeUsdM5: '0.5',
          volumeUsdH1: '10',
          volumeUsdH6: null,
          volumeUsdH24: '7662.1937296048',
          changePctM5: '-1.5',
          changePctH1: '0',
          changePctH6: '7',
          changePctH24: '305626.088',
          buysH1: 2,
          sellsH1: 1,
          buysH24: 5,
          sellsH24: 3,
          buyersH24: 4,
          sellersH24: 2,
          feePct: null,
          lockedLiquidityPct: null,
          observedAtMs: CONTEXT.observedAtMs,
        },
      ],
    });
  });

  it('turns odd values into null and keeps the row', () => {
    const odd = pool({
      attributes: {
        name: 42,
        pool_created_at: 'yesterday',
        base_token_price_usd: 'NaN',
        quote_token_price_usd: null,
        reserve_in_usd: undefined,
        fdv_usd: {},
        price_change_percentage: { m5: '1' },
        transactions: { h24: { buys: -1, sells: 'many' } },
        volume_usd: null,
      },
      relationships: { base_token: null, quote_token: { data: null } },
    });
    const { pools } = parsePools({ data: [odd] }, CONTEXT);
    expect(pools.rejected).toEqual([]);
    expect(pools.rows[0]).toMatchObject({
      name: null,
      baseTokenId: null,
      quoteTokenId: null,
      createdAtMs: null,
      basePriceUsd: null,
      quotePriceUsd: null,
      reserveUsd: null,
      fdvUsd: null,
      volumeUsdH1: null,
      changePctM5: '1',
      changePctH24: null,
      buysH24: null,
      sellsH24: null,
    });
  });

  it('does not need the whole windows, the addresses field or an included list', () => {
    const bare = {
      id: 'solana_solana_X1',
      type: 'pool',
      attributes: {},
      relationships: { dex: { data: { id: 'd' } } },
    };
    const { pools, tokens } = parsePools({ data: [bare], included: null, extra: 1 }, CONTEXT);
    expect(pools.rows[0]).toMatchObject({ id: 'solana_X1', address: 'X1', dexId: 'd', buysH24: null });
    expect(tokens.fetched).toBe(0);
  });

  it('turns away what has no identity, counts it by reason, and keeps the rest', () => {
    const { pools } = parsePools(
      {
        data: [
          pool(),
          null,
          'text',
          pool({ type: 'token' }),
          pool({ relationships: { dex: { data: null } } }),
          pool({ id: 'solana_Other' }),
          pool({ id: 'eth_Other' }),
          pool({ relationships: { network: { data: { id: 'eth', type: 'network' } } } }),
        ],
      },
      CONTEXT,
    );
    expect(pools.rows).toHaveLength(1);
    expect(pools.fetched).toBe(8);
    expect(pools.rejected).toEqual([
      { reason: 'unusable entry', count: 2 },
      { reason: 'unusable type', count: 1 },
      { reason: 'pool without a DEX', count: 1 },
      { reason: 'id and address disagree', count: 2 },
      { reason: 'pool of another network', count: 1 },
    ]);
  });

  it('reads included tokens and DEXes, and skips what it does not know', () => {
    const token = (id: string, decimals: unknown): object => ({
      id,
      type: 'token',
      attributes: { address: id.slice(7), name: 'Name', symbol: 'SYM', decimals },
    });
    const { tokens, dexes } = parsePools(
      {
        data: [],
        included: [
          token('solana_Aa', 9),
          token('solana_Bb', '6'),
          token('solana_Cc', null),
          token('solana_Dd', 1e9),
          { id: 'some-dex', type: 'dex', attributes: { name: 'Some DEX' } },
          { id: 'solana', type: 'network', attributes: {} },
        ],
      },
      CONTEXT,
    );
    expect(tokens.rows.map(({ id, decimals }) => [id, decimals])).toEqual([
      ['solana_Aa', 9],
      ['solana_Bb', 6],
      ['solana_Cc', null],
      ['solana_Dd', null],
    ]);
    expect(dexes.rows).toEqual([
      { networkId: 'solana', dexId: 'some-dex', name: 'Some DEX', observedAtMs: CONTEXT.observedAtMs },
    ]);
  });

  it('says that a page of twenty may have a successor', () => {
    expect(parsePools({ data: Array.from({ length: 20 }, () => pool()) }, CONTEXT).isLast).toBe(false);
    expect(parsePools({ data: Array.from({ length: 19 }, () => pool()) }, CONTEXT).isLast).toBe(true);
  });

  it('survives any JSON in any place: entries are counted, only a missing list is an error', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (data, included) => {
        const { pools } = parsePools({ data, included }, CONTEXT);
        const rejected = pools.rejected.reduce((sum, { count }) => sum + count, 0);
        expect(pools.rows.length + rejected).toBe(data.length);
      }),
    );
    expect(() => parsePools({ data: {} }, CONTEXT)).toThrow('without the list of pools');
    expect(() => parsePools(null, CONTEXT)).toThrow('without the list of pools');
  });
});

describe('parseDexes', () => {
  it('keeps the opaque ids as they are', () => {
    const { dexes, hasNext } = parseDexes(
      {
        data: [
          { id: 'raydium-clmm', type: 'dex', attributes: { name: 'Raydium (CLMM)' } },
          { id: 'uniswap_v3', type: 'dex', attributes: { name: null } },
          { id: '', type: 'dex' },
        ],
        links: { next: null },
      },
      CONTEXT,
    );
    expect(dexes.rows.map(({ dexId, name }) => [dexId, name])).toEqual([
      ['raydium-clmm', 'Raydium (CLMM)'],
      ['uniswap_v3', null],
    ]);
    expect(dexes.rejected).toEqual([{ reason: 'unusable id', count: 1 }]);
    expect(hasNext).toBe(false);
  });
});

describe('parseCandles', () => {
  const HOUR_S = 3_600;
  const START_S = Date.UTC(2026, 0, 1) / 1000;
  const request: CandleRequest = {
    networkId: 'solana',
    poolAddress: ADDRESS,
    timeframe: 'hour',
    aggregate: 1,
    side: 'base',
    currency: 'usd',
    beforeS: null,
    limit: 1_000,
  };
  const answer = (ohlcv: unknown): unknown => ({ data: { id: 'x', type: 'ohlcv', attributes: { ohlcv_list: ohlcv } } });
  const parse = (bars: unknown[], changes: Partial<CandleRequest> = {}): ReturnType<typeof parseCandles> =>
    parseCandles(answer(bars), { ...request, ...changes }, CONTEXT.observedAtMs);

  it('returns bars oldest first with plain decimals', () => {
    const { rows, fetched } = parse([
      [START_S + HOUR_S, 2e-7, 3e-7, 2e-7, 2.5e-7, 941.0332575772828],
      [START_S, 1.613691542742065e-5, 1.8577063943794163e-5, 1.6e-5, 1.8e-5, 10],
    ]);
    expect(fetched).toBe(2);
    expect(rows.map(({ startsAtS }) => startsAtS)).toEqual([START_S, START_S + HOUR_S]);
    expect(rows[0]).toEqual({
      poolId: `solana_${ADDRESS}`,
      timeframe: 'hour',
      aggregate: 1,
      side: 'base',
      currency: 'usd',
      startsAtS: START_S,
      open: '0.00001613691542742065',
      high: '0.000018577063943794163',
      low: '0.000016',
      close: '0.000018',
      volume: '10',
      observedAtMs: CONTEXT.observedAtMs,
    });
  });

  it('widens the range when open or close lie outside', () => {
    const { rows } = parse([[START_S, 1, 5, 4, 9, 0]]);
    expect(rows[0]).toMatchObject({ open: '1', high: '9', low: '1', close: '9' });
  });

  it('keeps one bar per start time: the one with the larger volume, never the sum', () => {
    const { rows, fetched, rejected } = parse([
      [START_S, 1, 2, 1, 2, 10],
      [START_S, 1, 3, 1, 3, 11],
      [START_S, 1, 4, 1, 4, 11],
    ]);
    expect(rows.map(({ close, volume }) => [close, volume])).toEqual([['3', '11']]);
    expect({ fetched, rejected }).toEqual({ fetched: 3, rejected: [] });
  });

  it('turns away bars that cannot be placed or priced, by reason', () => {
    const { rows, rejected } = parse([
      [START_S * 1000, 1, 1, 1, 1, 1],
      [START_S + 60, 1, 1, 1, 1, 1],
      [String(START_S), 1, 1, 1, 1, 1],
      [CONTEXT.observedAtMs / 1000 + 30 * HOUR_S, 1, 1, 1, 1, 1],
      [START_S, null, 1, 1, 1, 1],
      [START_S, 1, 1, -1, 1, 1],
      [START_S, 1, 1, 1, 1, 'NaN'],
      [START_S, 1],
      {},
    ]);
    expect(rows).toEqual([]);
    expect(rejected).toEqual([
      { reason: 'candle time lies in the future', count: 2 },
      { reason: 'candle time is not the start of a bar', count: 1 },
      { reason: 'candle time is not in seconds since 1970', count: 1 },
      { reason: 'candle without a price', count: 2 },
      { reason: 'candle without a volume', count: 1 },
      { reason: 'unusable entry', count: 2 },
    ]);
  });

  it('aligns to the aggregate: a twelve-hour bar starts at midnight or noon', () => {
    const bars = [
      [START_S + 12 * HOUR_S, 1, 1, 1, 1, 1],
      [START_S + 6 * HOUR_S, 1, 1, 1, 1, 1],
      [START_S, 1, 1, 1, 1, 1],
    ];
    expect(parse(bars, { aggregate: 12 }).rows.map(({ startsAtS }) => startsAtS)).toEqual([
      START_S,
      START_S + 12 * HOUR_S,
    ]);
  });

  it('holds its promises for any list of bars', () => {
    const value = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(null, 'NaN', '0.1'));
    const time = fc.integer({ min: 0, max: 20 }).map((hours) => START_S + hours * HOUR_S);
    fc.assert(
      fc.property(fc.array(fc.tuple(time, value, value, value, value, value)), (bars) => {
        const { rows, fetched } = parse(bars);
        expect(fetched).toBe(bars.length);
        const starts = rows.map(({ startsAtS }) => startsAtS);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        for (const { open, high, low, close } of rows) {
          for (const inside of [open, close]) {
            expect(compareDecimals(low, inside)).toBeLessThanOrEqual(0);
            expect(compareDecimals(high, inside)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('calls an answer without a list malformed', () => {
    expect(() => parseCandles({ data: [] }, request, 0)).toThrow('without the list of candles');
  });
});
