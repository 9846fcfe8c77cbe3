// What is kept of readings over time: tiers from raw to days, the figures of a stretch of time, and what is told from them.
import type { MetricName, Target } from './metrics';

/** Time between two samples of a series. */
export const SAMPLE_EVERY_S = 10;

/** How long ticks are kept that have been sealed; an hour is sealed when it has ended. */
export const JOURNAL_DAYS = 2 / 24;

export interface SampleTier {
  readonly id: 'raw' | 'minute' | 'ten_minutes' | 'hour' | 'day';
  readonly table: 'sample_chunks' | 'sample_minutes' | 'sample_ten_minutes' | 'sample_hours' | 'sample_days';
  /** Width of a bucket in seconds; a local day may be an hour shorter or longer. */
  readonly widthS: number;
  /** Null: for ever. */
  readonly keepDays: number | null;
}

/** Finest first. */
export const SAMPLE_TIERS = [
  { id: 'raw', table: 'sample_chunks', widthS: SAMPLE_EVERY_S, keepDays: 14 },
  { id: 'minute', table: 'sample_minutes', widthS: 60, keepDays: 7 },
  { id: 'ten_minutes', table: 'sample_ten_minutes', widthS: 600, keepDays: 90 },
  { id: 'hour', table: 'sample_hours', widthS: 3_600, keepDays: 730 },
  { id: 'day', table: 'sample_days', widthS: 86_400, keepDays: null },
] as const satisfies readonly SampleTier[];
export type TierId = SampleTier['id'];

/** The figures of one series over a stretch of time; quantiles are at most 2 % off. */
export interface Figure {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  /** Share of the samples that are 0 (or below): for a lateness, the share of time in which nothing was late. */
  readonly zeroShare: number;
  /** Share of the time for which there are samples. */
  readonly coverage: number;
}

export interface SeriesBucket extends Figure {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface SeriesId {
  readonly metric: MetricName;
  readonly target: Target;
}

/** What it costs to keep a tier. */
export interface TierCost {
  readonly tier: TierId | 'journal';
  readonly rows: number;
  readonly bytes: number;
  readonly keepDays: number | null;
  /** What keeping this tier for a year would take at the present rate; null before there is a day of it. */
  readonly bytesPerYear: number | null;
  /** Bytes of a sample in the raw tier; null elsewhere and when there is none. */
  readonly bytesPerSample: number | null;
}

/** What is usual at this hour of the week. */
export interface UsualBand {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** From how many weeks. */
  readonly weeks: number;
}

/** The level of a series changed for good. */
export interface StepChange {
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

/** When a series reaches its limit if it goes on as it did; null where it does not move towards it. */
export interface Forecast {
  readonly limit: number;
  readonly perDay: number;
  /** Days until the limit: likely, and at the earliest (the fast end of the interval of the slope). */
  readonly days: number | null;
  readonly daysAtEarliest: number | null;
}

export interface MetricComparison {
  readonly present: Figure | null;
  readonly weekBefore: Figure | null;
  readonly usual: UsualBand | null;
  /** Oldest first. */
  readonly changes: readonly StepChange[];
  /** Null for what has no limit, and while there is too little history. */
  readonly forecast: Forecast | null;
}

/** One metric of a target over the last day beside the same day of the week before; null where nothing was measured. */
export interface WeekLine {
  readonly metric: MetricName;
  readonly present: Figure | null;
  readonly weekBefore: Figure | null;
}

export interface BaselineLine extends SeriesId {
  readonly captured: Figure;
  readonly present: Figure | null;
}

/** The performance that a person captured, beside that of the same length of time now. */
export interface BaselineComparison {
  readonly capturedAtMs: number;
  readonly hours: number;
  readonly lines: readonly BaselineLine[];
}
