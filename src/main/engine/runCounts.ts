// Which API calls belong to which run. Collectors share one client, so a call is attributed by the asynchronous context it
// was made in, not by what happened to be running.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallCounts, RunRequest } from '../scheduling/collectorRun';
import type { CallContext } from '../sources/geckoterminal/onchainClient';

export class RunCounts {
  readonly #context = new AsyncLocalStorage<RunRequest>();
  readonly #counts = new Map<string, { calls: number; throttles: number }>();

  /** Runs `step`; calls made inside belong to the run. */
  counted<T>(request: RunRequest, step: () => Promise<T>): Promise<T> {
    return this.#context.run(request, step);
  }

  /** For whom the call is made that is being made. */
  callContext(): CallContext | null {
    const request = this.#context.getStore();
    if (!request) return null;
    return { caller: { key: request.collector.id, priority: request.priority }, deadlineMs: request.deadlineMs };
  }

  note(throttled: boolean): void {
    const runId = this.#context.getStore()?.runId;
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
