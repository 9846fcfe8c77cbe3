// When runs are due, as pure arithmetic on the monotonic clock. A grid that was overslept is caught up by one run, not by many.

export interface DuePlan {
  /** How long before now the newest due slot lay, milliseconds. */
  readonly slotAgoMs: number;
  /** Ages of slots that passed without anybody looking, oldest first. */
  readonly missedAgoMs: readonly number[];
  readonly nextDueMs: number;
}

/** At most this many missed slots are reported one by one; a longer gap shows as one. */
const MISSED_SLOTS_MAX = 40;

/** Plans for a collector whose slot `dueMs` has come; `dueMs <= nowMs`. All times are monotonic milliseconds. */
export function planDue(dueMs: number, intervalMs: number, nowMs: number): DuePlan {
  const passed = Math.floor((nowMs - dueMs) / intervalMs);
  const newestMs = dueMs + passed * intervalMs;
  const missed = Math.min(passed, MISSED_SLOTS_MAX);
  return {
    slotAgoMs: nowMs - newestMs,
    missedAgoMs: Array.from({ length: missed }, (_, index) => nowMs - (newestMs - (missed - index) * intervalMs)),
    nextDueMs: newestMs + intervalMs,
  };
}

/**
 * Milliseconds from start until a collector's first run. It goes on where the last run left off, so that restarting the
 * program often does not spend the API quota; `lastSlotAtMs` null means it never ran. Wall times.
 */
export function firstDelay(lastSlotAtMs: number | null, intervalMs: number, wallNowMs: number): number {
  if (lastSlotAtMs === null) return 0;
  const remainingMs = lastSlotAtMs + intervalMs - wallNowMs;
  // A last slot in the future means that the clock was set back; it must not postpone collection.
  return Math.min(Math.max(0, remainingMs), intervalMs);
}
