// Which API calls belong to which run, and when a run last gave a sign of life. Collectors share one client, so a call is attributed
// by the asynchronous context it was made in, not by what happened to be running.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../shared/util/clock';
import type { RunProgress } from '../monitoring/sensors/collectorSensor';
import type { CallCounts, RunRequest } from '../scheduling/collectorRun';
import type { CallContext, CallPhase } from '../sources/geckoterminal/onchainClient';

export class RunCounts {
  readonly #clock: Clock;
  readonly #context = new AsyncLocalStorage<RunRequest>();
  readonly #counts = new Map<string, { calls: number; throttles: number }>();
  readonly #progress = new Map<string, RunProgress>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `step`; calls made inside belong to the run. */
  counted<T>(request: RunRequest, step: () => Promise<T>): Promise<T> {
    this.alive(request.runId);
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
    this.alive(runId);
    const counts = this.#counts.get(runId) ?? { calls: 0, throttles: 0 };
    counts.calls += 1;
    if (throttled) counts.throttles += 1;
    this.#counts.set(runId, counts);
  }

  /** Where the call that is being made has come to. */
  phase(phase: CallPhase): void {
    const runId = this.#context.getStore()?.runId;
    if (runId !== undefined) this.#alive(runId, phase === 'waiting');
  }

  /** The run has done something: it began a step, stored a page, had an answer. */
  alive(runId: string): void {
    this.#alive(runId, false);
  }

  /** Null for a run that has not begun or is over. */
  progressOf(runId: string): RunProgress | null {
    return this.#progress.get(runId) ?? null;
  }

  /** Hands out the counts of a finished run and forgets them. */
  take(runId: string): CallCounts {
    const counts = this.#counts.get(runId) ?? { calls: 0, throttles: 0 };
    this.#counts.delete(runId);
    this.#progress.delete(runId);
    return counts;
  }

  #alive(runId: string, isWaiting: boolean): void {
    this.#progress.set(runId, { lastMs: this.#clock.monotonicMs(), isWaiting });
  }
}
