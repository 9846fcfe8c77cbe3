// Rows as collectors would send them, with every value a function of a number.
import type { WriteBatch } from '../../../src/shared/contract/storage';
import { packRows } from '../../../src/shared/contract/tables';
import type { CandleRow, PoolRow } from '../../../src/shared/domain/market';

export const T0 = Date.UTC(2026, 2, 1);

export function pool(n: number, change: Partial<PoolRow> = {}): PoolRow {
  const address = `Pool${String(n).padStart(40, '0')}`;
  return {
    id: `solana_${address}`,
    networkId: 'solana',
    dexId: n % 2 === 0 ? 'raydium' : 'orca',
    address,
    name: `TOK${n} / SOL`,
    baseTokenId: `solana_base${n}`,
    quoteTokenId: 'solana_sol',
    createdAtMs: T0 - n * 60_000,
    basePriceUsd: `0.0000${n + 1}691542742065`,
    quotePriceUsd: '171.25',
    reserveUsd: `${1000 * (n + 1)}.5`,
    fdvUsd: '1000000',
    marketCapUsd: null,
    volumeUsdM5: null,
    volumeUsdH1: '12.5',
    volumeUsdH6: null,
    volumeUsdH24: `${300 + n}`,
    changePctM5: '-0.5',
    changePctH1: '1.25',
    changePctH6: null,
    changePctH24: '-12',
    buysH1: 2,
    sellsH1: 1,
    buysH24: 10 + n,
    sellsH24: 5,
    buyersH24: 8,
    sellersH24: 4,
    feePct: null,
    lockedLiquidityPct: null,
    observedAtMs: T0,
    ...change,
  };
}

export function candle(n: number, change: Partial<CandleRow> = {}): CandleRow {
  return {
    poolId: pool(0).id,
    timeframe: 'minute',
    aggregate: 1,
    side: 'base',
    currency: 'usd',
    startsAtS: T0 / 1000 + 60 * n,
    open: '1.1',
    high: '1.3',
    low: '1.0',
    close: '1.2',
    volume: `${n}`,
    observedAtMs: T0,
    ...change,
  };
}

export function poolBatch(id: string, rows: readonly PoolRow[]): WriteBatch {
  return { id, parts: [packRows('pools', rows)] };
}

export function candleBatch(id: string, rows: readonly CandleRow[]): WriteBatch {
  return { id, parts: [packRows('candles', rows)] };
}
