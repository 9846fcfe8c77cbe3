// The real clock. `performance.now` is monotonic: it neither jumps with the wall clock nor advances while the machine sleeps.
import type { Clock } from '../../shared/util/clock';

/** Node keeps timer delays in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Timers of a second and more come on marks of the monotonic clock, so that many of them wake the processor once. That is nearly all that
 * a program hidden in the tray costs. One that is due just after a mark comes with it: each sets the next one as it comes.
 */
const LONG_MS = 1_000;
const MARK_MS = 250;
const EARLY_MS = 20;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, onMark(delayMs)), LONGEST_TIMER_MS));
    return { cancel: () => clearTimeout(timer) };
  },
};

function onMark(delayMs: number): number {
  if (delayMs < LONG_MS) return delayMs;
  const nowMs = performance.now();
  return Math.ceil((nowMs + delayMs - EARLY_MS) / MARK_MS) * MARK_MS - nowMs;
}
