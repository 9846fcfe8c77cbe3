// A pool on the wire, alone or in a list, and the resources that a list of pools includes.
import type { Market, PoolView } from '../market/market';
import type { Network, Pool } from '../market/model';
import { WINDOWS } from '../market/windows';
import type { WindowName, WindowSum } from '../market/windows';
import { decimal, exactDecimal, isoTime, percent } from './numbers';
import type { JsonObject, JsonValue, Resource } from './resources';
import { dexResource, networkResource, tokenResource, valuation } from './resources';

function poolName(pool: Pool): string {
  return [pool.base, pool.quote, ...(pool.extra === null ? [] : [pool.extra])].map((token) => token.symbol).join(' / ');
}

function link(id: string, type: string): JsonObject {
  return { data: { id, type } };
}

function perWindow(view: PoolView, of: (sum: WindowSum) => JsonValue): JsonObject {
  const values: Partial<Record<WindowName, JsonValue>> = {};
  for (const { name } of WINDOWS) values[name] = of(view.windows[name]);
  return values as JsonObject;
}

/** `withNetwork` names the network, as only lists over all networks do; `withDetail` adds what single pools have. */
export function poolResource(
  view: PoolView,
  family: Network['family'],
  options: { readonly withNetwork?: boolean; readonly withDetail?: boolean } = {},
): Resource {
  const { pool } = view;
  const name = poolName(pool);
  const fee = pool.feePct === null ? null : String(pool.feePct);
  return {
    id: pool.id,
    type: 'pool',
    attributes: {
      ...poolPrices(view, family),
      address: pool.address,
      name: fee === null ? name : `${name} ${fee}%`,
      ...(options.withDetail === true ? { pool_name: name, pool_fee_percentage: fee } : {}),
      pool_created_at: pool.birthKnown ? isoTime(pool.bornAtS) : null,
      ...valuation(pool.base, view.last?.priceUsd ?? null, pool.fdvUnknown),
      price_change_percentage: perWindow(view, (sum) => percent(sum.changePct)),
      transactions: perWindow(view, ({ buys, sells, buyers, sellers }) => ({ buys, sells, buyers, sellers })),
      volume_usd: perWindow(view, (sum) => decimal(sum.volumeUsd, 15, 10)),
      reserve_in_usd: decimal(view.reserveUsd, 17, 4),
      ...(options.withDetail === true ? { locked_liquidity_percentage: '0.0' } : {}),
    },
    relationships: {
      base_token: link(pool.base.id, 'token'),
      quote_token: link(pool.quote.id, 'token'),
      ...(pool.extra === null
        ? {}
        : { quote_tokens: { data: [pool.quote, pool.extra].map((token) => ({ id: token.id, type: 'token' })) } }),
      ...(options.withNetwork === true ? { network: link(pool.networkId, 'network') } : {}),
      dex: link(pool.dex.id, 'dex'),
    },
  };
}

/** Before the first trade nothing has a price, and the service says so in three different ways. */
function poolPrices({ last, nativeUsd }: PoolView, family: Network['family']): JsonObject {
  if (last === null) {
    return {
      base_token_price_usd: null,
      base_token_price_native_currency: 'NaN',
      quote_token_price_usd: null,
      quote_token_price_native_currency: 'NaN',
      base_token_price_quote_token: null,
      quote_token_price_base_token: null,
    };
  }
  const usd = family === 'base58' ? exactDecimal : decimal;
  return {
    base_token_price_usd: usd(last.priceUsd),
    base_token_price_native_currency: decimal(last.priceUsd / nativeUsd),
    quote_token_price_usd: usd(last.quoteUsd),
    quote_token_price_native_currency: decimal(last.quoteUsd / nativeUsd),
    base_token_price_quote_token: decimal(last.priceUsd / last.quoteUsd, 10),
    quote_token_price_base_token: decimal(last.quoteUsd / last.priceUsd),
  };
}

/** The `included` list of a page: every token, DEX and network that its pools point at, once each, as far as asked for. */
export function includedFor(pools: readonly Pool[], wanted: readonly string[], market: Market): readonly Resource[] {
  const found = new Map<string, Resource>();
  const add = (resource: Resource): void => void found.set(`${resource.type}/${resource.id}`, resource);
  for (const pool of pools) {
    if (wanted.includes('base_token')) add(tokenResource(pool.base));
    if (wanted.includes('quote_token')) {
      add(tokenResource(pool.quote));
      if (pool.extra !== null) add(tokenResource(pool.extra));
    }
  }
  for (const pool of pools) {
    if (wanted.includes('dex')) add(dexResource(pool.dex));
    const network = market.network(pool.networkId);
    if (wanted.includes('network') && network !== null) add(networkResource(network));
  }
  return [...found.values()];
}
