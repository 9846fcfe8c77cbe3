// The endpoints about tokens: one, several, and plain prices.
import type { Market, PoolView } from '../market/market';
import type { Network, Token } from '../market/model';
import type { ApiRequest } from './answers';
import { ApiError } from './answers';
import { decimal } from './numbers';
import { poolResource } from './poolResource';
import type { JsonObject, Resource } from './resources';
import { sumOf } from './resources';
import { detailedTokenResource, tokenPriceUsd } from './tokenResources';

const MAX_ADDRESSES = 30;
const TOP_POOLS_OF_TOKEN = 3;

interface TokenViews {
  readonly token: Token;
  /** Most traded first. */
  readonly pools: readonly PoolView[];
}

/** The distinct addresses of a comma-separated list. Throws ApiError when there are too many. */
export function readAddresses(list: string): readonly string[] {
  const addresses = [...new Set(list.split(',').filter((address) => address !== ''))];
  if (addresses.length > MAX_ADDRESSES) throw new ApiError(400, 'Exceeded maximum number of addresses');
  return addresses;
}

export function oneToken(market: Market, request: ApiRequest, network: Network, token: Token): JsonObject {
  const { pools } = viewsOf(market, request, token);
  const top = pools.slice(0, TOP_POOLS_OF_TOKEN);
  const data = detailedTokenResource(token, pools, top, request.atS);
  return { data, ...includedTopPools(request, network, top) };
}

/** Unknown addresses are left out. Each token names its first pool only. */
export function manyTokens(market: Market, request: ApiRequest, network: Network, list: string): JsonObject {
  const found = findTokens(market, request, network, list);
  const data = found.map(({ token, pools }) => detailedTokenResource(token, pools, pools.slice(0, 1), request.atS));
  const tops = found.flatMap(({ pools }) => pools.slice(0, 1));
  return { data, ...includedTopPools(request, network, tops) };
}

/** Maps from address to figure, one for each that was asked for. */
export function simplePrices(market: Market, request: ApiRequest, network: Network, list: string): JsonObject {
  const found = findTokens(market, request, network, list);
  const map = (of: (entry: TokenViews) => number | null): JsonObject =>
    Object.fromEntries(
      found.map((entry) => {
        const value = of(entry);
        return [entry.token.address, value === null ? null : decimal(value)];
      }),
    );
  const optional = (flag: string, name: string, of: (entry: TokenViews) => number | null): JsonObject =>
    request.query.get(flag) === 'true' ? { [name]: map(of) } : {};
  const attributes: JsonObject = {
    token_prices: map(({ token, pools }) => tokenPriceUsd(token, pools)),
    ...optional('include_market_cap', 'market_cap_usd', ({ token, pools }) => {
      const price = tokenPriceUsd(token, pools);
      return price === null || token.circulating === null ? null : price * token.supply * token.circulating;
    }),
    ...optional('include_24hr_vol', 'h24_volume_usd', ({ pools }) =>
      sumOf(pools, (view) => view.windows.h24.volumeUsd),
    ),
    ...optional(
      'include_24hr_price_change',
      'h24_price_change_percentage',
      ({ pools }) => pools[0]?.windows.h24.changePct ?? null,
    ),
    ...optional('include_total_reserve_in_usd', 'total_reserve_in_usd', ({ pools }) =>
      sumOf(pools, (view) => view.reserveUsd),
    ),
  };
  return { data: { id: request.requestId, type: 'simple_token_price', attributes } };
}

function findTokens(market: Market, request: ApiRequest, network: Network, list: string): readonly TokenViews[] {
  return readAddresses(list)
    .flatMap((address) => market.token(network.id, address, request.atS) ?? [])
    .map((token) => viewsOf(market, request, token));
}

function viewsOf(market: Market, { atS }: ApiRequest, token: Token): TokenViews {
  return { token, pools: market.poolsOfToken(token, atS).map((pool) => market.view(pool, atS)) };
}

function includedTopPools(
  request: ApiRequest,
  network: Network,
  views: readonly PoolView[],
): { readonly included?: readonly Resource[] } {
  if (!(request.query.get('include') ?? '').split(',').includes('top_pools')) return {};
  const distinct = new Map(views.map((view) => [view.pool.id, poolResource(view, network.family)]));
  return { included: [...distinct.values()] };
}
