// JSON:API resources in the shapes of the API: the JSON types, and what a network, a DEX and a token look like on the wire.
import type { Dex, Network, Token } from '../market/model';
import { decimal } from './numbers';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export interface Resource extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: JsonObject;
}

export function networkResource(network: Network): Resource {
  return {
    id: network.id,
    type: 'network',
    attributes: { name: network.name, coingecko_asset_platform_id: network.platformId },
  };
}

export function dexResource(dex: Dex): Resource {
  return { id: dex.id, type: 'dex', attributes: { name: dex.name } };
}

export function tokenResource(token: Token): Resource {
  return { id: token.id, type: 'token', attributes: tokenIdentity(token) };
}

export function tokenIdentity(token: Token): JsonObject {
  return {
    address: token.address,
    name: token.name,
    symbol: token.symbol,
    decimals: token.decimals,
    image_url: null,
    coingecko_coin_id: token.coinId,
  };
}

export function valuation(token: Token, priceUsd: number | null, unknown = false): JsonObject {
  const fdv = priceUsd === null || unknown ? null : priceUsd * token.supply;
  return {
    fdv_usd: fdv === null ? null : decimal(fdv, 15, 10),
    market_cap_usd: fdv === null || token.circulating === null ? null : decimal(fdv * token.circulating, 15, 10),
  };
}

export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
