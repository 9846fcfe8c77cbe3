// What is missing in collected candles, and what it takes to fetch it.
import type { BarKind, Series } from '../domain/bars';
import type { Range } from '../util/ranges';

export interface BackfillScope {
  /** Null for every collected pool: the watched and the largest ones. */
  readonly poolIds: readonly string[] | null;
  /** Null for the kinds of bars that the settings name. */
  readonly bars: readonly BarKind[] | null;
  /** How far back; null for what the settings say. */
  readonly days: number | null;
}

export interface SeriesGapReport extends Series {
  /** For people, for example "solana / BONK / SOL, 15 minutes". */
  readonly label: string;
  readonly watched: boolean;
  /** The stretch in which bars are expected, seconds since the epoch, half open. */
  readonly fromS: number;
  readonly toS: number;
  readonly expected: number;
  readonly present: number;
  /** Asked for, and the source has none: nobody traded. */
  readonly omitted: number;
  readonly missing: number;
  /** Where bars are missing, oldest first. */
  readonly ranges: readonly Range[];
}

export interface BackfillPreview {
  /** Only series with gaps. */
  readonly series: readonly {
    readonly label: string;
    readonly missing: number;
    readonly calls: number;
    readonly bars: number;
  }[];
  readonly calls: number;
  /** Bars that will probably come. */
  readonly bars: number;
  /** At the present quota, leaving a third of it to everybody else. */
  readonly minutes: number;
}
