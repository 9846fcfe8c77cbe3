// Tells how far a copy is that SQLite makes in one call: nothing inside tells, but the file grows.
import { stat } from 'node:fs/promises';
import type { LongWork } from '../../../shared/domain/operation';
import type { Clock, TimerHandle } from '../../../shared/util/clock';

const LOOK_EVERY_MS = 200;

/** @param expectedBytes about how large the copy will be @returns what ends it */
export function watchGrowth(clock: Clock, file: string, expectedBytes: number, work: LongWork): () => void {
  let timer: TimerHandle | null = null;
  let ended = false;
  const look = async (): Promise<void> => {
    const size = (await stat(file).catch(() => null))?.size ?? 0;
    if (ended) return;
    // A compacted copy stays smaller than the file: it is never told to be more than whole.
    if (size > 0) {
      work.onProgress({ done: Math.min(size, expectedBytes), total: expectedBytes, unit: 'bytes', step: 'copying' });
    }
    timer = clock.after(LOOK_EVERY_MS, () => void look());
  };
  timer = clock.after(LOOK_EVERY_MS, () => void look());
  return () => {
    ended = true;
    timer?.cancel();
  };
}
