// The OHLCV endpoint: its parameters have more rules than all others together.
import { sameAddress } from '../market/addresses';
import type { CandleCurrency, CandleSide } from '../market/candles';
import type { Market } from '../market/market';
import type { Network, Pool, Token } from '../market/model';
import { SECONDS_PER_DAY } from '../market/model';
import type { ApiRequest, CandleContext } from './answers';
import { ApiError } from './answers';
import type { JsonObject } from './resources';

interface TimeframeRule {
  readonly unitS: number;
  readonly aggregates: readonly number[];
}

const TIMEFRAMES: Readonly<Record<string, TimeframeRule>> = {
  day: { unitS: SECONDS_PER_DAY, aggregates: [1] },
  hour: { unitS: 3600, aggregates: [1, 4, 12] },
  minute: { unitS: 60, aggregates: [1, 5, 15] },
  // The real service names it among the allowed values, yet serves it to paying callers only.
  second: { unitS: 1, aggregates: [1, 15, 30] },
};
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const HISTORY_S = 180 * SECONDS_PER_DAY;

/** Throws ApiError when a parameter is refused. */
export function answerCandles(
  market: Market,
  pool: Pool,
  timeframe: string,
  request: ApiRequest,
): { readonly body: JsonObject; readonly context: CandleContext } {
  const { query, atS } = request;
  if (pool.extra !== null) throw new ApiError(422, 'Pools with >2 tokens are not yet supported for this endpoint');
  const rule = TIMEFRAMES[timeframe];
  if (rule === undefined) {
    throw new ApiError(400, `Invalid timeframe. Allowed values: ${Object.keys(TIMEFRAMES).join(', ')}`);
  }
  if (timeframe === 'second') throw new ApiError(401, 'The second timeframe requires a paid plan.');
  const aggregate = Number(query.get('aggregate') ?? 1);
  if (!rule.aggregates.includes(aggregate)) {
    throw new ApiError(400, `Invalid aggregate. Allowed values: ${rule.aggregates.join(', ')}`);
  }
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new ApiError(400, `Invalid limit. must be positive integer less than or equal to ${MAX_LIMIT}`);
  }
  const beforeS = readBefore(query.get('before_timestamp'), atS);
  const currency = readCurrency(query.get('currency') ?? 'usd');
  const side = readSide(query.get('token') ?? 'base', pool, market.network(pool.networkId));
  const rows = market.candles(pool, { barS: rule.unitS * aggregate, side, currency, beforeS, limit }, atS);
  const [base, quote] = side === 'base' ? [pool.base, pool.quote] : [pool.quote, pool.base];
  return {
    body: {
      data: { id: request.requestId, type: 'ohlcv_request_response', attributes: { ohlcv_list: rows } },
      meta: { base: describe(base), quote: describe(quote) },
    },
    context: { poolId: pool.id, timeframe, aggregate, side, currency },
  };
}

function readBefore(text: string | null, atS: number): number | null {
  if (text === null || text === '') return null;
  const beforeS = Number(text);
  if (!Number.isInteger(beforeS) || beforeS < 0) throw new ApiError(400, 'Invalid before_timestamp');
  if (beforeS < atS - HISTORY_S) {
    throw new ApiError(
      401,
      'You can only access data from the past 180 days with Public API. To access data beyond 180 days, please upgrade to the Analyst plan or above.',
    );
  }
  return beforeS;
}

function readCurrency(text: string): CandleCurrency {
  if (text === 'usd' || text === 'token') return text;
  throw new ApiError(400, 'Invalid currency. Allowed values: usd, token');
}

function readSide(text: string, pool: Pool, network: Network | null): CandleSide {
  if (text === 'base' || text === 'quote') return text;
  if (network !== null && sameAddress(network.family, text, pool.base.address)) return 'base';
  if (network !== null && sameAddress(network.family, text, pool.quote.address)) return 'quote';
  throw new ApiError(400, 'Provided token is invalid');
}

function describe(token: Token): JsonObject {
  return { address: token.address, name: token.name, symbol: token.symbol, coingecko_coin_id: token.coinId };
}
