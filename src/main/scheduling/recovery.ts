// How a collector falls ill and gets well again, as a pure function: runs in, streak and next attempt out.
// A throttled or cancelled run says nothing about the collector's health and changes no streak.
import { assertNever } from '../../shared/util/assertNever';
import type { RunReport } from '../../shared/domain/collector';
import type { Settings } from '../../shared/domain/settings';

/** When a collector cools down, and for how long; it comes back by a probe run. */
export type RecoveryPolicy = Settings['recovery'];

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

/** The state as one number, for the record: successes in a row, or minus failures in a row. */
export function toStreak({ failures, successes }: RecoveryState): number {
  return failures > 0 ? -failures : successes;
}

export function fromStreak(streak: number): RecoveryState {
  return { failures: Math.max(0, -streak), successes: Math.max(0, streak) };
}

/** Whether a failed run that left this state behind starts a cool-down. */
export function coolsDown(state: RecoveryState, { failureThreshold }: RecoveryPolicy): boolean {
  return state.failures >= failureThreshold;
}

/**
 * Milliseconds from a failed run until an extra attempt beside the schedule: the cool-down, or a growing wait before it comes to
 * that. `random` in [0, 1) spreads collectors that failed together over ±25 %.
 */
export function retryDelay(state: RecoveryState, policy: RecoveryPolicy, random: number): number {
  if (coolsDown(state, policy)) return policy.cooldownMs;
  const backoffMs = Math.min(policy.cooldownMs, FIRST_RETRY_MS * 2 ** Math.max(0, state.failures - 1));
  return backoffMs * (0.75 + random / 2);
}
