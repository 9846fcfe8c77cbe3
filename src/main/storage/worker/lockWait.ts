// How long to wait before asking for the write lock again. SQLite's own handler would block the thread and notice a release
// 46 ms late on average; short timers notice within 10 ms and leave the thread free to answer. Pure.

const DELAYS_MS = [1, 2, 4, 8, 16] as const;
const CAP_MS = 25;
const JITTER = 0.5;
const PATIENT_AFTER_MS = 1_000;
/** Small: a release is noticed within this much more than the cap at the latest. */
const PATIENT_JITTER = 0.2;

/**
 * @param attempt failed tries so far, from 1
 * @param waitedMs since the first try
 * @param random a number in 0..1, spreads several waiters
 */
export function retryDelayMs(attempt: number, waitedMs: number, random: number): number {
  if (waitedMs >= PATIENT_AFTER_MS) return CAP_MS * (1 + PATIENT_JITTER * random);
  const base = DELAYS_MS[attempt - 1] ?? CAP_MS;
  return base * (1 - JITTER + 2 * JITTER * random);
}
