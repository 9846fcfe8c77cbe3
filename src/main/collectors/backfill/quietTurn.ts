// Lets backfill call only when nobody else wants to: it waits behind everyone, and leaves a part of every minute's calls free for
// those who come by schedule.
import type { ApiHostSlice } from '../../../shared/contract/snapshot';
import type { Clock } from '../../../shared/util/clock';
import { cancelledError } from '../../sources/http/sourceError';

/** Share of a minute's calls that backfill may find used, its own included, and still make one more. */
const USABLE_SHARE = 2 / 3;
const LOOK_AGAIN_MS = 1_000;

export interface QuietTurnOptions {
  readonly status: () => ApiHostSlice;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Longest wait before it gives up for now; null waits as long as it takes. */
  readonly patienceMs: number | null;
}

/** Calls that backfill can make in a minute at the present rate, if nobody else makes any. */
export function quietCallsPerMinute({ callsPerMinute }: Pick<ApiHostSlice, 'callsPerMinute'>): number {
  return Math.max(1, Math.floor(callsPerMinute * USABLE_SHARE));
}

/** Resolves with true at a quiet moment, with false when patience has run out. Rejects when the signal aborts. */
export async function quietTurn(options: QuietTurnOptions): Promise<boolean> {
  const { clock, patienceMs, signal, status } = options;
  const untilMs = patienceMs === null ? Number.POSITIVE_INFINITY : clock.monotonicMs() + patienceMs;
  for (;;) {
    if (signal.aborted) throw cancelledError();
    if (isQuiet(status())) return true;
    if (clock.monotonicMs() >= untilMs) return false;
    await pause(clock, signal);
  }
}

function isQuiet(host: ApiHostSlice): boolean {
  return host.waiting === 0 && host.throttledUntilMs === null && host.callsInWindow < quietCallsPerMinute(host);
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = clock.after(LOOK_AGAIN_MS, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
