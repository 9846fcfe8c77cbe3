// The one place where trading happens. A pool's trades come in blocks of one hour; a block depends on the pool and the hour only,
// so any hour can be had at any time and is always the same. Pools, candles and trade lists are all read off these blocks.
import type { Pool } from './model';
import { SECONDS_PER_HOUR } from './model';
import { Random, hash } from './random';

/** Amounts are multiples of this, so sums of them are exact in a double whatever the order of adding. */
const USD_STEPS = 1024;
const BUY_CHANCE = 0.53;
/** Trades come in flurries: this part of the gaps is much shorter than the rest. */
const SHORT_GAP_CHANCE = 0.6;
const SHORT_GAP = 0.06;
const MOOD_PERIOD_HOURS = 5;
/** No trade is larger than this part of the pool. */
const MAX_PART_OF_DEPTH = 0.05;

/** Trades of one hour, oldest first; the arrays run in parallel. */
export interface TradeBlock {
  readonly hour: number;
  readonly count: number;
  /** Seconds since the epoch, whole. */
  readonly atS: Float64Array;
  /** Price of the base token, US dollars. */
  readonly priceUsd: Float64Array;
  /** Price of the quote token, US dollars. */
  readonly quoteUsd: Float64Array;
  readonly volumeUsd: Float64Array;
  /** Wallet number, with `BUY_FLAG` set when the base token was bought. */
  readonly party: Uint16Array;
}

export const BUY_FLAG = 0x8000;

const EMPTY = new Float64Array(0);
const NOBODY = new Uint16Array(0);

export function makeBlock(pool: Pool, hour: number): TradeBlock {
  const fromS = Math.max(hour * SECONDS_PER_HOUR, pool.bornAtS);
  const untilS = Math.min((hour + 1) * SECONDS_PER_HOUR, pool.endsAtS);
  const random = new Random(hash(pool.key, hour, 11));
  const mean = untilS > fromS ? expectedTrades(pool, hour, fromS, untilS) : 0;
  const count = mean < 1e-3 ? 0 : random.poisson(mean);
  if (count === 0) {
    return { hour, count, atS: EMPTY, priceUsd: EMPTY, quoteUsd: EMPTY, volumeUsd: EMPTY, party: NOBODY };
  }
  const atS = tradeTimes(pool, random, count, fromS, untilS);
  const priceUsd = new Float64Array(count);
  const quoteUsd = new Float64Array(count);
  const volumeUsd = new Float64Array(count);
  const party = new Uint16Array(count);
  const largestUsd = pool.depthUsd * MAX_PART_OF_DEPTH;
  for (let i = 0; i < count; i += 1) {
    const at = atS[i] ?? 0;
    const buys = random.unit() < BUY_CHANCE;
    const slip = pool.halfSpread * ((buys ? 1 : -1) + 0.5 * random.normal());
    priceUsd[i] = pool.base.path.usdAt(at) * (1 + slip);
    quoteUsd[i] = pool.quote.path.usdAt(at);
    const usd = Math.min(largestUsd, pool.tradeUsd.median * Math.exp(pool.tradeUsd.sigma * random.normal()));
    volumeUsd[i] = Math.max(1, Math.round(usd * USD_STEPS)) / USD_STEPS;
    // Squaring favours low numbers: a few wallets trade again and again.
    party[i] = Math.floor(random.unit() ** 2 * pool.wallets) | (buys ? BUY_FLAG : 0);
  }
  return { hour, count, atS, priceUsd, quoteUsd, volumeUsd, party };
}

function expectedTrades(pool: Pool, hour: number, fromS: number, untilS: number): number {
  const { activity } = pool;
  if (activity.kind === 'launch') {
    const remaining = (atS: number): number => Math.exp(-(atS - pool.bornAtS) / activity.decayS);
    return activity.trades * (remaining(fromS) - remaining(untilS));
  }
  const cell = Math.floor(hour / MOOD_PERIOD_HOURS);
  const before = hash(pool.key, cell, 13) / 4294967296;
  const after = hash(pool.key, cell + 1, 13) / 4294967296;
  const mood = before + (after - before) * (hour / MOOD_PERIOD_HOURS - cell);
  const season = 1 + 0.3 * Math.sin(((hour % 24) - 9) * (Math.PI / 12));
  return activity.tradesPerHour * season * Math.exp(1.4 * (mood - 0.5)) * ((untilS - fromS) / SECONDS_PER_HOUR);
}

/** Sorted whole seconds in [fromS, untilS). */
function tradeTimes(pool: Pool, random: Random, count: number, fromS: number, untilS: number): Float64Array {
  const at = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum -= Math.log(random.unit()) * (random.chance(SHORT_GAP_CHANCE) ? SHORT_GAP : 1);
    at[i] = sum;
  }
  const total = sum - Math.log(random.unit()) * 0.4;
  const { activity } = pool;
  for (let i = 0; i < count; i += 1) {
    const part = (at[i] ?? 0) / total;
    if (activity.kind === 'steady') {
      at[i] = Math.floor(fromS + part * (untilS - fromS));
    } else {
      const start = Math.exp(-(fromS - pool.bornAtS) / activity.decayS);
      const end = Math.exp(-(untilS - pool.bornAtS) / activity.decayS);
      const ageS = -activity.decayS * Math.log(start - part * (start - end));
      at[i] = Math.min(untilS - 1, Math.floor(pool.bornAtS + ageS));
    }
  }
  return at;
}
