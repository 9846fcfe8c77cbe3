// What an endpoint answers before it becomes bytes, and the error bodies of the API.
import type { CandleCurrency, CandleSide } from '../market/candles';
import type { JsonObject, JsonValue } from './resources';

export interface ApiRequest {
  /** Decoded path segments after the version prefix. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** As of when, seconds since the epoch. */
  readonly atS: number;
  readonly requestId: string;
}

/** What the candles of an answer belong to: their identity is in the request, not in the body. */
export interface CandleContext {
  readonly poolId: string;
  readonly timeframe: string;
  readonly aggregate: number;
  readonly side: CandleSide;
  readonly currency: CandleCurrency;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
  /** The network of the request, for resources that do not name theirs. */
  readonly networkId: string | null;
  readonly candles: CandleContext | null;
}

/** An answer other than 200. The titles are those that callers of the real service have seen. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, title: string) {
    super(title);
    this.status = status;
  }

  body(): JsonObject {
    return { errors: [{ status: String(this.status), title: this.message }] };
  }
}

/** The rate limit answers in another shape than all other errors. */
export const RATE_LIMIT_BODY = {
  status: {
    error_code: 429,
    error_message:
      "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans for higher rate limits.",
  },
} as const satisfies JsonObject;

export function notFound(what: 'network' | 'dex' | 'pool' | 'token' | 'path'): ApiError {
  switch (what) {
    case 'path':
      return new ApiError(404, 'Not Found');
    case 'token':
      return new ApiError(404, 'Token for specified address not found');
    case 'network':
    case 'dex':
    case 'pool':
      return new ApiError(404, `Specified ${what} not found`);
  }
}
