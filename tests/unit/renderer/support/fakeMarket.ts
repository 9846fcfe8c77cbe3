// Pools, candles and storage samples in the shapes and ranges of real ones; the same input gives the same data.
import type { PoolList, PoolListArgs, PoolListItem } from '../../../../src/shared/contract/queries';
import type { StorageSpanRow } from '../../../../src/shared/contract/timeline';
import type { CandleRow } from '../../../../src/shared/domain/market';

const PAIRS = [
  'SOL / USDC',
  'WIF / SOL',
  'BONK / SOL',
  'JUP / USDC',
  'PYTH / USDC',
  'POPCAT / SOL',
  'a very long token name indeed / SOL',
];
const PRICES = ['187.4210983', '2.31', '0.00001613691542742065', '0.8213', '0.000000004711', '1234567.891', '0.0613'];
const DEXES = ['raydium-clmm', 'orca', 'meteora', 'raydium'];

/** A fraction between 0 and 1 that looks random and depends only on `seed`. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

export function fakePool(index: number, nowMs: number): PoolListItem {
  const dexId = DEXES[index % DEXES.length] ?? 'orca';
  const name = PAIRS[index % PAIRS.length] ?? 'SOL / USDC';
  return {
    id: `solana_pool${index}`,
    networkId: 'solana',
    dexId,
    address: `pool${index}`,
    name,
    baseTokenId: null,
    quoteTokenId: null,
    createdAtMs: nowMs - (index + 1) * 9_400_000,
    basePriceUsd: index === 9 ? null : (PRICES[index % PRICES.length] ?? null),
    quotePriceUsd: '1',
    reserveUsd: String(48_200_000 / (index + 1)),
    fdvUsd: null,
    marketCapUsd: null,
    volumeUsdM5: null,
    volumeUsdH1: null,
    volumeUsdH6: null,
    volumeUsdH24: String(91_000_000 * noise(index)),
    changePctM5: null,
    changePctH1: null,
    changePctH6: null,
    buysH1: null,
    sellsH1: null,
    changePctH24: index === 5 ? '0' : String((noise(index + 7) - 0.45) * 40),
    buysH24: 100,
    sellsH24: 90,
    buyersH24: null,
    sellersH24: null,
    feePct: null,
    lockedLiquidityPct: null,
    observedAtMs: nowMs - 31_000 - index * 700,
    dexName: dexId === 'raydium-clmm' ? 'Raydium (CLMM)' : dexId,
    baseSymbol: null,
    quoteSymbol: null,
    candles: index < 20 ? 500 : 0,
  };
}

export function fakePoolList(args: PoolListArgs, total: number, nowMs: number): PoolList {
  const all = Array.from({ length: total }, (_, index) => fakePool(index, nowMs)).filter(
    ({ name, dexId }) =>
      (args.filter.search === null || (name ?? '').toLowerCase().includes(args.filter.search.toLowerCase())) &&
      (args.filter.dexId === null || dexId === args.filter.dexId),
  );
  return { total: all.length, items: all.slice(args.offset, args.offset + args.limit) };
}

/** Walks from `startPrice`; a few bars are missing, as in quiet markets. */
export function fakeCandles(
  poolId: string,
  count: number,
  nowMs: number,
  startPrice = 0.0000162,
): readonly CandleRow[] {
  const barS = 300;
  const newestS = Math.floor(nowMs / 1_000 / barS) * barS;
  let price = startPrice;
  return Array.from({ length: count }, (_, index) => index)
    .map((index): CandleRow => {
      const open = price;
      price *= 1 + (noise(index) - 0.49) * 0.03;
      const text = (value: number): string => value.toFixed(20);
      return {
        poolId,
        timeframe: 'minute',
        aggregate: 5,
        side: 'base',
        currency: 'usd',
        startsAtS: newestS - (count - index) * barS,
        open: text(open),
        high: text(Math.max(open, price) * (1 + noise(index + 3) * 0.008)),
        low: text(Math.min(open, price) * (1 - noise(index + 5) * 0.008)),
        close: text(price),
        volume: String(120_000 * noise(index + 11)),
        observedAtMs: nowMs,
      };
    })
    .filter((_, index) => index % 41 !== 40);
}

export function fakeStorageSamples(sinceMs: number, nowMs: number): readonly StorageSpanRow[] {
  const stepMs = 10_000;
  return Array.from({ length: Math.floor((nowMs - sinceMs) / stepMs) }, (_, index): StorageSpanRow => {
    const busy = index > 40 && index < 48;
    return {
      atMs: sinceMs + index * stepMs,
      untilMs: sinceMs + index * stepMs,
      states: 'ok',
      badFromMs: null,
      badUntilMs: null,
      samples: 1,
      commits: 8 * index,
      commitP50Ms: 1.6 + noise(index),
      commitP95Ms: 3.5 + noise(index + 1) * 4 + (busy ? 30 : 0),
      lockWaitP95Ms: busy ? 60 + noise(index) * 30 : noise(index + 2) * 0.4,
      lockWaitMaxMs: busy ? 140 : 1,
      sizeBytes: 18_000_000,
      walBytes: 2_000_000,
    };
  }).filter((_, index) => index < 60 || index > 70);
}
