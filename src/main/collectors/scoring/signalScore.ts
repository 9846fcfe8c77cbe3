// How remarkable a pool is right now, 0 to 100, from its figures and its own recent past. Five weighted parts and a bonus; weights,
// thresholds and formulas are those that users of the original know. Pure. Scores are derived numbers, so floats will do.
import type { PoolFigures } from '../../../shared/domain/market';
import type { Trend } from '../../../shared/domain/poolHistory';

/** What an earlier snapshot says about growth. */
export interface PastFigures {
  readonly volumeUsdH24: string | null;
  readonly reserveUsd: string | null;
  readonly buysH24: number | null;
  readonly sellsH24: number | null;
}

export interface SignalScore {
  readonly score: number;
  readonly volumePart: number;
  readonly liquidityPart: number;
  readonly momentumPart: number;
  readonly activityPart: number;
  readonly volatilityPart: number;
  readonly bonus: number;
  readonly volumeTrend: Trend;
  readonly liquidityTrend: Trend;
  readonly reasons: readonly string[];
}

const WEIGHTS = { volume: 0.3, liquidity: 0.2, momentum: 0.2, activity: 0.2, volatility: 0.1 } as const;
const BONUS = { volumeSpike: 10, liquidityGrowth: 8, strongMomentum: 5, highActivity: 5 } as const;

/** Fewer earlier snapshots than this tell no trend. */
export const MIN_SAMPLES = 2;

interface Part {
  readonly points: number;
  readonly bonus: number;
  readonly reason: string | null;
}
type TrendPart = Part & { readonly trend: Trend };

export function scoreSignal(now: PoolFigures, past: readonly PastFigures[]): SignalScore {
  const history = past.length >= MIN_SAMPLES ? past : [];
  const volume = volumePart(now, history);
  const liquidity = liquidityPart(now, history);
  const momentum = momentumPart(now);
  const activity = activityPart(now, history);
  const volatility = volatilityPart(now);
  const bonus = volume.bonus + liquidity.bonus + momentum.bonus + activity.bonus;
  const weighted =
    volume.points * WEIGHTS.volume +
    liquidity.points * WEIGHTS.liquidity +
    momentum.points * WEIGHTS.momentum +
    activity.points * WEIGHTS.activity +
    volatility.points * WEIGHTS.volatility;
  return {
    score: round(clamp(weighted + bonus)),
    volumePart: round(volume.points),
    liquidityPart: round(liquidity.points),
    momentumPart: round(momentum.points),
    activityPart: round(activity.points),
    volatilityPart: round(volatility.points),
    bonus,
    volumeTrend: volume.trend,
    liquidityTrend: liquidity.trend,
    reasons: [volume, liquidity, momentum, activity, volatility].flatMap(({ reason }) => reason ?? []),
  };
}

function volumePart(now: PoolFigures, past: readonly PastFigures[]): TrendPart {
  const volume = toNumber(now.volumeUsdH24);
  const growth = growthOver(volume, past, ({ volumeUsdH24 }) => toNumberOrNull(volumeUsdH24));
  if (growth === null) {
    const isSpike = volume > 10_000;
    return {
      points: Math.min(volume / 1_000, 50),
      bonus: isSpike ? BONUS.volumeSpike : 0,
      reason: isSpike ? `${dollars(volume)} of volume in 24 h` : null,
      trend: 'unknown',
    };
  }
  const isSpike = growth >= 1;
  return {
    points: clamp((volume / 1_000) * 10 + growth * 50 + (isSpike ? 50 : 0)),
    bonus: isSpike ? BONUS.volumeSpike : 0,
    reason: isSpike ? `volume is ${times(growth)} its recent average` : null,
    trend: growth > 0.5 ? 'surging' : growth > 0.1 ? 'rising' : growth < -0.3 ? 'falling' : 'steady',
  };
}

function liquidityPart(now: PoolFigures, past: readonly PastFigures[]): TrendPart {
  const reserve = toNumber(now.reserveUsd);
  const growth = growthOver(reserve, past, ({ reserveUsd }) => toNumberOrNull(reserveUsd));
  if (growth === null) {
    const isDeep = reserve > 50_000;
    return {
      points: Math.min(reserve / 10_000, 30),
      bonus: isDeep ? BONUS.liquidityGrowth : 0,
      reason: isDeep ? `${dollars(reserve)} of liquidity` : null,
      trend: 'unknown',
    };
  }
  const hasGrown = growth >= 0.5;
  return {
    points: clamp((reserve / 10_000) * 20 + growth * 30 + (hasGrown ? 30 : 0)),
    bonus: hasGrown ? BONUS.liquidityGrowth : 0,
    reason: hasGrown ? `liquidity is ${times(growth)} its recent average` : null,
    trend: growth > 0.3 ? 'rising' : growth < -0.2 ? 'falling' : 'steady',
  };
}

function momentumPart(now: PoolFigures): Part {
  const momentum = (2 * toNumber(now.changePctH1) + toNumber(now.changePctH24)) / 3;
  const isStrong = Math.abs(momentum) > 10;
  return {
    points: clamp(Math.abs(momentum) * 5 + (isStrong ? 20 : 0) + (momentum > 5 ? 10 : 0)),
    bonus: isStrong ? BONUS.strongMomentum : 0,
    reason: isStrong ? `price ${momentum > 0 ? 'rises' : 'falls'} strongly` : null,
  };
}

function activityPart(now: PoolFigures, past: readonly PastFigures[]): Part {
  const hour = (now.buysH1 ?? 0) + (now.sellsH1 ?? 0);
  const day = (now.buysH24 ?? 0) + (now.sellsH24 ?? 0);
  const growth =
    growthOver(day, past, ({ buysH24, sellsH24 }) => (buysH24 === null ? null : buysH24 + (sellsH24 ?? 0))) ?? 0;
  const isHigh = hour > 50 || day > 500;
  const lean = day === 0 ? 0 : Math.abs((now.buysH24 ?? 0) / day - 0.5);
  return {
    points: clamp(hour * 0.5 + day * 0.1 + growth * 30 + (isHigh ? 20 : 0) + lean * 40),
    bonus: isHigh ? BONUS.highActivity : 0,
    reason: isHigh ? `${hour} trades in the last hour` : null,
  };
}

function volatilityPart(now: PoolFigures): Part {
  const swing = (2 * Math.abs(toNumber(now.changePctH1)) + Math.abs(toNumber(now.changePctH24))) / 3;
  return { points: clamp(3 * swing), bonus: 0, reason: swing > 20 ? 'price swings widely' : null };
}

/** Growth over the average of the past, 1 meaning twice as much; null where the past says nothing. */
function growthOver(
  current: number,
  past: readonly PastFigures[],
  of: (figures: PastFigures) => number | null,
): number | null {
  const values = past.map(of).filter((value) => value !== null);
  if (values.length < MIN_SAMPLES) return null;
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return average > 0 ? current / average - 1 : null;
}

export function toNumber(decimal: string | null): number {
  return toNumberOrNull(decimal) ?? 0;
}

function toNumberOrNull(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal);
}

export function clamp(points: number): number {
  return Math.min(100, Math.max(0, points));
}

export function round(points: number): number {
  return Math.round(points * 100) / 100;
}

function times(growth: number): string {
  return `${(growth + 1).toFixed(1)} times`;
}

function dollars(usd: number): string {
  return `$${Math.round(usd).toLocaleString('en-US')}`;
}
