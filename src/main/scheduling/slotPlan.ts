// When runs are due, as pure arithmetic. Every point of a collector's grid is accounted for: what nobody was there to start is
// told as one stretch, however long, and followed by at most one run.

/** What follows a stretch without runs: one run at once, or none before the next point of the grid. */
export type CatchUp = 'one' | 'none';

/** Points of a grid that passed without a run; times on whatever clock they were asked for. */
export interface SlotStretch {
  readonly fromMs: number;
  readonly untilMs: number;
  /** At least 1. */
  readonly slots: number;
}

export interface DuePlan {
  /** The newest point that has come: the one to run for. */
  readonly slotMs: number;
  /** Points before it that nobody looked at in time, or null. */
  readonly missed: SlotStretch | null;
  readonly nextDueMs: number;
}

/** Plans for a collector whose slot `dueMs` has come; `dueMs <= nowMs`. All times are monotonic milliseconds. */
export function planDue(dueMs: number, intervalMs: number, nowMs: number): DuePlan {
  const passed = Math.floor((nowMs - dueMs) / intervalMs);
  const slotMs = dueMs + passed * intervalMs;
  return {
    slotMs,
    missed: passed === 0 ? null : { fromMs: dueMs, untilMs: slotMs - intervalMs, slots: passed },
    nextDueMs: slotMs + intervalMs,
  };
}

/** The points `firstMs`, `firstMs + intervalMs`, … up to and including `endMs`; null when there is none. */
export function stretch(firstMs: number, intervalMs: number, endMs: number): SlotStretch | null {
  if (firstMs > endMs) return null;
  const slots = Math.floor((endMs - firstMs) / intervalMs) + 1;
  return { fromMs: firstMs, untilMs: firstMs + (slots - 1) * intervalMs, slots };
}

export interface RestartPlan {
  /** Points that passed while the program was not running (wall time), or null. */
  readonly missed: SlotStretch | null;
  /** Milliseconds from now until the first run. */
  readonly delayMs: number;
}

/**
 * Where a collector goes on after a start of the program. It continues its grid, so that restarting often does not spend the
 * API quota. `lastSlotMs` null means that it never ran. Wall times.
 */
export function planRestart(
  lastSlotMs: number | null,
  intervalMs: number,
  wallNowMs: number,
  catchUp: CatchUp,
): RestartPlan {
  if (lastSlotMs === null) return { missed: null, delayMs: 0 };
  const missed = stretch(lastSlotMs + intervalMs, intervalMs, wallNowMs);
  // A last slot in the future means that the clock was set back; it must not postpone collection.
  if (missed === null) return { missed, delayMs: Math.min(lastSlotMs + intervalMs - wallNowMs, intervalMs) };
  return { missed, delayMs: catchUp === 'one' ? 0 : missed.untilMs + intervalMs - wallNowMs };
}
