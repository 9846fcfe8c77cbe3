// Trade blocks and their hourly sums, made when asked for and kept within fixed bounds. What was dropped is simply made again.
import type { Pool } from './model';
import { SECONDS_PER_HOUR } from './model';
import type { TradeBlock } from './trades';
import { BUY_FLAG, makeBlock } from './trades';

const MAX_CACHED_TRADES = 300_000;
const MAX_CACHED_SUMS = 150_000;
/** Wallet sets are needed for one day only; a little more is kept so that a moving day does not drop what it needs next. */
const WALLET_SET_HOURS = 26;
/** Hours fit below this, so pool and hour together make one number. */
const HOURS_SPAN = 2 ** 20;

export interface HourSum {
  readonly count: number;
  readonly buys: number;
  readonly volumeUsd: number;
  readonly lastAtS: number;
  readonly lastPriceUsd: number;
  readonly lastQuoteUsd: number;
}

/** Bit sets of the wallets that bought and sold in one hour. */
export interface WalletSets {
  readonly buyers: Uint32Array;
  readonly sellers: Uint32Array;
}

export interface LastTrade {
  readonly atS: number;
  readonly priceUsd: number;
  readonly quoteUsd: number;
}

interface PoolMemory {
  readonly sums: Map<number, HourSum>;
  readonly wallets: Map<number, WalletSets>;
}

const NO_TRADES: HourSum = { count: 0, buys: 0, volumeUsd: 0, lastAtS: 0, lastPriceUsd: 0, lastQuoteUsd: 0 };

export function hourOf(atS: number): number {
  return Math.floor(atS / SECONDS_PER_HOUR);
}

export class TradeHistory {
  readonly #blocks = new Map<number, TradeBlock>();
  /** Weak: what belongs to a launch that left the lists goes with it. */
  #memories = new WeakMap<Pool, PoolMemory>();
  readonly #serials = new WeakMap<Pool, number>();
  #nextSerial = 0;
  #cachedTrades = 0;
  #cachedSums = 0;

  block(pool: Pool, hour: number): TradeBlock {
    const key = this.#keyOf(pool, hour);
    const known = this.#blocks.get(key);
    if (known !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, known);
      return known;
    }
    const block = makeBlock(pool, hour);
    this.#blocks.set(key, block);
    this.#cachedTrades += cost(block);
    for (const [oldest, dropped] of this.#blocks) {
      if (this.#cachedTrades <= MAX_CACHED_TRADES) break;
      this.#blocks.delete(oldest);
      this.#cachedTrades -= cost(dropped);
    }
    return block;
  }

  /** Sum over one whole hour. */
  sum(pool: Pool, hour: number): HourSum {
    if (!tradesIn(pool, hour)) return NO_TRADES;
    const memory = this.#memory(pool);
    const known = memory.sums.get(hour);
    if (known !== undefined) return known;
    // Not kept as a block: ranking sums up a day of thousands of pools and would push out what is in use.
    const sum = sumOf(this.#blocks.get(this.#keyOf(pool, hour)) ?? makeBlock(pool, hour));
    memory.sums.set(hour, sum);
    this.#cachedSums += 1;
    return sum;
  }

  wallets(pool: Pool, hour: number): WalletSets {
    const memory = this.#memory(pool);
    const known = memory.wallets.get(hour);
    if (known !== undefined) return known;
    const block = this.block(pool, hour);
    const sets = { buyers: new Uint32Array(pool.wallets / 32), sellers: new Uint32Array(pool.wallets / 32) };
    for (let i = 0; i < block.count; i += 1) addParty(sets, block.party[i] ?? 0);
    memory.wallets.set(hour, sets);
    if (memory.wallets.size > WALLET_SET_HOURS * 2) {
      for (const old of memory.wallets.keys()) if (old < hour - WALLET_SET_HOURS) memory.wallets.delete(old);
    }
    return sets;
  }

  /** The newest trade at or before `atS`; null when nobody has traded yet. */
  lastTrade(pool: Pool, atS: number): LastTrade | null {
    const newestS = Math.min(atS, pool.endsAtS);
    let hour = hourOf(newestS);
    const block = this.block(pool, hour);
    const index = countUntil(block, newestS) - 1;
    if (index >= 0) {
      return {
        atS: block.atS[index] ?? 0,
        priceUsd: block.priceUsd[index] ?? 0,
        quoteUsd: block.quoteUsd[index] ?? 0,
      };
    }
    for (hour -= 1; hour >= hourOf(pool.bornAtS); hour -= 1) {
      const sum = this.sum(pool, hour);
      if (sum.count > 0) return { atS: sum.lastAtS, priceUsd: sum.lastPriceUsd, quoteUsd: sum.lastQuoteUsd };
    }
    return null;
  }

  #keyOf(pool: Pool, hour: number): number {
    let serial = this.#serials.get(pool);
    if (serial === undefined) {
      serial = this.#nextSerial;
      this.#nextSerial += 1;
      this.#serials.set(pool, serial);
    }
    return serial * HOURS_SPAN + hour;
  }

  #memory(pool: Pool): PoolMemory {
    const known = this.#memories.get(pool);
    if (known !== undefined) return known;
    if (this.#cachedSums > MAX_CACHED_SUMS) {
      this.#memories = new WeakMap();
      this.#cachedSums = 0;
    }
    const memory = { sums: new Map<number, HourSum>(), wallets: new Map<number, WalletSets>() };
    this.#memories.set(pool, memory);
    return memory;
  }
}

/** How many trades of the block happened at or before `atS`. */
export function countUntil(block: TradeBlock, atS: number): number {
  let low = 0;
  let high = block.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((block.atS[middle] ?? 0) <= atS) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function addParty(sets: WalletSets, party: number): void {
  const wallet = party & ~BUY_FLAG;
  const set = (party & BUY_FLAG) === 0 ? sets.sellers : sets.buyers;
  set[wallet >>> 5] = (set[wallet >>> 5] ?? 0) | (1 << (wallet & 31));
}

function tradesIn(pool: Pool, hour: number): boolean {
  return (hour + 1) * SECONDS_PER_HOUR > pool.bornAtS && hour * SECONDS_PER_HOUR < pool.endsAtS;
}

function sumOf(block: TradeBlock): HourSum {
  if (block.count === 0) return NO_TRADES;
  let buys = 0;
  let volumeUsd = 0;
  for (let i = 0; i < block.count; i += 1) {
    if (((block.party[i] ?? 0) & BUY_FLAG) !== 0) buys += 1;
    volumeUsd += block.volumeUsd[i] ?? 0;
  }
  const last = block.count - 1;
  return {
    count: block.count,
    buys,
    volumeUsd,
    lastAtS: block.atS[last] ?? 0,
    lastPriceUsd: block.priceUsd[last] ?? 0,
    lastQuoteUsd: block.quoteUsd[last] ?? 0,
  };
}

/** An empty block costs memory too. */
function cost(block: TradeBlock): number {
  return block.count + 8;
}
