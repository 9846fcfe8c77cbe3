// Keeps one storage thread alive: starts it, passes messages, restarts it when it dies, gives up when it dies too often.
// It never terminates a thread: one with an open handle has to close it first.
import { Worker } from 'node:worker_threads';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { ThreadStart } from './common/protocol';

const RESTART_DELAYS_MS = [500, 2_000, 10_000] as const;
const MAX_RESTARTS = 5;
const RESTART_WINDOW_MS = 10 * 60_000;
/** Left alone, each thread keeps up to 48 MB for rows that live for milliseconds. */
const YOUNG_GENERATION_MB = 12;

export interface ThreadHandlers<Event> {
  onEvent(event: Event): void;
  /** A thread has been started (again); what the previous one had not answered must be sent again. */
  onStarted(): void;
  /** The thread has ended, for whatever reason; what comes of it is told afterwards. */
  onEnded(): void;
  /** The thread died and comes back by itself. */
  onLost(reason: string): void;
  /** The thread died too often and stays down. */
  onGaveUp(reason: string): void;
}

export interface ThreadOptions {
  /** Absolute path of the built worker. */
  readonly file: string;
  readonly name: string;
  readonly start: ThreadStart;
  readonly clock: Clock;
}

export class ThreadLink<Request, Event> {
  readonly #options: ThreadOptions;
  readonly #handlers: ThreadHandlers<Event>;
  readonly #restartsAtMs: number[] = [];
  #worker: Worker | null = null;
  #restartTimer: TimerHandle | null = null;
  #ending = false;
  #plannedRestartMs: number | null = null;
  #onPaused: (() => void) | null = null;
  #whenEnded: () => void = () => {};
  #ended: Promise<void> = Promise.resolve();

  constructor(options: ThreadOptions, handlers: ThreadHandlers<Event>) {
    this.#options = options;
    this.#handlers = handlers;
    this.revive();
  }

  /** Resolves when the thread has ended for good, on request or not. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** The thread may be started again, also when it had ended or was to end for good. */
  revive(): void {
    this.#ending = false;
    this.#restartsAtMs.length = 0;
    this.#ended = new Promise((resolve) => {
      this.#whenEnded = resolve;
    });
  }

  get isUp(): boolean {
    return this.#worker !== null;
  }

  start(): void {
    const { file, name, start } = this.#options;
    let reason = 'it ended unexpectedly';
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
    const worker = new Worker(file, { workerData: start, name, resourceLimits });
    worker.on('message', (event: Event) => this.#handlers.onEvent(event));
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      this.#worker = null;
      const plannedMs = this.#plannedRestartMs;
      this.#plannedRestartMs = null;
      const onPaused = this.#onPaused;
      this.#onPaused = null;
      this.#handlers.onEnded();
      // Whoever stopped it goes on, also when it is to end for good by now.
      onPaused?.();
      if (this.#ending) this.#whenEnded();
      else if (onPaused) return;
      else if (plannedMs !== null) this.#startAfter(plannedMs);
      else this.#restart(reason);
    });
    this.#worker = worker;
    this.#handlers.onStarted();
  }

  /** False when there is no thread to hear it. */
  post(request: Request): boolean {
    this.#worker?.postMessage(request);
    return this.#worker !== null;
  }

  /** From now on the thread's end is expected: it is not restarted. */
  expectEnd(): void {
    this.#ending = true;
    this.#restartTimer?.cancel();
    if (!this.#worker) this.#whenEnded();
  }

  /** The thread is about to end by itself; this is no crash, and another one starts after the delay. */
  expectRestart(delayMs: number): void {
    this.#plannedRestartMs = delayMs;
  }

  /** The thread is about to end by itself and stays down until `start`. Resolves when it has ended. */
  paused(): Promise<void> {
    this.#restartTimer?.cancel();
    if (!this.#worker) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onPaused = resolve;
    });
  }

  /** Resolves when the thread has ended, or after a while even if it has not. */
  endedWithin(deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      const deadline = this.#options.clock.after(deadlineMs, resolve);
      void this.ended.then(() => {
        deadline.cancel();
        resolve();
      });
    });
  }

  #startAfter(delayMs: number): void {
    this.#restartTimer = this.#options.clock.after(delayMs, () => this.start());
  }

  #restart(reason: string): void {
    const nowMs = this.#options.clock.monotonicMs();
    const recent = this.#restartsAtMs.filter((atMs) => atMs > nowMs - RESTART_WINDOW_MS).length;
    if (recent >= MAX_RESTARTS) {
      this.#whenEnded();
      this.#handlers.onGaveUp(reason);
      return;
    }
    this.#restartsAtMs.push(nowMs);
    this.#startAfter(RESTART_DELAYS_MS[Math.min(recent, RESTART_DELAYS_MS.length - 1)] ?? 0);
    this.#handlers.onLost(reason);
  }
}
