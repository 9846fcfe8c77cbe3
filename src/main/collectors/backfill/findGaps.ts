// Which bars of a series are missing, told apart from those that the source has none of. Pure.
//
// The source leaves out intervals without a trade. Whether an absent bar is such an interval cannot be seen from what is stored;
// but once the source has been asked for a stretch of time and all it sent is stored, whatever is absent there was left out by
// the source. Those stretches are the coverage of a series; only outside of them can a bar be missing.
import { type Range, without } from '../../../shared/util/ranges';

export interface GapQuestion {
  /** Length of one bar in seconds; bars start at its multiples. */
  readonly barS: number;
  /** Bars that start in here are expected. */
  readonly window: Range;
  readonly coverage: readonly Range[];
  /** Starts of stored, finished bars outside the coverage, ascending; others do no harm. */
  readonly startsS: readonly number[];
}

export interface Gaps {
  /** Bars that the window has room for. */
  readonly expected: number;
  /** Bars that were never asked for, or that were still open when they were. */
  readonly missing: number;
  /** Where they are, oldest first; both ends are starts of bars. */
  readonly ranges: readonly Range[];
}

export function findGaps({ barS, window, coverage, startsS }: GapQuestion): Gaps {
  const from = Math.ceil(window.from / barS);
  const to = Math.max(from, Math.ceil(window.to / barS));
  const taken = [
    // Only a bar that lies in the coverage as a whole has been seen as a whole.
    ...coverage.map((range) => ({ from: Math.ceil(range.from / barS), to: Math.floor(range.to / barS) })),
    ...startsS.map((startS) => ({ from: startS / barS, to: startS / barS + 1 })),
  ];
  const bars = without({ from, to }, taken);
  return {
    expected: to - from,
    missing: bars.reduce((sum, range) => sum + range.to - range.from, 0),
    ranges: bars.map((range) => ({ from: range.from * barS, to: range.to * barS })),
  };
}
