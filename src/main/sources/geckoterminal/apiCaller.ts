// One call from start to answer: its turn in the rate limit, the request, the meaning of the answer, and a few retries.
import type { Clock } from '../../../shared/util/clock';
import type { HttpClient } from '../http/httpClient';
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { ApiHostSlice } from '../../../shared/contract/snapshot';
import type { Caller } from '../http/fairQueue';
import { HostGuard } from '../http/hostGuard';
import type { RateLimiter } from '../http/rateLimiter';
import { cancelledError, SourceError, type SourceErrorClass } from '../http/sourceError';
import type { Dialect } from './dialect';
import { readAnswer } from './readAnswer';

/** The probe of a host that is down goes before everybody else. */
const PROBE_CALLER: Caller = { key: 'probe', priority: 'high' };

/** Upper bounds of the random waits before the first and the second retry. */
const RETRY_WAITS_MS = [1_000, 4_000] as const;

export interface CallEvent {
  /** The endpoint without ids, for example "/networks/{network}/dexes". */
  readonly path: string;
  /** Duration of the request without the wait for its turn. */
  readonly ms: number;
  readonly outcome: 'ok' | SourceErrorClass;
  /** Why it failed, in one sentence; null when it did not. */
  readonly message: string | null;
}

/** Where a call has come to: it waits for its turn or to be tried again, or it is on its way. */
export type CallPhase = 'waiting' | 'sent';

export interface ApiCallerOptions {
  readonly http: HttpClient;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly host: string;
  readonly dialect: Dialect;
  /** The cheapest call there is, to find out whether a host that was down is back. */
  readonly probeUrl: string;
  readonly onCall: (event: CallEvent) => void;
  /** Before it, several times perhaps, in the asynchronous context of whoever makes the call. */
  readonly onPhase: (phase: CallPhase) => void;
  readonly onHostEvent: (event: CollectorEvent) => void;
  /** Read when a call is made, in its asynchronous context; null for a call that belongs to nobody. */
  readonly contextOf: () => CallContext | null;
}

/** For whom a call is made. */
export interface CallContext {
  readonly caller: Caller;
  /** Monotonic; a failed call is not tried again beyond it. */
  readonly deadlineMs: number;
}

export interface CallCounters {
  readonly calls: number;
  readonly throttles: number;
  readonly errors: number;
}

export class ApiCaller {
  readonly #options: ApiCallerOptions;
  readonly #guard: HostGuard;
  #calls = 0;
  #throttles = 0;
  #errors = 0;

  constructor(options: ApiCallerOptions) {
    this.#options = options;
    const { host, clock, onHostEvent: onEvent, probeUrl } = options;
    this.#guard = new HostGuard({
      host,
      clock,
      onEvent,
      probe: (signal) => this.#request(probeUrl, '(probe)', signal, signal, PROBE_CALLER),
    });
  }

  breaker(): ApiHostSlice['breaker'] {
    return this.#guard.status();
  }

  probeNow(): boolean {
    return this.#guard.probeNow();
  }

  close(): void {
    this.#guard.close();
  }

  counters(): CallCounters {
    return { calls: this.#calls, throttles: this.#throttles, errors: this.#errors };
  }

  /**
   * The JSON answer to `url`. Server faults, lost connections and timeouts are tried twice more after a short random wait,
   * throttled calls twice more after the limiter's pause; never beyond the caller's deadline. Rejects with a SourceError, at once
   * when the signal aborts or the host is down.
   */
  async call(url: string, path: string, signal: AbortSignal): Promise<unknown> {
    const { clock } = this.#options;
    const context = this.#options.contextOf();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#attempt(url, path, signal, context?.caller);
      } catch (error) {
        const waitCapMs = RETRY_WAITS_MS[attempt];
        if (!(error instanceof SourceError) || waitCapMs === undefined || !isTransient(error.class)) throw error;
        const waitMs = this.#retryWait(error, waitCapMs);
        if (context !== null && clock.monotonicMs() + waitMs >= context.deadlineMs) throw error;
        // A throttled call waits in the limiter, together with everybody else.
        if (error.class === 'throttled') continue;
        this.#options.onPhase('waiting');
        await wait(clock, waitMs, signal);
      }
    }
  }

  #retryWait({ class: errorClass, retryAfterMs }: SourceError, capMs: number): number {
    const { clock, limiter } = this.#options;
    if (errorClass === 'throttled') return (limiter.status().throttledUntilMs ?? 0) - clock.wallMs();
    return Math.max(Math.random() * capMs, retryAfterMs ?? 0);
  }

  async #attempt(url: string, path: string, signal: AbortSignal, caller: Caller | undefined): Promise<unknown> {
    const inLine = this.#guard.enter(signal);
    try {
      const value = await this.#request(url, path, signal, inLine, caller);
      this.#guard.learn(null, path);
      return value;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // Everybody in line is sent away when the host goes down.
      if (error.class === 'cancelled' && inLine.aborted && !signal.aborted) throw this.#guard.downError();
      this.#guard.learn(error, path);
      throw error;
    }
  }

  /** `inLine` ends the wait for the turn, `signal` the call itself. */
  async #request(
    url: string,
    path: string,
    signal: AbortSignal,
    inLine: AbortSignal,
    caller: Caller | undefined,
  ): Promise<unknown> {
    const { clock, http, limiter, host, dialect } = this.#options;
    this.#options.onPhase('waiting');
    const leave = await limiter.enter(inLine, caller);
    this.#options.onPhase('sent');
    const startedMs = clock.monotonicMs();
    let failed: SourceError | null = null;
    try {
      this.#calls += 1;
      const answer = await http.get(url, signal);
      const value = readAnswer(answer, { host, dialect, wallMs: clock.wallMs() });
      limiter.reward();
      return value;
    } catch (error) {
      if (error instanceof SourceError) {
        failed = error;
        this.#learnFrom(error);
      }
      throw error;
    } finally {
      leave();
      const ms = clock.monotonicMs() - startedMs;
      this.#options.onCall({ path, ms, outcome: failed?.class ?? 'ok', message: failed?.message ?? null });
    }
  }

  #learnFrom(error: SourceError): void {
    if (error.class === 'cancelled') return;
    if (error.class !== 'throttled') {
      this.#errors += 1;
      return;
    }
    this.#throttles += 1;
    this.#options.limiter.penalise(error.retryAfterMs);
  }
}

function isTransient(errorClass: SourceErrorClass): boolean {
  return errorClass === 'throttled' || errorClass === 'server' || errorClass === 'network' || errorClass === 'timeout';
}

function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelledError());
      return;
    }
    const timer = clock.after(delayMs, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    function stop(): void {
      timer.cancel();
      reject(cancelledError());
    }
    signal.addEventListener('abort', stop, { once: true });
  });
}
