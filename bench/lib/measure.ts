// Small instruments: quantiles of samples, and a heartbeat that feels every stall of the thread it runs on.

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

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
