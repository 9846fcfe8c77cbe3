// The few facts that must survive a restart even when the database cannot be read: manual pauses and the API budget.
import { z } from 'zod';
import { COLLECTOR_IDS, type CollectorId } from '../../shared/domain/collector';
import type { Pause } from '../scheduling/scheduledCollector';
import { readJsonFile, writeJsonFile } from '../settings/jsonFile';

const pausesSchema = z.partialRecord(
  z.enum(COLLECTOR_IDS),
  z.object({ sinceMs: z.number(), untilMs: z.number().nullable() }),
);

export function loadPauses(path: string): {
  readonly pauses: Map<CollectorId, Pause>;
  readonly problem: string | null;
} {
  const read = readJsonFile(path, (content) => pausesSchema.parse(content), {});
  const pauses = new Map<CollectorId, Pause>();
  for (const id of COLLECTOR_IDS) {
    const pause = read.value[id];
    if (pause) pauses.set(id, pause);
  }
  return { pauses, problem: read.problem };
}

export function savePauses(path: string, pauses: ReadonlyMap<CollectorId, Pause>): void {
  writeJsonFile(path, Object.fromEntries(pauses));
}
