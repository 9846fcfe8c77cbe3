// Which stretch of time a series ought to hold, and how far its newest bars can be trusted. Pure.
import { type BarKind, barSeconds } from '../../../shared/domain/bars';
import type { SeriesState } from '../../../shared/domain/coverage';
import type { Range } from '../../../shared/util/ranges';
import { findGaps, type Gaps } from './findGaps';
import { refusedUntilS } from './refusals';

const DAY_S = 86_400;

/** The source answers from a cache of a minute and lags behind the chain by some seconds: younger bars may still change. */
const SETTLE_S = 180;

/** Bars that start before this time have ended and settled at `wallMs`. */
export function settledS(kind: BarKind, wallMs: number): number {
  const barS = barSeconds(kind);
  return Math.floor((wallMs / 1_000 - SETTLE_S) / barS) * barS;
}

export interface WindowOptions {
  readonly wallMs: number;
  /** How far back history is wanted. */
  readonly days: number;
  /** How far back the plan reaches; null without a limit. */
  readonly planDays: number | null;
  /** The newest bars are the candle collector's: what it has not fetched for less than this long is no gap yet. */
  readonly graceMs: number;
}

/** The window in which every bar is expected, unless the source has none. It can be empty. */
export function expectedWindow(
  kind: BarKind,
  state: Pick<SeriesState, 'refused' | 'poolCreatedAtMs'>,
  options: WindowOptions,
): Range {
  const { wallMs, days, planDays, graceMs } = options;
  const nowS = wallMs / 1_000;
  const barS = barSeconds(kind);
  const { poolCreatedAtMs } = state;
  const earliestS = Math.max(
    nowS - days * DAY_S,
    // The refusal is about the time asked for; an hour of margin keeps a slow page on the right side of it.
    planDays === null ? 0 : nowS - planDays * DAY_S + 3_600,
    // The bar in which the pool was made is its first.
    poolCreatedAtMs === null ? 0 : Math.floor(poolCreatedAtMs / 1_000 / barS) * barS,
    refusedUntilS(state, wallMs),
  );
  const from = Math.ceil(earliestS / barS) * barS;
  return { from, to: Math.max(from, settledS(kind, wallMs - graceMs)) };
}

export interface SeriesGaps extends Gaps {
  readonly window: Range;
  readonly present: number;
  /** Bars that the source was asked for and has none of: nobody traded. */
  readonly omitted: number;
}

/** `state` must have been read for `window`. */
export function gapsOf(kind: BarKind, window: Range, state: SeriesState): SeriesGaps {
  const gaps = findGaps({ barS: barSeconds(kind), window, coverage: state.coverage, startsS: state.loose });
  const unfinished = state.looseBars - state.loose.length;
  return {
    ...gaps,
    window,
    present: state.present,
    omitted: Math.max(0, gaps.expected - state.present - (gaps.missing - unfinished)),
  };
}
