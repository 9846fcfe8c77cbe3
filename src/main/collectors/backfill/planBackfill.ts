// How many calls and minutes it takes to fill gaps. Pure; an estimate errs on the high side.
import { type BarKind, barSeconds } from '../../../shared/domain/bars';
import type { Range } from '../../../shared/util/ranges';
import { CANDLES_PER_CALL, REACH_S } from './candleReach';
import type { SeriesGaps } from './seriesWindow';

export interface BackfillEstimate {
  readonly calls: number;
  /** Bars that will probably come: fewer than are missing where nobody traded at times. */
  readonly bars: number;
}

export function estimateBackfill(kind: BarKind, gaps: SeriesGaps): BackfillEstimate {
  const density = densityOf(gaps);
  const calls = gaps.ranges.reduce((sum, range) => sum + callsFor(kind, range, density), 0);
  return { calls, bars: Math.round(gaps.missing * density) };
}

/** Minutes that `calls` take when backfill may use `callsPerMinute`. */
export function minutesFor(calls: number, callsPerMinute: number): number {
  return Math.ceil(calls / Math.max(1, callsPerMinute));
}

function callsFor(kind: BarKind, { from, to }: Range, density: number): number {
  const byCount = Math.ceil((((to - from) / barSeconds(kind)) * density) / CANDLES_PER_CALL);
  return Math.max(1, byCount, Math.ceil((to - from) / REACH_S));
}

/** Share of bars with a trade among those that were asked for; 1 while nothing is known. */
function densityOf({ expected, missing, omitted }: SeriesGaps): number {
  const known = expected - missing;
  return known <= 0 ? 1 : (known - omitted) / known;
}
