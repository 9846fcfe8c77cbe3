// How storage and source are doing, in the words in which the scheduler asks: may a run start, and is there room for more?
import type { ApiHostSlice } from '../../shared/contract/snapshot';
import type { DatabaseStatus } from '../../shared/domain/database';
import type { Clock } from '../../shared/util/clock';
import type { HoldUp, Surroundings } from '../scheduling/scheduler';

/** A spool this full is a backlog: fetching more would only make it longer. */
const SPOOL_FULL_BYTES = 256 * 1024 * 1024;
/** Waits for the write lock from which on somebody else is in the way. */
const LOCK_WAIT_MS = 500;

/** Why a run would only wait for the next `forMs` milliseconds, or null. */
export function heldUp(
  clock: Clock,
  host: ApiHostSlice,
  { state, spool }: DatabaseStatus,
  forMs: number,
): HoldUp | null {
  const throttledMs = (host.throttledUntilMs ?? 0) - clock.wallMs();
  if (throttledMs > 0 && throttledMs >= forMs) return 'skipped_throttled';
  if (state === 'read_only' || state === 'failed' || spool.bytes >= SPOOL_FULL_BYTES) return 'skipped_spooling';
  return null;
}

export function surroundings(host: ApiHostSlice, { state, lockWait }: DatabaseStatus): Surroundings {
  const locked = lockWait.count > 0 && lockWait.p95Ms >= LOCK_WAIT_MS;
  return {
    storage: state === 'spooling' ? 'spooling' : locked ? 'locked' : 'ok',
    quotaShare: host.callsInWindow / Math.max(1, host.callsPerMinute),
  };
}
