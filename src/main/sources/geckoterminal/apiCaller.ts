// One call from start to answer: its turn in the rate limit, the request, the meaning of the answer, and a few retries.
import type { Clock } from '../../../shared/util/clock';
import type { HttpClient } from '../http/httpClient';
import type { RateLimiter } from '../http/rateLimiter';
import { cancelledError, SourceError, type SourceErrorClass } from '../http/sourceError';
import { readAnswer } from './readAnswer';

/** Upper bounds of the random waits before the first and the second retry. */
const RETRY_WAITS_MS = [1_000, 4_000] as const;

export interface CallEvent {
  /** The endpoint without ids, for example "/networks/{network}/dexes". */
  readonly path: string;
  /** Duration of the request without the wait for its turn. */
  readonly ms: number;
  readonly outcome: 'ok' | SourceErrorClass;
}

export interface ApiCallerOptions {
  readonly http: HttpClient;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly host: string;
  readonly keyed: boolean;
  readonly onCall: (event: CallEvent) => void;
}

export interface CallCounters {
  readonly calls: number;
  readonly throttles: number;
  readonly errors: number;
}

export class ApiCaller {
  readonly #options: ApiCallerOptions;
  #calls = 0;
  #throttles = 0;
  #errors = 0;

  constructor(options: ApiCallerOptions) {
    this.#options = options;
  }

  counters(): CallCounters {
    return { calls: this.#calls, throttles: this.#throttles, errors: this.#errors };
  }

  /**
   * The JSON answer to `url`. Server faults, lost connections and timeouts are tried twice more after a short random wait,
   * throttled calls twice more after the limiter's pause. Rejects with a SourceError, at once when the signal aborts.
   */
  async call(url: string, path: string, signal: AbortSignal): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#attempt(url, path, signal);
      } catch (error) {
        const waitCapMs = RETRY_WAITS_MS[attempt];
        if (!(error instanceof SourceError) || waitCapMs === undefined || !isTransient(error.class)) throw error;
        // A throttled call waits in the limiter, together with everybody else.
        if (error.class !== 'throttled') await wait(this.#options.clock, Math.random() * waitCapMs, signal);
      }
    }
  }

  async #attempt(url: string, path: string, signal: AbortSignal): Promise<unknown> {
    const { clock, http, limiter, host, keyed } = this.#options;
    const leave = await limiter.enter(signal);
    const startedMs = clock.monotonicMs();
    let outcome: CallEvent['outcome'] = 'ok';
    try {
      this.#calls += 1;
      const answer = await http.get(url, signal);
      const value = readAnswer(answer, { host, keyed, wallMs: clock.wallMs() });
      limiter.reward();
      return value;
    } catch (error) {
      if (error instanceof SourceError) {
        outcome = error.class;
        this.#learnFrom(error);
      }
      throw error;
    } finally {
      leave();
      this.#options.onCall({ path, ms: clock.monotonicMs() - startedMs, outcome });
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
