// The sliding windows of a pool: counts, wallets, volume and price change over the last 5 minutes up to the last day.
import type { Pool } from './model';
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from './model';
import type { TradeHistory, WalletSets } from './tradeHistory';
import { addParty, countUntil, hourOf } from './tradeHistory';
import { BUY_FLAG } from './trades';

export const WINDOWS = [
  { name: 'm5', seconds: 300 },
  { name: 'm15', seconds: 900 },
  { name: 'm30', seconds: 1800 },
  { name: 'h1', seconds: 3600 },
  { name: 'h6', seconds: 21_600 },
  { name: 'h24', seconds: SECONDS_PER_DAY },
] as const;
export type WindowName = (typeof WINDOWS)[number]['name'];

export interface WindowSum {
  readonly buys: number;
  readonly sells: number;
  readonly buyers: number;
  readonly sellers: number;
  readonly volumeUsd: number;
  /** Against the last price before the window, or the first ever; 0 when nobody traded. */
  readonly changePct: number;
}

export type WindowSums = Readonly<Record<WindowName, WindowSum>>;

/** Trades in (atS - length, atS], for every window at once: one walk back through a day. */
export function sumWindows(history: TradeHistory, pool: Pool, atS: number): WindowSums {
  const sets: WalletSets = { buyers: new Uint32Array(pool.wallets / 32), sellers: new Uint32Array(pool.wallets / 32) };
  const tally = { buys: 0, sells: 0, volumeUsd: 0 };
  const nowUsd = history.lastTrade(pool, atS)?.priceUsd ?? null;
  const sums: Partial<Record<WindowName, WindowSum>> = {};
  let hour = hourOf(atS);
  /** Everything at or after this is in the tally. */
  let reachedS = atS + 1;
  for (const window of WINDOWS) {
    const fromS = atS - window.seconds + 1;
    while (reachedS > fromS) {
      const hourStartS = hour * SECONDS_PER_HOUR;
      const whole = reachedS === hourStartS + SECONDS_PER_HOUR && fromS <= hourStartS;
      const untilS = reachedS;
      reachedS = Math.max(fromS, hourStartS);
      if (whole) addHour(history, pool, hour, tally, sets);
      else addTrades(history, pool, hour, reachedS, untilS, tally, sets);
      if (reachedS === hourStartS) hour -= 1;
    }
    const { buys, sells, volumeUsd } = tally;
    const thenUsd = buys + sells === 0 ? nowUsd : priceBefore(history, pool, fromS);
    sums[window.name] = {
      buys,
      sells,
      buyers: countBits(sets.buyers),
      sellers: countBits(sets.sellers),
      volumeUsd,
      changePct: nowUsd === null || thenUsd === null ? 0 : (nowUsd / thenUsd - 1) * 100,
    };
  }
  return sums as WindowSums;
}

/** The last day only, without the wallets: what ranking thousands of pools needs. */
export function sumDay(
  history: TradeHistory,
  pool: Pool,
  atS: number,
): { readonly count: number; readonly volumeUsd: number } {
  const fromS = atS - SECONDS_PER_DAY + 1;
  const untilS = atS + 1;
  let count = 0;
  let volumeUsd = 0;
  const endS = Math.min(untilS, pool.endsAtS);
  for (let hour = hourOf(Math.max(fromS, pool.bornAtS)); hour * SECONDS_PER_HOUR < endS; hour += 1) {
    const startS = hour * SECONDS_PER_HOUR;
    if (startS >= fromS && startS + SECONDS_PER_HOUR <= untilS) {
      const sum = history.sum(pool, hour);
      count += sum.count;
      volumeUsd += sum.volumeUsd;
    } else {
      const block = history.block(pool, hour);
      const end = countUntil(block, untilS - 1);
      for (let i = countUntil(block, fromS - 1); i < end; i += 1) {
        count += 1;
        volumeUsd += block.volumeUsd[i] ?? 0;
      }
    }
  }
  return { count, volumeUsd };
}

interface Tally {
  buys: number;
  sells: number;
  volumeUsd: number;
}

function addHour(history: TradeHistory, pool: Pool, hour: number, tally: Tally, sets: WalletSets): void {
  const sum = history.sum(pool, hour);
  if (sum.count === 0) return;
  tally.buys += sum.buys;
  tally.sells += sum.count - sum.buys;
  tally.volumeUsd += sum.volumeUsd;
  const wallets = history.wallets(pool, hour);
  for (let i = 0; i < sets.buyers.length; i += 1) {
    sets.buyers[i] = (sets.buyers[i] ?? 0) | (wallets.buyers[i] ?? 0);
    sets.sellers[i] = (sets.sellers[i] ?? 0) | (wallets.sellers[i] ?? 0);
  }
}

function addTrades(
  history: TradeHistory,
  pool: Pool,
  hour: number,
  fromS: number,
  untilS: number,
  tally: Tally,
  sets: WalletSets,
): void {
  const block = history.block(pool, hour);
  const end = countUntil(block, untilS - 1);
  for (let i = countUntil(block, fromS - 1); i < end; i += 1) {
    const party = block.party[i] ?? 0;
    if ((party & BUY_FLAG) === 0) tally.sells += 1;
    else tally.buys += 1;
    tally.volumeUsd += block.volumeUsd[i] ?? 0;
    addParty(sets, party);
  }
}

/** Price in force when a window opens; a pool younger than the window starts from its first trade. */
function priceBefore(history: TradeHistory, pool: Pool, fromS: number): number | null {
  const last = history.lastTrade(pool, fromS - 1);
  if (last !== null) return last.priceUsd;
  for (let hour = hourOf(Math.max(fromS, pool.bornAtS)); hour * SECONDS_PER_HOUR < pool.endsAtS; hour += 1) {
    const block = history.block(pool, hour);
    if (block.count > 0) return block.priceUsd[0] ?? null;
  }
  return null;
}

function countBits(words: Uint32Array): number {
  let count = 0;
  for (const word of words) {
    let left = word - ((word >>> 1) & 0x55555555);
    left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
    count += Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
