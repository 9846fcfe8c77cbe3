// The stand-in market without a socket: same endpoints, faults and ledger, but every wait is on the test's clock. Real HTTP cannot
// follow a fake clock (its time limits are real), and a hang must last as long for the scheduler as for the quota.
import { answerRequest } from '../../src/main/demo/server/endpoints';
import { ApiError } from '../../src/main/demo/server/answers';
import { applyDataFault } from '../../src/main/demo/server/dataFaults';
import { FaultPlan, type DataFault } from '../../src/main/demo/server/faults';
import { Ledger } from '../../src/main/demo/server/ledger';
import type { JsonValue } from '../../src/main/demo/server/resources';
import { faultPayload, type Payload } from '../../src/main/demo/server/respond';
import { Market } from '../../src/main/demo/market/market';
import type { HttpAnswer, HttpBody, HttpClient } from '../../src/main/sources/http/httpClient';
import { cancelledError, SourceError } from '../../src/main/sources/http/sourceError';
import type { FakeClock } from './fakeClock';

const LATENCY_MS = 80;
const TIME_LIMIT_MS = 20_000;
const PREFIX = '/api/v2/';

export class InProcessMarket implements HttpClient {
  readonly plan = new FaultPlan();
  readonly ledger: Ledger;
  /** When each call arrived, in the server's own time. */
  readonly arrivedAtMs: number[] = [];
  isDown = false;
  readonly #market: Market;
  readonly #clock: FakeClock;
  readonly #nowMs: () => number;

  /** `nowMs` is the server's time: neither the sleep nor the wrong clock of the machine under test touches it. */
  constructor(seed: number, clock: FakeClock, nowMs: () => number) {
    this.#market = new Market(seed);
    this.ledger = new Ledger(this.#market.networks().map(({ id }) => id));
    this.#clock = clock;
    this.#nowMs = nowMs;
  }

  async get(url: string, signal: AbortSignal): Promise<HttpAnswer> {
    const { pathname, search, searchParams } = new URL(url);
    if (this.isDown) {
      await this.#wait(LATENCY_MS, signal);
      throw new SourceError('network', 'market refused the connection.');
    }
    this.arrivedAtMs.push(this.#nowMs());
    this.ledger.called();
    const { transport, data } = this.plan.take(pathname + search);
    const kind = transport?.kind;
    switch (kind) {
      case 'stall':
        await this.#wait(TIME_LIMIT_MS, signal);
        throw new SourceError('timeout', 'market did not answer completely within 20 s.');
      case 'drop':
      case 'truncated':
        await this.#wait(LATENCY_MS, signal);
        throw new SourceError('network', 'market dropped the connection.');
      case 'slow':
      case undefined:
        break;
      default:
        await this.#wait(LATENCY_MS, signal);
        return toAnswer(faultPayload(kind, this.#nowMs()));
    }
    await this.#wait(transport?.delayMs ?? LATENCY_MS, signal);
    return this.#answer(pathname, searchParams, data);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #answer(pathname: string, query: URLSearchParams, faults: readonly DataFault[]): HttpAnswer {
    const path = pathname.slice(PREFIX.length).split('/').map(decodeURIComponent);
    try {
      const atS = Market.momentOf(this.#nowMs());
      const right = answerRequest(this.#market, { path, query, atS, requestId: 'in-process' });
      const answer = { ...right, body: faults.reduce<JsonValue>(applyDataFault, right.body) };
      this.ledger.served(answer, false);
      return { status: 200, retryAfter: null, body: { kind: 'json', value: answer.body, excerpt: '' } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, retryAfter: null, body: { kind: 'json', value: error.body(), excerpt: '' } };
    }
  }

  #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(milliseconds, () => {
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
}

function toAnswer({ status, contentType, bytes, headers }: Payload): HttpAnswer {
  return { status, retryAfter: headers['retry-after'] ?? null, body: toBody(contentType, bytes.toString('utf8')) };
}

function toBody(contentType: string, text: string): HttpBody {
  if (text.trim() === '') return { kind: 'empty' };
  const excerpt = text.slice(0, 100);
  if (!contentType.includes('json')) return { kind: 'other', contentType: contentType.split(';')[0] ?? '', excerpt };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown, excerpt };
  } catch {
    return { kind: 'broken', excerpt };
  }
}
