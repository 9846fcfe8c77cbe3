// How often a collector runs: slower while the source, the quota or the database is under pressure, faster while data moves and
// quota is left. A pure function, called once after each run; every departure from the set interval carries its reason in words.
import type { Cadence } from '../../shared/contract/snapshot';
import type { CollectorSettings } from '../../shared/domain/settings';
import { formatQuantity } from '../../shared/util/format';

export interface CadenceBounds {
  readonly baseMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

export interface CadenceState {
  readonly intervalMs: number;
  /** Completes "every 4 min because …"; null exactly while the interval is the set one. */
  readonly because: string | null;
  /** Monotonic time of the last change; null before the first. */
  readonly changedAtMs: number | null;
  /** Runs in a row that spoke for the same change: positive for faster, negative for slower. */
  readonly votes: number;
}

export interface CadenceFacts {
  /** Monotonic. */
  readonly nowMs: number;
  /** When the source throttled runs of this collector, monotonic; only the last ten minutes count. */
  readonly throttledAtMs: readonly number[];
  readonly storage: 'ok' | 'spooling' | 'locked';
  /** How long the run took as a share of the interval. */
  readonly busyShare: number;
  /** Share of the host's calls per minute in use. */
  readonly quotaShare: number;
  /** Share of the run's rows that were new or changed; null when there were no rows or the run failed. */
  readonly movedShare: number | null;
}

export const THROTTLE_MEMORY_MS = 10 * 60_000;
/** A slow-down is given this long to help before the next. */
const SLOWER_HOLD_MS = 2 * 60_000;
/** Runs in a row that must agree before the pace changes for a reason other than pressure. */
const VOTES = 3;
const SLOWER = 1.5;
const FASTER = 1.25;
const LOWEST_MS = 1_000;
/** A run that takes longer than this share of its interval leaves no room for others. */
const BUSY_SHARE = 0.8;
const IDLE_SHARE = 0.25;
/** Between the two of a pair nothing changes: that is what keeps the pace from flapping. */
const LIVELY = { moved: 0.5, quota: 0.5 } as const;
const QUIET = { moved: 0.2, quota: 0.75 } as const;

export function cadenceBounds({
  intervalMs,
  adaptive,
  minIntervalMs,
  maxIntervalMs,
}: CollectorSettings): CadenceBounds {
  if (adaptive === false) return { baseMs: intervalMs, minMs: intervalMs, maxMs: intervalMs };
  return {
    baseMs: intervalMs,
    minMs: Math.min(intervalMs, minIntervalMs ?? Math.max(LOWEST_MS, intervalMs / 2)),
    maxMs: Math.max(intervalMs, maxIntervalMs ?? intervalMs * 4),
  };
}

export function steady({ baseMs }: CadenceBounds): CadenceState {
  return { intervalMs: baseMs, because: null, changedAtMs: null, votes: 0 };
}

export function showCadence({ baseMs }: CadenceBounds, { intervalMs, because }: CadenceState): Cadence {
  return { baseMs, nowMs: intervalMs, because };
}

export function nextCadence(bounds: CadenceBounds, state: CadenceState, facts: CadenceFacts): CadenceState {
  if (bounds.minMs === bounds.maxMs) return state;
  const pressure = pressureOf(state, facts);
  if (pressure !== null) return slowDown(bounds, state, facts, pressure);
  if (state.intervalMs > bounds.baseMs) return easeBack(bounds, state, facts);
  return followData(bounds, state, facts);
}

/** Why the collector should run less often, or null. Throttling that a slow-down has answered already is no new reason. */
function pressureOf(state: CadenceState, facts: CadenceFacts): string | null {
  const recent = recentThrottles(facts);
  if (recent.some((atMs) => state.changedAtMs === null || atMs > state.changedAtMs))
    return `the source throttled ${formatTimes(recent.length)} in the last 10 minutes`;
  if (facts.storage === 'spooling') return 'the database takes no writes and rows wait in the spool';
  if (facts.storage === 'locked') return 'another program keeps holding the database';
  if (facts.busyShare >= BUSY_SHARE)
    return `a run takes ${Math.round(facts.busyShare * 100)} % of the time between two slots`;
  return null;
}

function slowDown(bounds: CadenceBounds, state: CadenceState, facts: CadenceFacts, because: string): CadenceState {
  const { nowMs } = facts;
  const held = state.changedAtMs !== null && nowMs - state.changedAtMs < SLOWER_HOLD_MS;
  // What made it faster ends at once, whatever happened lately.
  if (state.intervalMs < bounds.baseMs) return changed(bounds, bounds.baseMs, null, nowMs);
  if (held || state.intervalMs >= bounds.maxMs) return { ...state, votes: 0 };
  return changed(bounds, state.intervalMs * SLOWER, because, nowMs);
}

/** Back towards the set interval, step by step, once the reason has been gone for a while. */
function easeBack(bounds: CadenceBounds, state: CadenceState, facts: CadenceFacts): CadenceState {
  const calm = recentThrottles(facts).length === 0 && facts.busyShare < BUSY_SHARE / SLOWER;
  const votes = calm ? Math.max(0, state.votes) + 1 : 0;
  if (votes < VOTES) return { ...state, votes };
  return changed(bounds, Math.max(bounds.baseMs, state.intervalMs / SLOWER), state.because, facts.nowMs);
}

function followData(bounds: CadenceBounds, state: CadenceState, facts: CadenceFacts): CadenceState {
  const votes = tally(state.votes, opinion(facts));
  if (votes >= VOTES && state.intervalMs > bounds.minMs) {
    const share = Math.round((facts.movedShare ?? 0) * 100);
    const because = `${share} % of the rows are new or changed and the quota allows it`;
    return changed(bounds, Math.max(bounds.minMs, state.intervalMs / FASTER), because, facts.nowMs);
  }
  if (votes <= -VOTES && state.intervalMs < bounds.baseMs)
    return changed(bounds, Math.min(bounds.baseMs, state.intervalMs * FASTER), state.because, facts.nowMs);
  return { ...state, votes };
}

/** 1 for faster, -1 for slower, 0 for as it is. */
function opinion(facts: CadenceFacts): -1 | 0 | 1 {
  const { movedShare, quotaShare, busyShare } = facts;
  if (movedShare === null || recentThrottles(facts).length > 0) return 0;
  if (movedShare < QUIET.moved || quotaShare > QUIET.quota) return -1;
  return movedShare >= LIVELY.moved && quotaShare <= LIVELY.quota && busyShare <= IDLE_SHARE ? 1 : 0;
}

function tally(votes: number, vote: -1 | 0 | 1): number {
  if (vote === 0) return 0;
  const agreed = Math.sign(votes) === vote ? votes + vote : vote;
  return Math.max(-VOTES, Math.min(VOTES, agreed));
}

function changed(
  { baseMs, minMs, maxMs }: CadenceBounds,
  wantedMs: number,
  because: string | null,
  nowMs: number,
): CadenceState {
  const intervalMs = Math.round(Math.min(maxMs, Math.max(minMs, wantedMs)));
  return { intervalMs, because: intervalMs === baseMs ? null : because, changedAtMs: nowMs, votes: 0 };
}

function recentThrottles({ throttledAtMs, nowMs }: CadenceFacts): readonly number[] {
  return throttledAtMs.filter((atMs) => nowMs - atMs < THROTTLE_MEMORY_MS);
}

function formatTimes(count: number): string {
  return count === 1 ? 'once' : formatQuantity(count, 'time');
}
