// The client of every host that serves this data: joins the budget, the connection and the endpoints; the dialect is given.
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { Clock } from '../../../shared/util/clock';
import { createHttpClient, type HttpClient, type SecretHeader } from '../http/httpClient';
import { createRateLimiter, type LimiterState } from '../http/rateLimiter';
import { ApiCaller, type CallContext, type CallEvent, type CallPhase } from './apiCaller';
import { checkApiKey, parseBaseUrl } from './baseUrl';
import type { MarketSource } from '../marketSource';
import { PLANS } from '../plans';
import type { Dialect } from './dialect';
import { Endpoints } from './endpoints';

export type { CallContext, CallEvent, CallPhase } from './apiCaller';

const DEFAULT_TIMEOUT_MS = 20_000;

export interface OnchainOptions {
  /** With the version path, for example "https://api.geckoterminal.com/api/v2". */
  readonly baseUrl: string;
  readonly callsPerMinute: number;
  /** How far back the plan shows candles, that of the keyless API unless told; null without a limit. */
  readonly historyDays?: number | null;
  readonly clock: Clock;
  readonly limiterState: LimiterState;
  readonly userAgent: string;
  /** Limit for one request, 20 s unless told; retries and waits come on top. */
  readonly timeoutMs?: number;
  /** Called after each request, in the asynchronous context of whoever made it. Must not throw. */
  readonly onCall?: (event: CallEvent) => void;
  /** Called before a request, while it waits and when it is sent, in the same context. Must not throw. */
  readonly onPhase?: (phase: CallPhase) => void;
  /** Called when the host's breaker changes. Must not throw. */
  readonly onHostEvent?: (event: CollectorEvent) => void;
  /** For whom the call is made that is being made. */
  readonly contextOf?: () => CallContext | null;
  /** What carries the calls, when it is not the network: a test on a clock of its own. */
  readonly http?: HttpClient;
}

/** Throws an Error with a readable sentence when the base URL, the key or the rate cannot be used. */
export function createOnchainClient(dialect: Dialect, key: SecretHeader | null, options: OnchainOptions): MarketSource {
  const { clock } = options;
  const base = parseBaseUrl(options.baseUrl);
  if (key) checkApiKey(key.value, base);
  const limiter = createRateLimiter({
    callsPerMinute: options.callsPerMinute,
    clock,
    state: options.limiterState,
  });
  const http =
    options.http ??
    createHttpClient({
      userAgent: options.userAgent,
      accept: dialect.accept,
      secretHeader: key,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  const caller = new ApiCaller({
    http,
    limiter,
    clock,
    host: base.host,
    dialect,
    probeUrl: `${base.url}/networks?page=1`,
    onCall: options.onCall ?? (() => undefined),
    onPhase: options.onPhase ?? (() => undefined),
    onHostEvent: options.onHostEvent ?? (() => undefined),
    contextOf: options.contextOf ?? (() => null),
  });

  return new Endpoints(base.url, dialect.lastPage, caller, clock, {
    status: () => ({ host: base.host, ...limiter.status(), ...caller.counters(), breaker: caller.breaker() }),
    probeNow: () => caller.probeNow(),
    historyDays: options.historyDays === undefined ? PLANS.none.historyDays : options.historyDays,
    close: () => {
      caller.close();
      return http.close();
    },
  });
}
