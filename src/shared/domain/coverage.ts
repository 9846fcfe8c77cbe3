// What is known about the completeness of a candle series: the stretches of time that the source was asked for, with all that it
// sent stored, and the time before which it refused to answer.
import type { Series } from './bars';
import type { Range } from '../util/ranges';

/** One stretch that was asked for. The database unites it with those it knows, so rows may come in any order and more than once. */
export interface CoverageRow extends Series {
  /** Seconds since the epoch, half open; equal when only a refusal is told. */
  readonly fromS: number;
  readonly toS: number;
  /** Bars before this time were refused: beyond the plan, or a pool that the source does not serve. Null when nothing was. */
  readonly refusedBeforeS: number | null;
  /** When the newest bars were asked for; null where older ones were. */
  readonly newestAtMs: number | null;
  readonly observedAtMs: number;
}

/** What is stored about a series within a window of time. */
export interface SeriesState {
  readonly coverage: readonly Range[];
  readonly refused: { readonly beforeS: number; readonly atMs: number } | null;
  /** Bars stored in the window. */
  readonly present: number;
  /** Starts of finished bars in the window outside the coverage, ascending; a bar last seen before its end is not finished. */
  readonly loose: readonly number[];
  /** How many stored bars in the window are outside the coverage, finished or not. */
  readonly looseBars: number;
  /** When the newest bars were last asked for. */
  readonly newestAtMs: number | null;
  /** When the pool was made, if the source told. */
  readonly poolCreatedAtMs: number | null;
}
