import { describe, expect, it } from 'vitest';
import type { Candle, CandleQuery } from '../../../src/main/demo/market/candles';
import { Market } from '../../../src/main/demo/market/market';
import type { PoolView } from '../../../src/main/demo/market/market';
import type { Pool } from '../../../src/main/demo/market/model';
import { TradeHistory, countUntil, hourOf } from '../../../src/main/demo/market/tradeHistory';
import { WINDOWS } from '../../../src/main/demo/market/windows';

const SEEDS = [1, 7] as const;
const NOW_S = Market.momentOf(Date.UTC(2026, 3, 17, 13, 22, 41));
const DAY_S = 86_400;

/** A few pools of every kind: busy, quiet, newborn, dead, on all networks. */
function samplePools(market: Market, atS = NOW_S): readonly Pool[] {
  return market.networks().flatMap((network) => {
    const top = market.topPools(network.id, null, 'h24_tx_count_desc', atS);
    const fresh = market.newPools(network.id, atS);
    return [...top.slice(0, 4), ...top.slice(30, 33), ...top.slice(-2), ...fresh.slice(0, 6)];
  });
}

function candles(market: Market, pool: Pool, query: Partial<CandleQuery> = {}, atS = NOW_S): readonly Candle[] {
  return market.candles(pool, { barS: 3600, side: 'base', currency: 'usd', beforeS: null, limit: 1000, ...query }, atS);
}

/** Every trade in (fromS, untilS], straight from the blocks. */
function tradesBetween(
  pool: Pool,
  fromS: number,
  untilS: number,
): readonly { atS: number; price: number; volume: number }[] {
  const history = new TradeHistory();
  const found: { atS: number; price: number; volume: number }[] = [];
  for (let hour = hourOf(fromS); hour <= hourOf(untilS); hour += 1) {
    const block = history.block(pool, hour);
    for (let i = countUntil(block, fromS); i < countUntil(block, untilS); i += 1) {
      found.push({ atS: block.atS[i]!, price: block.priceUsd[i]!, volume: block.volumeUsd[i]! });
    }
  }
  return found;
}

describe.each(SEEDS)('the simulated market with seed %i', (seed) => {
  const market = new Market(seed);
  const pools = samplePools(market);
  const views = pools.map((pool) => market.view(pool, NOW_S));

  it('counts no less in a longer window, and no more wallets than trades', () => {
    for (const { windows } of views) {
      for (const [index, { name }] of WINDOWS.entries()) {
        const sum = windows[name];
        expect(sum.buyers).toBeLessThanOrEqual(sum.buys);
        expect(sum.sellers).toBeLessThanOrEqual(sum.sells);
        const longer = WINDOWS[index + 1];
        if (longer === undefined) continue;
        for (const field of ['buys', 'sells', 'buyers', 'sellers', 'volumeUsd'] as const) {
          expect(windows[longer.name][field]).toBeGreaterThanOrEqual(sum[field]);
        }
      }
    }
  });

  it('sums each window from the very trades of the pool', () => {
    for (const { pool, windows } of views) {
      for (const { name, seconds } of WINDOWS) {
        const trades = tradesBetween(pool, NOW_S - seconds, NOW_S);
        expect(windows[name].buys + windows[name].sells).toBe(trades.length);
        expect(windows[name].volumeUsd).toBe(trades.reduce((sum, trade) => sum + trade.volume, 0));
      }
    }
  });

  it('repeats the same figures in every window longer than the life of a pool', () => {
    const young = views.filter(({ pool }) => pool.bornAtS > NOW_S - 3600);
    expect(young.length).toBeGreaterThan(5);
    for (const { windows } of young) expect(windows.h24).toEqual(windows.h1);
  });

  it('takes the price change from the same trades as the price', () => {
    for (const { pool, windows, last } of views.filter((view) => view.windows.h1.buys + view.windows.h1.sells > 0)) {
      const before =
        tradesBetween(pool, NOW_S - 3 * DAY_S, NOW_S - 3600).at(-1) ?? tradesBetween(pool, NOW_S - 3600, NOW_S)[0];
      expect(windows.h1.changePct).toBeCloseTo((last!.priceUsd / before!.price - 1) * 100, 9);
    }
  });

  it('makes candles whose volume is the sum of their trades, whatever the bar', () => {
    for (const pool of pools) {
      for (const barS of [300, 900, 3600, 4 * 3600]) {
        for (const [startS, , high, low, close, volume] of candles(market, pool, { barS, limit: 12 })) {
          const trades = tradesBetween(pool, startS - 1, Math.min(startS + barS - 1, NOW_S));
          expect(volume).toBe(trades.reduce((sum, trade) => sum + trade.volume, 0));
          expect(close).toBe(trades.at(-1)?.price);
          expect(high).toBeGreaterThanOrEqual(Math.max(...trades.map((trade) => trade.price)));
          expect(low).toBeLessThanOrEqual(Math.min(...trades.map((trade) => trade.price)));
        }
      }
    }
  });

  it('lists candles newest first, aligned, without repeats, each opening where the one before closed', () => {
    for (const pool of pools.filter((_, index) => index % 3 === 0)) {
      for (const barS of [60, 300, 900, 3600, 4 * 3600, 12 * 3600, DAY_S]) {
        const list = candles(market, pool, { barS, limit: barS > 3600 ? 14 : 60 });
        const wrong = list.filter(([startS, open, high, low, close], index) => {
          const before = list[index + 1];
          const follows = before === undefined || (before[0] < startS && before[4] === open);
          return !follows || startS % barS !== 0 || low > Math.min(open, close) || high < Math.max(open, close);
        });
        expect(wrong).toEqual([]);
      }
    }
  });

  it('rebuilds every hour exactly from its four quarters', () => {
    for (const pool of pools) {
      const quarters = candles(market, pool, { barS: 900, limit: 200 });
      const oldestHour = Math.ceil((quarters.at(-1)?.[0] ?? NOW_S) / 3600) * 3600;
      for (const [startS, ...values] of candles(market, pool, { limit: 50 }).filter((bar) => bar[0] >= oldestHour)) {
        const parts = quarters.filter((bar) => bar[0] >= startS && bar[0] < startS + 3600).toReversed();
        const rebuilt = [
          parts[0]?.[1],
          Math.max(...parts.map((bar) => bar[2])),
          Math.min(...parts.map((bar) => bar[3])),
          parts.at(-1)?.[4],
          parts.reduce((sum, bar) => sum + bar[5], 0),
        ];
        expect(values).toEqual(rebuilt);
      }
    }
  });

  it('answers the same closed candles later and to another instance, page by page or at once', () => {
    const other = new Market(seed);
    for (const pool of pools.slice(0, 8)) {
      const atOnce = candles(market, pool, { limit: 60 });
      const twin = other.pool(pool.networkId, pool.address, NOW_S)!;
      expect(candles(other, twin, { limit: 60 })).toEqual(atOnce);
      const firstPage = candles(market, pool, { limit: 30 });
      const secondPage = candles(market, pool, { limit: 30, beforeS: firstPage.at(-1)![0] });
      expect([...firstPage, ...secondPage]).toEqual(atOnce);
      const later = candles(market, pool, { limit: 1000, beforeS: hourOf(NOW_S) * 3600 }, NOW_S + 5 * 3600);
      expect(later.slice(0, 20)).toEqual(atOnce.filter((bar) => bar[0] < hourOf(NOW_S) * 3600).slice(0, 20));
    }
  });

  it('shows the price of the last trade as pool price, newest candle close and newest trade alike', () => {
    for (const { pool, last } of views.filter((view) => view.windows.h24.buys + view.windows.h24.sells > 0)) {
      expect(candles(market, pool, { barS: 60, limit: 1 })[0]?.[4]).toBe(last?.priceUsd);
      expect(market.trades(pool, 0, 300, NOW_S)[0]?.priceUsd).toBe(last?.priceUsd);
    }
  });

  it('gives the quote side and the quote currency as reciprocal views of the same trades', () => {
    const pool = pools[0]!;
    const inQuote = candles(market, pool, { barS: 60, currency: 'token', limit: 5 });
    const inBase = candles(market, pool, { barS: 60, currency: 'token', side: 'quote', limit: 5 });
    expect(inQuote.map((bar) => bar[0])).toEqual(inBase.map((bar) => bar[0]));
    for (const [index, bar] of inQuote.entries()) {
      expect(1 / bar[4]).toBeCloseTo(inBase[index]![4], 9);
      expect(1 / bar[2] / inBase[index]![3]).toBeCloseTo(1, 9);
    }
  });

  it('sorts top pools by trades or volume and new pools by birth', () => {
    const dayOf = (view: PoolView): number => view.windows.h24.buys + view.windows.h24.sells;
    const byTrades = market.topPools('solana', null, 'h24_tx_count_desc', NOW_S).slice(0, 60);
    const counts = byTrades.map((pool) => dayOf(market.view(pool, NOW_S)));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const byVolume = market.topPools('eth', 'uniswap_v3', 'h24_volume_usd_desc', NOW_S);
    const volumes = byVolume.map((pool) => market.view(pool, NOW_S).windows.h24.volumeUsd);
    expect(volumes).toEqual(volumes.toSorted((a, b) => b - a));
    const births = market.newPools(null, NOW_S).map((pool) => pool.bornAtS);
    expect(births).toEqual(births.toSorted((a, b) => b - a));
    expect(births.at(-1)).toBeGreaterThan(NOW_S - 2 * DAY_S);
    expect(births[0]).toBeLessThanOrEqual(NOW_S);
  });

  it('empties the reserve and breaks the price in a rug pull', () => {
    const rugged = market
      .newPools('solana', NOW_S)
      .filter((pool) => pool.ruggedAtS !== null && pool.ruggedAtS < NOW_S - 600);
    expect(rugged.length).toBeGreaterThan(0);
    for (const pool of rugged) {
      expect(market.view(pool, NOW_S).reserveUsd).toBeLessThan(1);
      const before = market.view(pool, pool.ruggedAtS! - 60);
      const after = market.view(pool, pool.ruggedAtS! + 600);
      if (before.last === null || after.last === null || after.last.atS < pool.ruggedAtS! + 90) continue;
      expect(after.last.priceUsd).toBeLessThan(before.last.priceUsd * 0.1);
    }
  });

  it('moves a token that fills its curve to a new pool and lets the curve fall silent', () => {
    const graduates = market.newPools('solana', NOW_S).filter((pool) => pool.dex.id === 'pumpswap');
    expect(graduates.length).toBeGreaterThan(3);
    for (const pool of graduates) {
      const { launchpad } = pool.base;
      expect(launchpad?.graduatedPoolAddress).toBe(pool.address);
      const curve = market.poolsOfToken(pool.base, NOW_S).find((other) => other.dex.id !== 'pumpswap');
      if (curve === undefined) continue; // The curve may have left the lists already; detail still has it.
      expect(curve.endsAtS).toBe(launchpad?.graduatedAtS);
      expect(market.trades(curve, 0, 1, NOW_S)[0]?.atS ?? 0).toBeLessThan(curve.endsAtS);
    }
  });

  it('still finds a launch long after it left the lists, and none before it was born', () => {
    const pool = market.newPools('solana', NOW_S)[5]!;
    expect(market.pool('solana', pool.address, NOW_S + 90 * DAY_S)?.base.symbol).toBe(pool.base.symbol);
    expect(market.pool('solana', pool.address, pool.bornAtS - 1)).toBeNull();
    expect(market.token('solana', pool.base.address, NOW_S)?.id).toBe(pool.base.id);
    expect(market.pool('solana', pool.address.toLowerCase(), NOW_S)).toBeNull();
  });
});

describe('the market as a whole', () => {
  it('has other pools and prices under another seed', () => {
    const [one, two] = [new Market(1), new Market(2)].map((market) =>
      market.topPools('solana', 'raydium', 'h24_tx_count_desc', NOW_S),
    );
    expect(one!.map((pool) => pool.base.symbol)).not.toEqual(two!.map((pool) => pool.base.symbol));
  });

  it('never lists an address twice, and writes each in the form of its network', () => {
    const market = new Market(3);
    const all = market.networks().flatMap((network) => {
      const pools = market.topPools(network.id, null, 'h24_tx_count_desc', NOW_S);
      const form = network.family === 'hex' ? /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/ : /^[1-9A-HJ-NP-Za-km-z]{44}$/;
      for (const pool of pools) expect(pool.address).toMatch(form);
      return pools.map((pool) => pool.id);
    });
    expect(new Set(all).size).toBe(all.length);
    expect(all.some((id) => /^eth_0x[0-9a-f]{64}$/.test(id))).toBe(true);
  });

  it('stays within plausible prices over two years', () => {
    const market = new Market(11);
    const native = market.nativeCoin('solana');
    const prices = Array.from({ length: 730 }, (_, day) =>
      native.path.usdAt(Date.UTC(2025, 2, 1) / 1000 + day * DAY_S),
    );
    expect(Math.min(...prices)).toBeGreaterThan(142 / 4);
    expect(Math.max(...prices)).toBeLessThan(142 * 4);
    const returns = prices.slice(1).map((price, index) => Math.log(price / prices[index]!));
    const deviation = Math.sqrt(returns.reduce((sum, value) => sum + value * value, 0) / returns.length);
    expect(deviation).toBeGreaterThan(0.02);
    expect(deviation).toBeLessThan(0.06);
  });
});
