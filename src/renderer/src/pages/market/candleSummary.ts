// Candles in words and lengths. Pure; prices are compared as numbers but shown from their decimal strings.
import type { CandleRow } from '../../../../shared/domain/market';
import { formatAge, formatDateTime, formatPercentChange, formatPrice } from '../../../../shared/util/format';
import { t } from '../../texts/texts';

/** The chart in one sentence: span, change, extremes, and bars that are missing in between. */
export function summariseCandles(candles: readonly CandleRow[], barMs: number): string {
  const first = candles[0];
  const last = candles.at(-1);
  if (first === undefined || last === undefined) return t('market.noCandles');
  const lowest = candles.reduce((low, candle) => (Number(candle.low) < Number(low.low) ? candle : low), first);
  const highest = candles.reduce((high, candle) => (Number(candle.high) > Number(high.high) ? candle : high), first);
  const places = Math.round(((last.startsAtS - first.startsAtS) * 1_000) / barMs) + 1;
  const missing = places - candles.length;
  const opened = Number(first.open);
  const change = opened === 0 ? null : String(((Number(last.close) - opened) / opened) * 100);
  return [
    t('market.candlesSince', {
      bars: t('common.bars', { count: candles.length }),
      barMs: formatAge(barMs),
      time: formatDateTime(first.startsAtS * 1_000),
    }),
    t('market.changeLowHigh', {
      change: formatPercentChange(change),
      low: formatPrice(lowest.low),
      high: formatPrice(highest.high),
    }),
    ...(missing > 0 ? [t('market.withoutTrades', { missing: t('common.bars', { count: missing }) })] : []),
  ].join(' · ');
}
