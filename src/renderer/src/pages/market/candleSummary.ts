// Candles in words and lengths. Pure; prices are compared as numbers but shown from their decimal strings.
import type { CandleRow } from '../../../../shared/domain/market';
import {
  formatAge,
  formatDateTime,
  formatPercentChange,
  formatPrice,
  formatQuantity,
} from '../../../../shared/util/format';

/** The chart in one sentence: span, change, extremes, and bars that are missing in between. */
export function summariseCandles(candles: readonly CandleRow[], barMs: number): string {
  const first = candles[0];
  const last = candles.at(-1);
  if (first === undefined || last === undefined) return 'No candles.';
  const lowest = candles.reduce((low, candle) => (Number(candle.low) < Number(low.low) ? candle : low), first);
  const highest = candles.reduce((high, candle) => (Number(candle.high) > Number(high.high) ? candle : high), first);
  const places = Math.round(((last.startsAtS - first.startsAtS) * 1_000) / barMs) + 1;
  const missing = places - candles.length;
  const opened = Number(first.open);
  const change = opened === 0 ? null : String(((Number(last.close) - opened) / opened) * 100);
  return [
    `${formatQuantity(candles.length, 'bar')} of ${formatAge(barMs)} since ${formatDateTime(first.startsAtS * 1_000)}`,
    `${formatPercentChange(change)}, low ${formatPrice(lowest.low)}, high ${formatPrice(highest.high)}`,
    ...(missing > 0 ? [`${formatQuantity(missing, 'bar')} without trades`] : []),
  ].join(' · ');
}
