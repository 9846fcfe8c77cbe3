// How a collector falls ill and gets well again, as a pure function: runs in, streak and next attempt out.
// A throttled or cancelled run says nothing about the collector's health and changes no streak.
import { assertNever } from '../../shared/util/assertNever';
import type { RunReport } from '../../shared/domain/collector';

/** Failures in a row after which a collector cools down and comes back by a probe run. */
export const FAILURE_THRESHOLD = 5;
export const COOLDOWN_MS = 60_000;
/** First wait after a failure; doubles up to the cool-down. */
const FIRST_RETRY_MS = 15_000;

export interface RecoveryState {
  readonly failures: number;
  readonly successes: number;
}

export const HEALTHY: RecoveryState = { failures: 0, successes: 0 };

export function afterRun(state: RecoveryState, outcome: RunReport['outcome']): RecoveryState {
  switch (outcome) {
    case 'ok':
    case 'partial':
      return { failures: 0, successes: state.successes + 1 };
    case 'failed':
      return { failures: state.failures + 1, successes: 0 };
    case 'throttled':
    case 'cancelled':
      return state;
    default:
      return assertNever(outcome);
  }
}

/** Milliseconds of cool-down that a run with this outcome starts; null when it starts none. */
export function cooldownAfter(state: RecoveryState, outcome: RunReport['outcome']): number | null {
  return outcome === 'failed' && state.failures >= FAILURE_THRESHOLD ? COOLDOWN_MS : null;
}

/**
 * Milliseconds until an extra attempt after a failed run, or null when the regular slot comes first or none is needed.
 * `random` in [0, 1) spreads collectors that failed together over ±25 %.
 */
export function retryAfter(state: RecoveryState, intervalMs: number, random: number): number | null {
  if (state.failures === 0) return null;
  const backoffMs =
    state.failures >= FAILURE_THRESHOLD
      ? COOLDOWN_MS
      : Math.min(COOLDOWN_MS, FIRST_RETRY_MS * 2 ** (state.failures - 1));
  const jitteredMs = state.failures >= FAILURE_THRESHOLD ? backoffMs : backoffMs * (0.75 + random / 2);
  return jitteredMs < intervalMs || state.failures >= FAILURE_THRESHOLD ? jitteredMs : null;
}
