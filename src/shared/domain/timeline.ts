// What happened over a stretch of time, ready to be drawn: slots folded to what a screen can show, runs folded to figures, and
// lanes of states that many collectors share. Shapes only.
import type { Severity } from './alerts';
import type { CollectorId, RunErrorClass, SlotOutcome } from './collector';
import type { CollectorEvent } from './collectorEvent';

export interface TimeSpan {
  /** Wall time, half open. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** One slot, or all slots that share a column of the screen. */
export interface SlotSegment extends TimeSpan {
  /** The worst of them. */
  readonly outcome: SlotOutcome;
  readonly slots: number;
  /** How many of them ended so, worst first; only what occurred. */
  readonly counts: readonly (readonly [outcome: SlotOutcome, slots: number])[];
  /** Why, of the newest of the worst; null when the outcome says it all. */
  readonly detail: string | null;
}

/** The runs of one stretch of the answer; there is none where nothing ran. */
export interface RunBucket extends TimeSpan {
  readonly runs: number;
  /** Runs that brought data. The next figures are theirs, null without any. */
  readonly good: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Rows that were new or changed, a run. */
  readonly rows: number | null;
}

/** How old the data was at its oldest; null while nobody was there to run it. */
export interface AgeBucket extends TimeSpan {
  readonly worstAgeMs: number | null;
}

export interface ErrorSummary {
  readonly class: RunErrorClass;
  readonly runs: number;
  readonly lastAtMs: number;
  /** Of the newest of them: what happened, and the beginning of what the other side answered. */
  readonly message: string;
  readonly excerpt: string | null;
}

export const LANES = ['incidents', 'api', 'market', 'monitor', 'app'] as const;
/** What many collectors share: a stripe across them has its cause in one of these. */
export type LaneId = (typeof LANES)[number];

/** What a lane can show, worst first. */
export const LANE_STATES = [
  'critical',
  'down',
  'breaker_open',
  'locked',
  'spooling',
  'warning',
  'half_open',
  'lock_wait',
  'large_log',
  'info',
  'off',
  'asleep',
  'paused',
  'ok',
] as const;
export type LaneState = (typeof LANE_STATES)[number];

export interface LaneSpan extends TimeSpan {
  readonly state: LaneState;
  /** One plain sentence. */
  readonly text: string;
  /** What it opens, or null. */
  readonly incidentId: string | null;
}

export interface Lane {
  readonly id: LaneId;
  /** Oldest first; they may overlap. */
  readonly spans: readonly LaneSpan[];
}

export interface Timeline extends TimeSpan {
  readonly lanes: readonly Lane[];
  readonly collectors: readonly { readonly collectorId: CollectorId; readonly segments: readonly SlotSegment[] }[];
}

export interface CollectorHistory extends TimeSpan {
  readonly segments: readonly SlotSegment[];
  readonly buckets: readonly RunBucket[];
  readonly ages: readonly AgeBucket[];
  /** Most frequent first. */
  readonly errors: readonly ErrorSummary[];
  /** Of the API host that it asks. */
  readonly breaker: readonly LaneSpan[];
  /** Of the collector and of its host, newest first. */
  readonly events: readonly CollectorEvent[];
}

/** What an incident looks like on a lane. */
export const SEVERITY_STATES: Readonly<Record<Severity, LaneState>> = {
  critical: 'critical',
  warning: 'warning',
  info: 'info',
};
