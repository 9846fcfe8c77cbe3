// What a collector is to the rest of the program: an id, a state, runs, and the slots in which runs were expected.

import type { RunQuality } from './runQuality';

export const COLLECTOR_IDS = [
  'networks',
  'dexes',
  'top_pools',
  'new_pools',
  'trending',
  'watchlist',
  'ohlcv',
  'backfill',
  'trades',
  'pool_details',
  'token_details',
  'token_infos',
] as const;
export type CollectorId = (typeof COLLECTOR_IDS)[number];

/** Who goes first when a host's quota does not serve everybody at once. Nobody starves: it is a share, not a rank. */
export const CALL_PRIORITIES = ['high', 'normal', 'low', 'backfill'] as const;
export type CallPriority = (typeof CALL_PRIORITIES)[number];

/**
 * What became of one expected run. `late`: it succeeded, but began long after it was due. `missed`: nobody was there to start it.
 * `backfilled`: it was missed or skipped, and a later run has fetched what it would have.
 */
export const SLOT_OUTCOMES = [
  'ok',
  'partial',
  'failed',
  'throttled',
  'cancelled',
  'late',
  'missed',
  'backfilled',
  'skipped_overlap',
  'skipped_paused',
  'skipped_asleep',
  'skipped_throttled',
  'skipped_cooldown',
  'skipped_spooling',
] as const;
export type SlotOutcome = (typeof SLOT_OUTCOMES)[number];

/** How a slot counts where runs that brought data are compared with those that were expected; `excused` is in neither. */
export const SLOT_COUNTS: Readonly<Record<SlotOutcome, 'good' | 'bad' | 'excused'>> = {
  ok: 'good',
  partial: 'good',
  late: 'good',
  backfilled: 'good',
  failed: 'bad',
  throttled: 'bad',
  missed: 'bad',
  skipped_overlap: 'bad',
  skipped_throttled: 'bad',
  skipped_cooldown: 'bad',
  skipped_spooling: 'bad',
  cancelled: 'excused',
  skipped_paused: 'excused',
  skipped_asleep: 'excused',
};

/** The closed list of reasons for which a run can fall short; from the source inwards. */
export const RUN_ERROR_CLASSES = [
  'throttled',
  'page_limit',
  'not_found',
  'bad_request',
  'unauthorised',
  'server',
  'network',
  'host_down',
  'timeout',
  'malformed',
  'too_large',
  'storage',
  'shortfall',
  'cancelled',
  'internal',
] as const;
export type RunErrorClass = (typeof RUN_ERROR_CLASSES)[number];

export interface RunError {
  readonly class: RunErrorClass;
  readonly message: string;
  /** The beginning of what the source answered, at most 200 characters; absent where it answered nothing of its own. */
  readonly excerpt?: string;
}

/** The reason of rows that were asked for by name and are gone: pools come and go, and what did come has no flaw by that. */
export const NO_LONGER_KNOWN = 'no longer known to the source';
/** A series that the source does not serve, and may never: written down, and asked for again after a day. */
export const NOT_SERVED = 'not served by the source';

/** Data is promised to be at most so many intervals old, and as long as a run takes. */
export const PROMISED_INTERVALS = 3;

export interface RejectedRows {
  readonly reason: string;
  readonly count: number;
}

export interface RunReport {
  readonly id: string;
  readonly collectorId: CollectorId;
  /** When the run was due, wall time. */
  readonly slotAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Measured on the monotonic clock. */
  readonly durationMs: number;
  readonly trigger: 'schedule' | 'manual' | 'recovery';
  readonly outcome: 'ok' | 'partial' | 'failed' | 'throttled' | 'cancelled';
  /** Rows the source sent. */
  readonly fetched: number;
  /** Rows that passed validation. */
  readonly valid: number;
  /** How many things it asked for by name, because they were due; absent where the source decides how many there are. */
  readonly asked?: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly RejectedRows[];
  readonly calls: number;
  readonly throttles: number;
  readonly error: RunError | null;
  /** Runs of earlier versions, and runs that stored nothing, say nothing about it. */
  readonly quality?: RunQuality | null;
}
