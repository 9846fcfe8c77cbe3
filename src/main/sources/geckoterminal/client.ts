// The GeckoTerminal client: URLs out, validated rows in. Every URL has one spelling, because the service caches by URL.
import type { DexRow } from '../../../shared/domain/market';
import type { CollectorEvent } from '../../../shared/domain/collectorEvent';
import type { Clock } from '../../../shared/util/clock';
import { createHttpClient, type HttpClient, type SecretHeader } from '../http/httpClient';
import { createRateLimiter, type LimiterState } from '../http/rateLimiter';
import { SourceError } from '../http/sourceError';
import { ApiCaller, type CallContext, type CallEvent } from './apiCaller';
import { checkApiKey, parseBaseUrl } from './baseUrl';
import type { GeckoTerminalClient, Parsed, PoolPage } from './clientTypes';
import { addressOf } from './ids';
import { parseCandles } from './parseCandles';
import { parseDexes } from './parseDexes';
import { parsePools } from './parsePools';

export type { CallContext, CallEvent } from './apiCaller';
export type { CandleRequest, GeckoTerminalClient, Parsed, PoolPage } from './clientTypes';

const ACCEPT = 'application/json;version=20230302';
const DEFAULT_TIMEOUT_MS = 20_000;

/** The API shows ten pages of every list, whatever the plan that we support. */
const LAST_PAGE = 10;

const CANDLES_PER_CALL_MAX = 1_000;

export interface GeckoTerminalOptions {
  /** With the version path, for example "https://api.geckoterminal.com/api/v2". */
  readonly baseUrl: string;
  readonly apiKey: SecretHeader | null;
  readonly callsPerMinute: number;
  readonly clock: Clock;
  readonly limiterState: LimiterState;
  readonly userAgent: string;
  /** Limit for one request, 20 s unless told; retries and waits come on top. */
  readonly timeoutMs?: number;
  /** Called after each request, in the asynchronous context of whoever made it. Must not throw. */
  readonly onCall?: (event: CallEvent) => void;
  /** Called when the host's breaker changes. Must not throw. */
  readonly onHostEvent?: (event: CollectorEvent) => void;
  /** For whom the call is made that is being made. */
  readonly contextOf?: () => CallContext | null;
  /** What carries the calls, when it is not the network: a test on a clock of its own. */
  readonly http?: HttpClient;
}

/** Throws an Error with a readable sentence when the base URL, the key or the rate cannot be used. */
export function createGeckoTerminalClient(options: GeckoTerminalOptions): GeckoTerminalClient {
  const { clock } = options;
  const base = parseBaseUrl(options.baseUrl);
  if (options.apiKey) checkApiKey(options.apiKey.value, base);
  const limiter = createRateLimiter({
    callsPerMinute: options.callsPerMinute,
    clock,
    state: options.limiterState,
  });
  const http =
    options.http ??
    createHttpClient({
      userAgent: options.userAgent,
      accept: ACCEPT,
      secretHeader: options.apiKey,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  const caller = new ApiCaller({
    http,
    limiter,
    clock,
    host: base.host,
    keyed: options.apiKey !== null,
    probeUrl: `${base.url}/networks?page=1`,
    onCall: options.onCall ?? (() => undefined),
    onHostEvent: options.onHostEvent ?? (() => undefined),
    contextOf: options.contextOf ?? (() => null),
  });

  const observed = (networkId: string): { networkId: string; observedAtMs: number } => ({
    networkId,
    observedAtMs: clock.wallMs(),
  });

  return {
    async listDexes(networkId, signal) {
      const pages: Parsed<DexRow>[] = [];
      for (let page = 1; page <= LAST_PAGE; page += 1) {
        const url = `${base.url}/networks/${segment(networkId)}/dexes?page=${page}`;
        const answer = await caller.call(url, '/networks/{network}/dexes', signal);
        const list = parseDexes(answer, observed(networkId));
        pages.push(list.dexes);
        if (!list.hasNext) break;
      }
      return joinPages(pages);
    },

    async listTopPools(networkId, dexId, page, signal) {
      if (page > LAST_PAGE) return EMPTY_LAST_PAGE;
      const path = `/networks/${segment(networkId)}/dexes/${segment(dexId)}/pools`;
      const url = `${base.url}${path}?include=base_token,quote_token,dex&page=${page}&sort=h24_volume_usd_desc`;
      try {
        const answer = await caller.call(url, '/networks/{network}/dexes/{dex}/pools', signal);
        const pools = parsePools(answer, observed(networkId));
        return page === LAST_PAGE ? { ...pools, isLast: true } : pools;
      } catch (error) {
        // On page 1 it cannot be about pages: then the caller must hear of it.
        if (error instanceof SourceError && error.class === 'page_limit' && page > 1) return EMPTY_LAST_PAGE;
        throw error;
      }
    },

    async listCandles(request, signal) {
      const address = addressOf(request.poolAddress, request.networkId);
      if (address === null)
        throw new SourceError('bad_request', 'Candles were asked for without the address of a pool.');
      const path = `/networks/${segment(request.networkId)}/pools/${segment(address)}/ohlcv/${request.timeframe}`;
      const before = request.beforeS === null ? '' : `&before_timestamp=${request.beforeS}`;
      const limit = Math.min(request.limit, CANDLES_PER_CALL_MAX);
      const query = `aggregate=${request.aggregate}${before}&currency=${request.currency}&limit=${limit}&token=${request.side}`;
      const template = '/networks/{network}/pools/{pool}/ohlcv/{timeframe}';
      const answer = await caller.call(`${base.url}${path}?${query}`, template, signal);
      return parseCandles(answer, request, clock.wallMs());
    },

    status() {
      return { host: base.host, ...limiter.status(), ...caller.counters(), breaker: caller.breaker() };
    },

    close() {
      caller.close();
      return http.close();
    },
  };
}

const NOTHING = { rows: [], fetched: 0, rejected: [] } as const;
const EMPTY_LAST_PAGE: PoolPage = { pools: NOTHING, tokens: NOTHING, dexes: NOTHING, isLast: true };

function segment(id: string): string {
  return encodeURIComponent(id);
}

function joinPages<Row>(pages: readonly Parsed<Row>[]): Parsed<Row> {
  return {
    rows: pages.flatMap(({ rows }) => rows),
    fetched: pages.reduce((sum, { fetched }) => sum + fetched, 0),
    rejected: pages.flatMap(({ rejected }) => rejected),
  };
}
