// How busy a pool is by its absolute figures, 0 to 100: what makes it worth calls at all. A pool below any minimum scores 0. Pure.
import type { PoolFigures } from '../../../shared/domain/market';
import { clamp, round, toNumber } from './signalScore';

const MINIMUM = { volumeUsd: 1_000, reserveUsd: 5_000, trades: 10 } as const;
const WEIGHTS = { volume: 0.4, trades: 0.3, liquidity: 0.2, volatility: 0.1 } as const;

export function scoreActivity(now: PoolFigures): number {
  const volume = toNumber(now.volumeUsdH24);
  const reserve = toNumber(now.reserveUsd);
  const trades = (now.buysH24 ?? 0) + (now.sellsH24 ?? 0);
  if (volume < MINIMUM.volumeUsd || reserve < MINIMUM.reserveUsd || trades < MINIMUM.trades) return 0;
  const volatility = now.changePctH24 === null ? 50 : Math.min(5 * Math.abs(toNumber(now.changePctH24)), 100);
  return round(
    clamp((Math.log10(volume) - 3) * 20) * WEIGHTS.volume +
      clamp(5 * Math.sqrt(trades)) * WEIGHTS.trades +
      clamp((Math.log10(reserve) - 3.7) * 20) * WEIGHTS.liquidity +
      volatility * WEIGHTS.volatility,
  );
}
