// The one word for a collector's state, and the plain sentence behind it. Pure.
import type { CollectorHealth } from '../../shared/contract/snapshot';
import type { RunReport } from '../../shared/domain/collector';

/** A run is late when it has not begun this long after it was due. */
export const LATE_AFTER_MS = 10_000;

export interface HealthFacts {
  readonly paused: boolean;
  readonly running: boolean;
  readonly failures: number;
  /** Failures in a row from which on it counts as down. */
  readonly failureThreshold: number;
  readonly lastRun: RunReport | null;
  /** Title of the collector whose first success this one waits for, or null. */
  readonly waitsFor: string | null;
  /** How long past its due time it is, milliseconds; 0 when not due. */
  readonly overdueMs: number;
}

export function collectorHealth(facts: HealthFacts): {
  readonly health: CollectorHealth;
  readonly cause: string | null;
} {
  if (facts.paused) return { health: 'paused', cause: null };
  const { lastRun, failures } = facts;
  const message = lastRun?.error?.message ?? null;
  // Nobody asked the collector itself: the host is down, and its own streak stands still.
  if (lastRun?.error?.class === 'host_down') return { health: 'down', cause: message };
  if (failures >= facts.failureThreshold)
    return { health: 'down', cause: `Failed ${failures} times in a row. ${message ?? ''}`.trim() };
  if (failures > 0) return { health: 'degraded', cause: message };
  if (lastRun?.outcome === 'throttled')
    return { health: 'degraded', cause: message ?? 'The source asks for fewer calls.' };
  if (facts.running) return { health: 'running', cause: null };
  if (facts.overdueMs > LATE_AFTER_MS) return { health: 'late', cause: 'The run that was due has not begun.' };
  if (lastRun === null)
    return { health: 'no_data', cause: facts.waitsFor ? `Starts after the first run of ${facts.waitsFor}.` : null };
  if (lastRun.outcome === 'partial') return { health: 'degraded', cause: message };
  return { health: 'ok', cause: null };
}
