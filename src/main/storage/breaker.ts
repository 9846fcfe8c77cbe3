// Whether writes go to the database or to the spool, as a state machine without time or effects of its own:
// closed → open when the database does not take writes → half-open once there is evidence that it might → closed after the
// spool has drained into it. Open means "spool at once", never "throw away".
import type { OpenReason } from '../../shared/domain/database';

export interface BreakerState {
  readonly state: 'closed' | 'open' | 'half_open';
  readonly sinceMs: number;
  /** Null when closed. */
  readonly reason: OpenReason | null;
  /** Failed attempts to come back since it was last closed. */
  readonly failedProbes: number;
}

export type BreakerEvent =
  | { readonly kind: 'trouble'; readonly reason: OpenReason }
  /** The lock is free, the thread is back, or the wait is over: try with one write of our own. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'drained' }
  /** A person put it back into service. */
  | { readonly kind: 'rejoin' };

/** Waits between attempts when nothing tells that the cause is gone; a lock tells by itself. */
const PROBE_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000] as const;

export function closedBreaker(nowMs: number): BreakerState {
  return { state: 'closed', sinceMs: nowMs, reason: null, failedProbes: 0 };
}

export function nextBreaker(current: BreakerState, event: BreakerEvent, nowMs: number): BreakerState {
  switch (event.kind) {
    case 'trouble': {
      // Isolation is a decision; no other trouble takes its place.
      if (current.reason === 'isolated') return current;
      const failedProbes = current.state === 'half_open' ? current.failedProbes + 1 : current.failedProbes;
      if (current.state === 'open' && current.reason === event.reason) return current;
      return { state: 'open', sinceMs: nowMs, reason: event.reason, failedProbes };
    }
    case 'probe':
      if (current.state !== 'open' || current.reason === 'isolated') return current;
      return { ...current, state: 'half_open', sinceMs: nowMs };
    case 'rejoin':
      return current.reason === 'isolated'
        ? { ...current, state: 'half_open', sinceMs: nowMs, reason: 'thread' }
        : current;
    case 'drained':
      return current.state === 'half_open' ? closedBreaker(nowMs) : current;
  }
}

export function probeDelayMs(failedProbes: number): number {
  return PROBE_DELAYS_MS[Math.min(failedProbes, PROBE_DELAYS_MS.length - 1)] ?? 0;
}
