// The real clock. `performance.now` is monotonic: it neither jumps with the wall clock nor advances while the machine sleeps.
import type { Clock } from '../../shared/util/clock';

/** Node keeps timer delays in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return { cancel: () => clearTimeout(timer) };
  },
};
