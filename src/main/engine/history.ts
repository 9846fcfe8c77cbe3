// What earlier sessions recorded, as the scheduler takes it: ticks, the last run and the streak of each collector.
import type { CollectorId, RunReport } from '../../shared/domain/collector';
import type { SlotRecord } from '../../shared/contract/reads';
import { TICKS_PER_COLLECTOR, type Tick } from '../../shared/contract/snapshot';
import type { CollectorHistory } from '../scheduling/scheduledCollector';
import { afterRun, fromStreak, HEALTHY } from '../scheduling/recovery';
import type { Store } from '../storage/store';

/** Collectors without any record are absent from the answer. Rejects with a StorageError when the record cannot be read. */
export async function loadHistory(
  monitor: Store,
  ids: readonly CollectorId[],
): Promise<Map<CollectorId, CollectorHistory>> {
  const slots = await monitor.read('slots.recent', { collectorIds: ids, perCollector: TICKS_PER_COLLECTOR });
  const history = new Map<CollectorId, CollectorHistory>();
  const remember = async (id: CollectorId): Promise<void> => {
    const records = slots.filter(({ collectorId }) => collectorId === id);
    const [newestFirst, streak] = await Promise.all([
      monitor.read('runs.recent', { collectorId: id, limit: TICKS_PER_COLLECTOR }),
      monitor.read('runs.streak', { collectorId: id }),
    ]);
    if (records.length === 0 && newestFirst.length === 0) return;
    const newest = records.at(-1);
    const newestExpected = records.findLast(({ expected }) => expected) ?? newest;
    history.set(id, {
      ticks: records.map(toTick),
      lastRun: newestFirst[0] ?? null,
      lastSuccessAtMs: newestFirst.find(succeeded)?.endedAtMs ?? null,
      // Runs recorded before streaks were are counted, as far as they were read.
      recovery:
        streak === null
          ? newestFirst.toReversed().reduce((state, { outcome }) => afterRun(state, outcome), HEALTHY)
          : fromStreak(streak),
      lastPlace: newest ? { untilMs: newest.untilMs ?? newest.slotAtMs, turn: newest.turn } : null,
      lastExpectedMs: newestExpected ? (newestExpected.untilMs ?? newestExpected.slotAtMs) : null,
    });
  };
  await Promise.all(ids.map(remember));
  return history;
}

function toTick({ slotAtMs, outcome, durationMs, rows, slots }: SlotRecord): Tick {
  return { slotAtMs, outcome, durationMs, rows, slots };
}

function succeeded({ outcome }: RunReport): boolean {
  return outcome === 'ok' || outcome === 'partial';
}
