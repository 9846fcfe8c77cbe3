// Which API calls belong to which run. Collectors share one client, so a call is attributed by the asynchronous context it
// was made in, not by what happened to be running.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallCounts } from '../scheduling/collectorRun';

export class RunCounts {
  readonly #context = new AsyncLocalStorage<string>();
  readonly #counts = new Map<string, { calls: number; throttles: number }>();

  /** Runs `step`; calls noted inside count for `runId`. */
  counted<T>(runId: string, step: () => Promise<T>): Promise<T> {
    return this.#context.run(runId, step);
  }

  note(throttled: boolean): void {
    const runId = this.#context.getStore();
    if (runId === undefined) return;
    const counts = this.#counts.get(runId) ?? { calls: 0, throttles: 0 };
    counts.calls += 1;
    if (throttled) counts.throttles += 1;
    this.#counts.set(runId, counts);
  }

  /** Hands out the counts of a finished run and forgets them. */
  take(runId: string): CallCounts {
    const counts = this.#counts.get(runId) ?? { calls: 0, throttles: 0 };
    this.#counts.delete(runId);
    return counts;
  }
}
