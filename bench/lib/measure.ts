// Small instruments: quantiles of samples, and a heartbeat that feels every stall of the thread it runs on.
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export function quantile(samples: readonly number[], fraction: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
}

export interface Heartbeat {
  /** How late each beat was, milliseconds. */
  stop(): readonly number[];
}

const BEAT_MS = 10;

export function startHeartbeat(): Heartbeat {
  const late: number[] = [];
  let dueAtMs = performance.now() + BEAT_MS;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    late.push(Math.max(0, nowMs - dueAtMs));
    dueAtMs = nowMs + BEAT_MS;
  }, BEAT_MS);
  return {
    stop() {
      clearInterval(timer);
      // A stall that is still going on when the measurement ends counts, too.
      late.push(Math.max(0, performance.now() - dueAtMs));
      return late;
    },
  };
}

/**
 * Milliseconds that this (the main) thread has worked so far: its CPU time on Linux, where other programs on the machine do not
 * count; elsewhere the time its event loop was busy, where they do.
 */
export function mainThreadMs(): number {
  if (process.platform !== 'linux') return performance.eventLoopUtilization().active;
  return threadMs(`/proc/self/task/${process.pid}/schedstat`);
}

/** CPU time of all other threads of this process, which is what a store costs beside the main thread; null where nobody tells. */
export function otherThreadsMs(): number | null {
  if (process.platform !== 'linux') return null;
  const folder = '/proc/self/task';
  const others = readdirSync(folder).filter((id) => Number(id) !== process.pid);
  return others.reduce((sum, id) => sum + threadMs(`${folder}/${id}/schedstat`), 0);
}

function threadMs(file: string): number {
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
