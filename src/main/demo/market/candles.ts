// Candles of a pool, read off its trades: bars without a trade are absent, a bar opens where the one before it closed.
import type { Pool } from './model';
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from './model';
import type { TradeHistory } from './tradeHistory';
import { countUntil, hourOf } from './tradeHistory';
import type { TradeBlock } from './trades';

export type CandleSide = 'base' | 'quote';
export type CandleCurrency = 'usd' | 'token';

export interface CandleQuery {
  readonly barS: number;
  readonly side: CandleSide;
  readonly currency: CandleCurrency;
  /** Only bars that start before this; null for the newest. */
  readonly beforeS: number | null;
  readonly limit: number;
}

/** Start in seconds since the epoch, open, high, low, close, volume. */
export type Candle = readonly [number, number, number, number, number, number];

/** One answer reaches this far back at most. */
const MAX_REACH_S = 181 * SECONDS_PER_DAY;
const MAX_REMEMBERED_HOURS = 60_000;

interface Bar {
  readonly startS: number;
  readonly first: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export class CandleMaker {
  readonly #history: TradeHistory;
  /** Whole hours of series that were asked for. */
  #hours = new Map<string, Map<number, Bar | null>>();
  #remembered = 0;

  constructor(history: TradeHistory) {
    this.#history = history;
  }

  /** Newest first. */
  list(pool: Pool, query: CandleQuery, nowS: number): readonly Candle[] {
    const { barS, limit } = query;
    // The newest bar that may be shown, and the end of the trades that count for it.
    const newestStartS = floorTo(query.beforeS === null ? nowS : Math.min(nowS, query.beforeS - 1), barS);
    const untilS = Math.min(newestStartS + barS, nowS + 1, pool.endsAtS);
    const floorS = Math.max(pool.bornAtS, newestStartS - MAX_REACH_S);
    const bars: Bar[] = [];
    const lowestHour = Math.max(hourOf(pool.bornAtS), hourOf(floorS) - 24);
    // One bar more than asked: the oldest one shown opens at its close.
    for (let hour = hourOf(untilS - 1); hour >= lowestHour && bars.length < limit + 1; hour -= 1) {
      if (barS >= SECONDS_PER_HOUR) {
        const part = this.#hour(pool, query, hour, untilS);
        if (part !== null) prepend(bars, { ...part, startS: floorTo(part.startS, barS) });
      } else {
        const block = this.#history.block(pool, hour);
        const parts = barsOf(block, countUntil(block, untilS - 1), query);
        for (let i = parts.length - 1; i >= 0; i -= 1) {
          const part = parts[i];
          if (part !== undefined) bars.push(part);
        }
      }
    }
    return bars
      .slice(0, limit)
      .flatMap((bar, index) => (bar.startS + barS <= floorS ? [] : [closeGap(bar, bars[index + 1])]));
  }

  /** The hour as one bar; null without trades. */
  #hour(pool: Pool, query: CandleQuery, hour: number, untilS: number): Bar | null {
    const whole = (hour + 1) * SECONDS_PER_HOUR <= untilS;
    const known = whole ? this.#series(pool, query).get(hour) : undefined;
    if (known !== undefined) return known;
    const block = this.#history.block(pool, hour);
    const [bar = null] = barsOf(block, countUntil(block, untilS - 1), { ...query, barS: SECONDS_PER_HOUR });
    if (whole) {
      this.#series(pool, query).set(hour, bar);
      this.#remembered += 1;
    }
    return bar;
  }

  #series(pool: Pool, query: CandleQuery): Map<number, Bar | null> {
    const key = `${pool.id}/${query.side}/${query.currency}`;
    const known = this.#hours.get(key);
    if (known !== undefined && this.#remembered <= MAX_REMEMBERED_HOURS) return known;
    if (this.#remembered > MAX_REMEMBERED_HOURS) {
      this.#hours = new Map();
      this.#remembered = 0;
    }
    const series = new Map<number, Bar | null>();
    this.#hours.set(key, series);
    return series;
  }
}

/** Bars of the block's first `count` trades, oldest first. */
function barsOf(block: TradeBlock, count: number, query: Pick<CandleQuery, 'barS' | 'side' | 'currency'>): Bar[] {
  const bars: Bar[] = [];
  let bar: Bar | undefined;
  for (let i = 0; i < count; i += 1) {
    const startS = floorTo(block.atS[i] ?? 0, query.barS);
    const price = priceOf(block, i, query.side, query.currency);
    const volume = volumeOf(block, i, query.side, query.currency);
    if (bar === undefined || bar.startS !== startS) {
      bar = { startS, first: price, high: price, low: price, close: price, volume };
      bars.push(bar);
    } else {
      bar.high = Math.max(bar.high, price);
      bar.low = Math.min(bar.low, price);
      bar.close = price;
      bar.volume += volume;
    }
  }
  return bars;
}

function priceOf(block: TradeBlock, index: number, side: CandleSide, currency: CandleCurrency): number {
  const baseUsd = block.priceUsd[index] ?? 0;
  const quoteUsd = block.quoteUsd[index] ?? 0;
  if (currency === 'usd') return side === 'base' ? baseUsd : quoteUsd;
  return side === 'base' ? baseUsd / quoteUsd : quoteUsd / baseUsd;
}

function volumeOf(block: TradeBlock, index: number, side: CandleSide, currency: CandleCurrency): number {
  const usd = block.volumeUsd[index] ?? 0;
  if (currency === 'usd') return usd;
  return usd / ((side === 'base' ? block.quoteUsd[index] : block.priceUsd[index]) ?? 1);
}

/** `bars` runs newest first; an older piece of the last bar joins it. */
function prepend(bars: Bar[], part: Bar): void {
  const last = bars.at(-1);
  if (last === undefined || last.startS !== part.startS) {
    bars.push(part);
    return;
  }
  bars[bars.length - 1] = {
    startS: last.startS,
    first: part.first,
    high: Math.max(last.high, part.high),
    low: Math.min(last.low, part.low),
    close: last.close,
    volume: last.volume + part.volume,
  };
}

function closeGap(bar: Bar, before: Bar | undefined): Candle {
  const open = before?.close ?? bar.first;
  return [bar.startS, open, Math.max(bar.high, open), Math.min(bar.low, open), bar.close, bar.volume];
}

function floorTo(atS: number, stepS: number): number {
  return Math.floor(atS / stepS) * stepS;
}
