// What earlier sessions recorded, as the scheduler takes it: ticks, the last run and the streak of each collector.
import type { CollectorId, RunReport } from '../../shared/domain/collector';
import { TICKS_PER_COLLECTOR } from '../../shared/contract/snapshot';
import type { CollectorHistory } from '../scheduling/scheduledCollector';
import { afterRun, HEALTHY } from '../scheduling/recovery';
import type { Store } from '../storage/store';

/** Collectors without any record are absent from the answer. Rejects with a StorageError when the record cannot be read. */
export async function loadHistory(
  monitor: Store,
  ids: readonly CollectorId[],
): Promise<Map<CollectorId, CollectorHistory>> {
  const slots = await monitor.read('slots.recent', { perCollector: TICKS_PER_COLLECTOR });
  const history = new Map<CollectorId, CollectorHistory>();
  for (const id of ids) {
    const ticks = slots.filter(({ collectorId }) => collectorId === id);
    const newestFirst = await monitor.read('runs.recent', { collectorId: id, limit: TICKS_PER_COLLECTOR });
    if (ticks.length === 0 && newestFirst.length === 0) continue;
    history.set(id, {
      ticks,
      lastRun: newestFirst[0] ?? null,
      lastSuccessAtMs: newestFirst.find(succeeded)?.endedAtMs ?? null,
      recovery: newestFirst.toReversed().reduce((state, { outcome }) => afterRun(state, outcome), HEALTHY),
    });
  }
  return history;
}

function succeeded({ outcome }: RunReport): boolean {
  return outcome === 'ok' || outcome === 'partial';
}
