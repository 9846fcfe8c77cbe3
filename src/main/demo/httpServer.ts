// The stand-in market as a real HTTP server on this machine: same paths, limits, caches and error bodies as the API it stands for.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Market } from './market/market';
import type { Answer } from './server/answers';
import { ApiError, notFound } from './server/answers';
import { CONTROL_PREFIX, answerControl } from './server/control';
import { applyDataFault } from './server/dataFaults';
import { answerRequest } from './server/endpoints';
import type { Fault, PlannedFaults } from './server/faults';
import { FaultPlan } from './server/faults';
import type { LedgerReport } from './server/ledger';
import { Ledger } from './server/ledger';
import type { RateLimit } from './server/rateLimit';
import { RATE_LIMITS, TokenBucket } from './server/rateLimit';
import {
  faultPayload,
  htmlPayload,
  jsonPayload,
  okPayload,
  sendHalf,
  sendPayload,
  throttlePayload,
  waitOrClosed,
} from './server/respond';
import { ResponseCache } from './server/responseCache';
import { refuseByKey, TWIN_PREFIX, twinError, withTwinFields, type TwinOptions } from './server/twin';

const HOST = '127.0.0.1';
const API_PREFIX = '/api/v2';
const CACHE_TTL_MS = 60_000;
/** Longer than any collector's interval, so that a kept connection is not closed under a caller about to use it. */
const KEEP_ALIVE_MS = 600_000;
/** The real service's front door refuses callers that do not say who they are. */
const REFUSED_AGENT = /^$|^python-urllib/i;

export interface MarketServerOptions {
  readonly seed: number;
  /** 0 picks a free one. */
  readonly port: number;
  readonly rateLimit?: RateLimit;
  /** How long one address is answered from the cache; 0 switches the cache off. */
  readonly cacheTtlMs?: number;
  /** Opens the control endpoints and keeps the ledger. */
  readonly control?: boolean;
  /** Serves as CoinGecko does instead of as GeckoTerminal does. */
  readonly twin?: TwinOptions;
  /** Wall time in milliseconds; a fixed one fixes the market, its limits and its cache. */
  readonly nowMs?: () => number;
}

export interface MarketServer {
  /** With the version prefix and without a slash at the end. */
  readonly baseUrl: string;
  /** Where the control endpoints are, if they are. */
  readonly controlUrl: string;
  inject(...faults: readonly Fault[]): void;
  clearFaults(): void;
  ledger(): LedgerReport;
  /** Cuts open connections; safe to call twice. */
  stop(): Promise<void>;
}

/** Rejects with a one-line message when the port cannot be had. */
export async function createMarketServer(options: MarketServerOptions): Promise<MarketServer> {
  const handler = new RequestHandler(options);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handler.handle(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, options.port);
  return {
    baseUrl: `http://${HOST}:${port}${options.twin ? TWIN_PREFIX : API_PREFIX}`,
    controlUrl: `http://${HOST}:${port}${CONTROL_PREFIX}`,
    inject: (...faults) => handler.plan.add(faults),
    clearFaults: () => handler.plan.clear(),
    ledger: () => handler.ledger.report(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `port ${port} on ${HOST} is already in use; choose another one or stop the program that holds it`
          : error.message;
      reject(new Error(`The demo market could not start: ${reason}.`));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

class RequestHandler {
  readonly plan = new FaultPlan();
  readonly ledger: Ledger;
  readonly #market: Market;
  readonly #bucket: TokenBucket;
  readonly #cache: ResponseCache;
  readonly #control: boolean;
  readonly #twin: TwinOptions | null;
  readonly #nowMs: () => number;

  constructor(options: MarketServerOptions) {
    this.#nowMs = options.nowMs ?? Date.now;
    this.#market = new Market(options.seed);
    this.ledger = new Ledger(this.#market.networks().map((network) => network.id));
    this.#bucket = new TokenBucket(options.rateLimit ?? RATE_LIMITS.generous, this.#nowMs());
    this.#cache = new ResponseCache(options.cacheTtlMs ?? CACHE_TTL_MS);
    this.#control = options.control ?? false;
    this.#twin = options.twin ?? null;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0] ?? '/';
    if (this.#control && path.startsWith(CONTROL_PREFIX)) {
      await sendPayload(request, response, await answerControl(request, path, this.plan, this.ledger));
      return;
    }
    this.ledger.called();
    const status = await this.#answer(request, response, url);
    if (status === 'cut') this.ledger.wasIncomplete();
    else if (status !== 200) this.ledger.failed(status);
  }

  /** The status that was sent completely, or `cut`. Good answers enter the ledger on the way. */
  async #answer(request: IncomingMessage, response: ServerResponse, url: string): Promise<number | 'cut'> {
    if (REFUSED_AGENT.test(request.headers['user-agent'] ?? '')) {
      return this.#send(request, response, htmlPayload(403, 'Access denied'));
    }
    const refused = this.#twin && refuseByKey(request.headers, this.#twin);
    if (refused) return this.#send(request, response, refused);
    const faults = this.plan.take(url);
    const kind = faults.transport?.kind;
    switch (kind) {
      case undefined:
      case 'truncated':
      case 'stall':
        return this.#answerWell(request, response, url, faults);
      case 'slow':
        await waitOrClosed(response, faults.transport?.delayMs ?? 0);
        return response.destroyed ? 'cut' : this.#answerWell(request, response, url, faults);
      case 'drop':
        response.destroy();
        return 'cut';
      default:
        return this.#send(request, response, faultPayload(kind, this.#nowMs()));
    }
  }

  async #answerWell(
    request: IncomingMessage,
    response: ServerResponse,
    url: string,
    faults: PlannedFaults,
  ): Promise<number | 'cut'> {
    const cacheKey = `${request.headers.accept ?? ''} ${url}`;
    const nowMs = this.#nowMs();
    const cached = faults.data.length === 0 ? this.#cache.get(cacheKey, nowMs) : null;
    if (cached === null && !this.#bucket.take(nowMs)) return this.#send(request, response, throttlePayload('0'));
    const requestId = cached?.requestId ?? randomUUID();
    const answer = cached?.answer ?? this.#compute(request.method ?? '', url, requestId, faults);
    if (answer instanceof ApiError) {
      const body = this.#twin ? twinError(answer) : answer.body();
      return this.#send(request, response, jsonPayload(answer.status, body));
    }
    const bytes = cached?.bytes ?? Buffer.from(JSON.stringify(answer.body));
    if (cached === null && faults.data.length === 0) {
      this.#cache.set(cacheKey, { storedAtMs: nowMs, requestId, bytes, answer });
    }
    const payload = okPayload(
      bytes,
      requestId,
      cached === null ? null : Math.floor((nowMs - cached.storedAtMs) / 1000),
    );
    if (faults.transport?.kind === 'truncated' || faults.transport?.kind === 'stall') {
      await sendHalf(response, payload, faults.transport.kind === 'stall' ? faults.transport.delayMs : 0);
      return 'cut';
    }
    const status = await this.#send(request, response, payload);
    if (status === 200 && this.#control) this.ledger.served(answer, cached !== null);
    return status;
  }

  #compute(method: string, url: string, requestId: string, faults: PlannedFaults): Answer | ApiError {
    try {
      const { path, query } = splitUrl(method, url, this.#twin ? TWIN_PREFIX : API_PREFIX);
      const atS = Market.momentOf(this.#nowMs());
      const answer = answerRequest(this.#market, { path, query, atS, requestId });
      const body = this.#twin ? withTwinFields(answer.body) : answer.body;
      return { ...answer, body: faults.data.reduce(applyDataFault, body) };
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  async #send(
    request: IncomingMessage,
    response: ServerResponse,
    payload: Parameters<typeof sendPayload>[2],
  ): Promise<number | 'cut'> {
    return (await sendPayload(request, response, payload)) ? payload.status : 'cut';
  }
}

function splitUrl(
  method: string,
  url: string,
  prefix: string,
): { readonly path: readonly string[]; readonly query: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, `http://${HOST}`);
  if (method !== 'GET' || !pathname.startsWith(`${prefix}/`)) throw notFound('path');
  try {
    return {
      path: pathname
        .slice(prefix.length + 1)
        .split('/')
        .map(decodeURIComponent),
      query: searchParams,
    };
  } catch {
    throw notFound('path');
  }
}
