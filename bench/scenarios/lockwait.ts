// How late the store notices that a foreign lock is gone, and what waiting for it costs. The store is idle meanwhile: nothing but
// its own asking tells it.
import { holdLock } from '../lib/holder';
import { otherThreadsMs, quantile, wait } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { openSubject, subjectOptions } from '../lib/subject';

interface Plan {
  readonly holdMs: number;
  readonly times: number;
}
const FULL: readonly Plan[] = [
  { holdMs: 200, times: 20 },
  { holdMs: 2_000, times: 10 },
  { holdMs: 30_000, times: 1 },
];
const QUICK: readonly Plan[] = [
  { holdMs: 200, times: 10 },
  { holdMs: 2_000, times: 4 },
];
const LOOK_EVERY_MS = 2;

export async function runLockWait(run: BenchRun): Promise<BenchResult> {
  const { file } = subjectOptions(run);
  const store = await openSubject(run);
  const figures: Record<string, number> = {};
  const lateMs: number[] = [];
  let heldMs = 0;
  let cpuMs = 0;
  for (const { holdMs, times } of run.quick ? QUICK : FULL) {
    const lateHere: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const cpuBeforeMs = otherThreadsMs();
      const { releasedAtMs, noticedAtMs } = await waitOut(run.root, file, holdMs, () => store.status().lockedSinceMs);
      lateHere.push(Math.max(0, noticedAtMs - releasedAtMs));
      const cpuAfterMs = otherThreadsMs();
      // Short holds are mostly the start of the holder's process, not waiting.
      if (holdMs < 1_000 || cpuBeforeMs === null || cpuAfterMs === null) continue;
      heldMs += holdMs;
      cpuMs += cpuAfterMs - cpuBeforeMs;
    }
    figures[`${holdMs / 1_000} s: late p50 ms`] = quantile(lateHere, 0.5);
    figures[`${holdMs / 1_000} s: late max ms`] = Math.max(...lateHere);
    lateMs.push(...lateHere);
  }
  await store.close();
  figures['late p95 ms'] = quantile(lateMs, 0.95);
  const gates: Gate[] = [{ figure: 'late p95 ms', atMost: 30 }];
  if (heldMs > 0) {
    figures['CPU while waiting, %'] = (100 * cpuMs) / heldMs;
    gates.push({ figure: 'CPU while waiting, %', atMost: 3 });
  }
  return { figures, gates };
}

async function waitOut(root: string, file: string, holdMs: number, lockedSince: () => number | null) {
  let noticedAtMs = 0;
  let seen = false;
  const holder = holdLock(root, file, holdMs);
  while (noticedAtMs === 0) {
    const locked = lockedSince() !== null;
    seen ||= locked;
    if (seen && !locked) noticedAtMs = Date.now();
    else await wait(LOOK_EVERY_MS);
  }
  return { releasedAtMs: (await holder).releasedAtMs, noticedAtMs };
}
