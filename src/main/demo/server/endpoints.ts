// The endpoints: path and query in, answer out. Knows nothing of HTTP beyond that, and nothing of limits, caches and faults.
import type { Market, PoolView, TopSort } from '../market/market';
import type { Network, Pool, Token } from '../market/model';
import type { WindowName } from '../market/windows';
import { sameAddress } from '../market/addresses';
import type { Answer, ApiRequest, CandleContext } from './answers';
import { ApiError, notFound } from './answers';
import { answerCandles } from './candleEndpoint';
import { includedFor, poolResource } from './poolResource';
import type { JsonValue, Resource } from './resources';
import { dexResource, networkResource } from './resources';
import { manyTokens, oneToken, readAddresses, simplePrices } from './tokenEndpoints';
import { poolTokenInfoResource, tokenInfoResource } from './tokenResources';
import { tradeResource } from './tradeResource';

const POOLS_PER_PAGE = 20;
const NETWORKS_PER_PAGE = 100;
const LAST_PAGE = 10;
const MAX_TRADES = 300;
const DURATIONS: Readonly<Record<string, WindowName>> = { '5m': 'm5', '1h': 'h1', '6h': 'h6', '24h': 'h24' };
const TOP_SORTS: readonly TopSort[] = ['h24_volume_usd_desc', 'h24_tx_count_desc'];

/** Throws ApiError for every answer other than 200. */
export function answerRequest(market: Market, request: ApiRequest): Answer {
  return new Endpoints(market, request).answer();
}

class Endpoints {
  readonly #market: Market;
  readonly #request: ApiRequest;

  constructor(market: Market, request: ApiRequest) {
    this.#market = market;
    this.#request = request;
  }

  answer(): Answer {
    const [first, second, ...rest] = this.#request.path;
    if (first === 'networks') {
      if (second === undefined) return this.#networks();
      if (rest.length === 0 && second === 'trending_pools') return this.#trending(null);
      if (rest.length === 0 && second === 'new_pools') return this.#newPools(null);
      return this.#inNetwork(this.#network(second), rest);
    }
    if (first === 'search' && second === 'pools' && rest.length === 0) return this.#search();
    if (first === 'simple' && second === 'networks' && rest.length === 3 && rest[1] === 'token_price') {
      const network = this.#network(rest[0] ?? '');
      return this.#ok(simplePrices(this.#market, this.#request, network, rest[2] ?? ''), network);
    }
    throw notFound('path');
  }

  #inNetwork(network: Network, path: readonly string[]): Answer {
    const [kind, one, two, three] = path;
    const shape = `${kind ?? ''}/${path.length}`;
    if (shape === 'dexes/1') return this.#dexes(network);
    if (shape === 'dexes/3' && two === 'pools') return this.#topPools(network, this.#dex(network, one ?? ''));
    if (shape === 'pools/1') return this.#topPools(network, null);
    if (shape === 'new_pools/1') return this.#newPools(network);
    if (shape === 'trending_pools/1') return this.#trending(network);
    if (shape === 'pools/3' && one === 'multi') return this.#manyPools(network, two ?? '');
    if (shape === 'tokens/3' && one === 'multi')
      return this.#ok(manyTokens(this.#market, this.#request, network, two ?? ''), network);
    if (kind === 'pools' && one !== undefined) return this.#inPool(network, one, path.length, two, three);
    if (shape === 'tokens/2') {
      return this.#ok(oneToken(this.#market, this.#request, network, this.#token(network, one ?? '')), network);
    }
    if (shape === 'tokens/3' && two === 'info') {
      return this.#ok({ data: tokenInfoResource(this.#token(network, one ?? '')) }, network);
    }
    throw notFound('path');
  }

  #inPool(
    network: Network,
    address: string,
    length: number,
    kind: string | undefined,
    timeframe: string | undefined,
  ): Answer {
    if (length === 4 && kind === 'ohlcv') {
      const answer = answerCandles(this.#market, this.#pool(network, address), timeframe ?? '', this.#request);
      return this.#ok(answer.body, network, answer.context);
    }
    if (length === 2) return this.#onePool(network, this.#pool(network, address));
    if (length === 3 && kind === 'trades') return this.#trades(network, this.#pool(network, address));
    if (length === 3 && kind === 'info') {
      const pool = this.#pool(network, address);
      return this.#ok({ data: [pool.base, pool.quote].map((token) => poolTokenInfoResource(token, pool.id)) }, network);
    }
    throw notFound('path');
  }

  #networks(): Answer {
    const all = this.#market.networks().map(networkResource);
    return this.#linked(all, NETWORKS_PER_PAGE, null);
  }

  #dexes(network: Network): Answer {
    return this.#linked(network.dexes.map(dexResource), NETWORKS_PER_PAGE, network);
  }

  #topPools(network: Network, dexId: string | null): Answer {
    const sort = this.#request.query.get('sort') ?? 'h24_tx_count_desc';
    const known = TOP_SORTS.find((option) => option === sort);
    if (known === undefined) {
      throw new ApiError(400, `Invalid sort option. Allowed values: ${TOP_SORTS.join(', ')}`);
    }
    return this.#poolPage(() => this.#market.topPools(network.id, dexId, known, this.#request.atS), network);
  }

  #newPools(network: Network | null): Answer {
    return this.#poolPage(() => this.#market.newPools(network?.id ?? null, this.#request.atS), network);
  }

  #trending(network: Network | null): Answer {
    const window = DURATIONS[this.#request.query.get('duration') ?? '24h'];
    if (window === undefined) {
      throw new ApiError(400, `Invalid duration. Allowed values: ${Object.keys(DURATIONS).join(', ')}`);
    }
    return this.#poolPage(() => this.#market.trendingPools(network?.id ?? null, window, this.#request.atS), network);
  }

  #search(): Answer {
    const { query, atS } = this.#request;
    const networkId = query.get('network');
    const network = networkId === null ? null : this.#network(networkId);
    const found = (): readonly Pool[] => this.#market.search(query.get('query') ?? '', network?.id ?? null, atS);
    return this.#poolPage(found, network, false);
  }

  #onePool(network: Network, pool: Pool): Answer {
    const data = poolResource(this.#view(pool), network.family, { withDetail: true });
    return this.#ok({ data, ...this.#included([pool]) }, network);
  }

  #manyPools(network: Network, list: string): Answer {
    const pools = readAddresses(list).flatMap(
      (address) => this.#market.pool(network.id, address, this.#request.atS) ?? [],
    );
    const data = pools.map((pool) => poolResource(this.#view(pool), network.family, { withDetail: true }));
    return this.#ok({ data, ...this.#included(pools) }, network);
  }

  #trades(network: Network, pool: Pool): Answer {
    const { query, atS } = this.#request;
    const token = query.get('token') ?? 'base';
    const isBase = token === 'base' || sameAddress(network.family, token, pool.base.address);
    if (!isBase && token !== 'quote' && !sameAddress(network.family, token, pool.quote.address)) {
      throw new ApiError(400, 'Provided token is invalid');
    }
    const minUsd = Number(query.get('trade_volume_in_usd_greater_than') ?? 0);
    const trades = this.#market.trades(pool, Number.isFinite(minUsd) ? minUsd : 0, MAX_TRADES, atS);
    return this.#ok(
      { data: trades.map((trade) => tradeResource(trade, pool, network, isBase ? 'base' : 'quote')) },
      network,
    );
  }

  /** A page of 20 pools. The page is checked before the list is made. Lists over all networks name each pool's network. */
  #poolPage(list: () => readonly Pool[], network: Network | null, withNetwork = network === null): Answer {
    const page = this.#page();
    if (page > LAST_PAGE) {
      throw new ApiError(
        401,
        `Your request exceeds the allowed max number for page (${LAST_PAGE}). Upgrade to Analyst plan or above to access more pages.`,
      );
    }
    const pools = list().slice((page - 1) * POOLS_PER_PAGE, page * POOLS_PER_PAGE);
    const data = pools.map((pool) =>
      poolResource(this.#view(pool), this.#network(pool.networkId).family, { withNetwork }),
    );
    return this.#ok({ data, ...this.#included(pools) }, network);
  }

  #linked(all: readonly Resource[], perPage: number, network: Network | null): Answer {
    const page = this.#page();
    const last = Math.max(1, Math.ceil(all.length / perPage));
    const path = `/api/v2/${this.#request.path.join('/')}?page=`;
    const links = {
      first: `${path}1`,
      prev: page > 1 ? `${path}${page - 1}` : null,
      next: page < last ? `${path}${page + 1}` : null,
      last: `${path}${last}`,
    };
    return this.#ok({ data: all.slice((page - 1) * perPage, page * perPage), links }, network);
  }

  #ok(body: JsonValue, network: Network | null, candles: CandleContext | null = null): Answer {
    return { status: 200, body, networkId: network?.id ?? null, candles };
  }

  #included(pools: readonly Pool[]): { readonly included?: readonly Resource[] } {
    const wanted = this.#wanted();
    return wanted.length === 0 ? {} : { included: includedFor(pools, wanted, this.#market) };
  }

  #wanted(): readonly string[] {
    return (this.#request.query.get('include') ?? '').split(',').filter((name) => name !== '');
  }

  #page(): number {
    const page = Number(this.#request.query.get('page') ?? 1);
    return Number.isInteger(page) && page > 0 ? page : 1;
  }

  #view(pool: Pool): PoolView {
    return this.#market.view(pool, this.#request.atS);
  }

  #network(id: string): Network {
    const network = this.#market.network(id);
    if (network === null) throw notFound('network');
    return network;
  }

  #dex(network: Network, id: string): string {
    if (!network.dexes.some((dex) => dex.id === id)) throw notFound('dex');
    return id;
  }

  #pool(network: Network, address: string): Pool {
    const pool = this.#market.pool(network.id, address, this.#request.atS);
    if (pool === null) throw notFound('pool');
    return pool;
  }

  #token(network: Network, address: string): Token {
    const token = this.#market.token(network.id, address, this.#request.atS);
    if (token === null) throw notFound('token');
    return token;
  }
}
