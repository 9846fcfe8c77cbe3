// Kinds of price bars, and the series that bars of one kind form. Pure.
import type { CandleRow, Timeframe } from './market';

/** Bars that the source offers, per timeframe. Seconds are served to paying callers only. */
export const AGGREGATES: Readonly<Record<Timeframe, readonly number[]>> = {
  second: [1, 15, 30],
  minute: [1, 5, 15],
  hour: [1, 4, 12],
  day: [1],
};

const TIMEFRAME_SECONDS: Readonly<Record<Timeframe, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

export interface BarKind {
  readonly timeframe: Timeframe;
  readonly aggregate: number;
}

/** Everything that tells one series from another; a bar's time is all that it adds. */
export type Series = Pick<CandleRow, 'poolId' | 'timeframe' | 'aggregate' | 'side' | 'currency'>;

/** Length of one bar. */
export function barSeconds({ timeframe, aggregate }: BarKind): number {
  return TIMEFRAME_SECONDS[timeframe] * aggregate;
}

/** For example "15 minute" bars of a pool, in words for a list or a progress line. */
export function barName({ timeframe, aggregate }: BarKind): string {
  return aggregate === 1 ? timeframe : `${aggregate} ${timeframe}s`;
}
