// What keeping rows for as long as the settings say costs. Sizes are estimates, made of the widths of a few rows.
import type { Timeframe } from './market';

/** Rows that one setting keeps: of a table, and of candles those of one timeframe. */
export interface RetentionTier {
  readonly table: string;
  /** Null but for candles. */
  readonly timeframe: Timeframe | null;
  /** Null: for ever. */
  readonly keepDays: number | null;
  readonly rows: number;
  /** How many pools, series, networks or collectors the rows belong to. */
  readonly partitions: number;
  /** Wall times that the oldest and the newest row speak of; null while there is none. */
  readonly oldestAtMs: number | null;
  readonly newestAtMs: number | null;
  /** Indexes included. */
  readonly estimatedBytes: number;
  /** What a day adds, on average over all that is stored; null while that is less than an hour. */
  readonly perDay: RetentionFigure | null;
  /** What there will be once as many days as are kept are full, at this pace; null for ever, or without a pace. */
  readonly whenFull: RetentionFigure | null;
}

export interface RetentionFigure {
  readonly rows: number;
  readonly estimatedBytes: number;
}
