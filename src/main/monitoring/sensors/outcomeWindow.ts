// How many of the runs expected in the last 24 hours succeeded. Counts in steps of five minutes, so a collector that runs every
// second needs no more memory than one that runs once an hour.
import type { SlotOutcome } from '../../../shared/domain/collector';
import { assertNever } from '../../../shared/util/assertNever';
import type { Count } from '../series/availability';

const STEP_MS = 5 * 60_000;
export const OUTCOMES_KEPT_MS = 24 * 60 * 60_000;

interface Step {
  readonly atMs: number;
  good: number;
  expected: number;
}

export class OutcomeWindow {
  /** Oldest first. */
  #steps: Step[] = [];

  add(atMs: number, outcome: SlotOutcome, slots: number): void {
    const isGood = succeeded(outcome);
    if (isGood === null) return;
    const step = this.#stepAt(Math.floor(atMs / STEP_MS) * STEP_MS);
    step.expected += slots;
    if (isGood) step.good += slots;
  }

  /** Null when fewer than `enough` were expected: one of few is no rate. */
  share(nowMs: number, enough: number): number | null {
    this.#steps = this.#steps.filter(({ atMs }) => atMs > nowMs - OUTCOMES_KEPT_MS);
    const { good, bad } = this.count(nowMs, OUTCOMES_KEPT_MS);
    return good + bad < enough ? null : good / (good + bad);
  }

  /** @param windowMs at most 24 hours; the step in which it begins counts in full */
  count(nowMs: number, windowMs: number): Count {
    let good = 0;
    let expected = 0;
    // From the end, as most windows are far shorter than what is kept.
    for (let index = this.#steps.length - 1; index >= 0; index -= 1) {
      const step = this.#steps[index];
      if (!step || step.atMs <= nowMs - windowMs - STEP_MS) break;
      // Of before the clock was set back: nobody knows when it was.
      if (step.atMs > nowMs) continue;
      good += step.good;
      expected += step.expected;
    }
    return { good, bad: expected - good };
  }

  #stepAt(atMs: number): Step {
    // Slots of earlier may be told late.
    const before = this.#steps.findLastIndex((step) => step.atMs <= atMs);
    const known = this.#steps[before];
    if (known?.atMs === atMs) return known;
    const step = { atMs, good: 0, expected: 0 };
    this.#steps.splice(before + 1, 0, step);
    return step;
  }
}

/** Null: nobody expected it to run. What was missed while the program was not running is told as coverage, not as failure. */
function succeeded(outcome: SlotOutcome): boolean | null {
  switch (outcome) {
    case 'ok':
    case 'partial':
    case 'late':
      return true;
    case 'failed':
    case 'throttled':
    case 'missed':
    case 'skipped_overlap':
    case 'skipped_throttled':
    case 'skipped_cooldown':
    case 'skipped_spooling':
      return false;
    // It was counted when it was missed.
    case 'backfilled':
    case 'cancelled':
    case 'skipped_paused':
    case 'skipped_asleep':
      return null;
    default:
      return assertNever(outcome);
  }
}
