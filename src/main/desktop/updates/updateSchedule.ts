// When the feed is asked by itself, and when it is not asked at all. Pure; times are monotonic milliseconds.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A start has better things to do. */
export const FIRST_ASKED_MS = 2 * MINUTE_MS;
/** After a sleep the work that was left comes first, and the network may not be back. */
export const SETTLES_MS = 5 * MINUTE_MS;
const ASKED_EVERY_MS = 24 * HOUR_MS;
const AFTER_FAILURE_MS = 4 * HOUR_MS;
const HELD_BACK_MS = 15 * MINUTE_MS;

export interface Present {
  readonly onBattery: boolean;
  /** Null: it has not slept since the start. */
  readonly wokeAtMs: number | null;
  readonly nowMs: number;
}

/** Why the feed must not be asked now; null when it may. */
export function heldBackBy({ onBattery, wokeAtMs, nowMs }: Present): 'battery' | 'wake' | null {
  if (onBattery) return 'battery';
  return wokeAtMs !== null && nowMs - wokeAtMs < SETTLES_MS ? 'wake' : null;
}

/** How long until the next look by itself. */
export function waitAfter(outcome: 'asked' | 'failed' | 'held_back'): number {
  switch (outcome) {
    case 'asked':
      return ASKED_EVERY_MS;
    case 'failed':
      return AFTER_FAILURE_MS;
    case 'held_back':
      return HELD_BACK_MS;
  }
}
