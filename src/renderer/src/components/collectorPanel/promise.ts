// How old the data of a collector may be: the same promise that alerts judge by.
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { PROMISED_INTERVALS } from '../../../../shared/domain/collector';

/** Milliseconds; what a run takes comes on top. */
export function promisedAgeMs({ cadence, lastRun }: Pick<CollectorState, 'cadence' | 'lastRun'>): number {
  return PROMISED_INTERVALS * Math.max(cadence.baseMs, cadence.nowMs) + (lastRun?.durationMs ?? 0);
}
