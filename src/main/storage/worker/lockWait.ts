// How long to wait before asking for the write lock (again). SQLite's own handler would block the thread and notice a release
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

const PROBE_EVERY_MS = 100;
const IDLE_PROBE_EVERY_MS = 250;
const IDLE_AFTER_MS = 2_000;

/**
 * Until a writer without rows asks whether the lock is free. While rows come, the next ones are to learn of a lock from it, not it from
 * them; a lock that nobody waits for only has to be told within a second, and being woken costs far more than the question.
 * @param sinceCommitMs since it last stored something
 */
export function probeDelayMs(sinceCommitMs: number): number {
  return sinceCommitMs < IDLE_AFTER_MS ? PROBE_EVERY_MS : IDLE_PROBE_EVERY_MS;
}
