// The endpoints: typed questions out as URLs, validated rows in. Every URL has one spelling, because the service caches by URL.
import type { CandleRow, DexRow, TradeRow, TrendingWindow } from '../../../shared/domain/market';
import type { TokenInfoRow } from '../../../shared/domain/tokenFacts';
import type { Clock } from '../../../shared/util/clock';
import { SourceError } from '../http/sourceError';
import type { ApiCaller } from './apiCaller';
import {
  ADDRESSES_PER_CALL,
  type CandleRequest,
  type MarketSource,
  type NetworkPage,
  type Parsed,
  type PoolPage,
  type TokenPage,
  type TradeRequest,
} from '../marketSource';
import { addressOf } from './ids';
import { parseCandles } from './parseCandles';
import { parseDexes } from './parseDexes';
import { parseNetworks } from './parseNetworks';
import { parsePools } from './parsePools';
import type { ParseContext } from './parseResources';
import { parseTokenInfo, parseTokens } from './parseTokens';
import { parseTrades } from './parseTrades';

const CANDLES_PER_CALL_MAX = 1_000;
const WITH_TOKENS = 'include=base_token,quote_token,dex';

const NOTHING = { rows: [], fetched: 0, rejected: [] } as const;
const EMPTY_LAST_PAGE: PoolPage = { pools: NOTHING, tokens: NOTHING, dexes: NOTHING, blanked: [], isLast: true };

export class Endpoints implements MarketSource {
  readonly status: MarketSource['status'];
  readonly probeNow: MarketSource['probeNow'];
  readonly close: MarketSource['close'];
  readonly historyDays: number | null;
  readonly #baseUrl: string;
  readonly #lastPage: number;
  readonly #caller: ApiCaller;
  readonly #clock: Clock;

  constructor(
    baseUrl: string,
    lastPage: number,
    caller: ApiCaller,
    clock: Clock,
    connection: Pick<MarketSource, 'status' | 'probeNow' | 'close' | 'historyDays'>,
  ) {
    this.#baseUrl = baseUrl;
    this.#lastPage = lastPage;
    this.#caller = caller;
    this.#clock = clock;
    this.status = connection.status;
    this.probeNow = connection.probeNow;
    this.close = connection.close;
    this.historyDays = connection.historyDays;
  }

  async listNetworks(page: number, signal: AbortSignal): Promise<NetworkPage> {
    const answer = await this.#get(`/networks?page=${page}`, '/networks', signal);
    return parseNetworks(answer, this.#clock.wallMs());
  }

  async listDexes(networkId: string, signal: AbortSignal): Promise<Parsed<DexRow>> {
    const pages: Parsed<DexRow>[] = [];
    for (let page = 1; page <= this.#lastPage; page += 1) {
      const path = `/networks/${segment(networkId)}/dexes?page=${page}`;
      const answer = await this.#get(path, '/networks/{network}/dexes', signal);
      const list = parseDexes(answer, this.#observed(networkId));
      pages.push(list.dexes);
      if (!list.hasNext) break;
    }
    return joinPages(pages);
  }

  listTopPools(networkId: string, dexId: string, page: number, signal: AbortSignal): Promise<PoolPage> {
    const template = '/networks/{network}/dexes/{dex}/pools';
    const query = `${WITH_TOKENS}&page=${page}&sort=h24_volume_usd_desc`;
    return this.#poolPage(networkId, `/dexes/${segment(dexId)}/pools`, query, template, page, signal);
  }

  listNewPools(networkId: string, page: number, signal: AbortSignal): Promise<PoolPage> {
    return this.#poolPage(
      networkId,
      '/new_pools',
      `${WITH_TOKENS}&page=${page}`,
      '/networks/{network}/new_pools',
      page,
      signal,
    );
  }

  listTrendingPools(networkId: string, window: TrendingWindow, page: number, signal: AbortSignal): Promise<PoolPage> {
    const template = '/networks/{network}/trending_pools';
    return this.#poolPage(
      networkId,
      '/trending_pools',
      `duration=${window}&${WITH_TOKENS}&page=${page}`,
      template,
      page,
      signal,
    );
  }

  async listPoolsByAddress(networkId: string, addresses: readonly string[], signal: AbortSignal): Promise<PoolPage> {
    const path = `/networks/${segment(networkId)}/pools/multi/${addressList(addresses, networkId)}?${WITH_TOKENS}`;
    const answer = await this.#get(path, '/networks/{network}/pools/multi/{addresses}', signal);
    return { ...parsePools(answer, this.#observed(networkId)), isLast: true };
  }

  async listTokensByAddress(networkId: string, addresses: readonly string[], signal: AbortSignal): Promise<TokenPage> {
    const path = `/networks/${segment(networkId)}/tokens/multi/${addressList(addresses, networkId)}`;
    const answer = await this.#get(path, '/networks/{network}/tokens/multi/{addresses}', signal);
    return parseTokens(answer, this.#observed(networkId));
  }

  async describeToken(networkId: string, address: string, signal: AbortSignal): Promise<Parsed<TokenInfoRow>> {
    const path = `/networks/${segment(networkId)}/tokens/${ownSegment(address, networkId)}/info`;
    const answer = await this.#get(path, '/networks/{network}/tokens/{token}/info', signal);
    return parseTokenInfo(answer, this.#observed(networkId));
  }

  async listTrades(request: TradeRequest, signal: AbortSignal): Promise<Parsed<TradeRow>> {
    const { networkId, poolAddress, minVolumeUsd } = request;
    const path = `/networks/${segment(networkId)}/pools/${ownSegment(poolAddress, networkId)}/trades`;
    const query = `token=base&trade_volume_in_usd_greater_than=${minVolumeUsd}`;
    const answer = await this.#get(`${path}?${query}`, '/networks/{network}/pools/{pool}/trades', signal);
    return parseTrades(answer, request, this.#clock.wallMs());
  }

  async listCandles(request: CandleRequest, signal: AbortSignal): Promise<Parsed<CandleRow>> {
    const pool = ownSegment(request.poolAddress, request.networkId);
    const path = `/networks/${segment(request.networkId)}/pools/${pool}/ohlcv/${request.timeframe}`;
    const before = request.beforeS === null ? '' : `&before_timestamp=${request.beforeS}`;
    const limit = Math.min(request.limit, CANDLES_PER_CALL_MAX);
    const query = `aggregate=${request.aggregate}${before}&currency=${request.currency}&limit=${limit}&token=${request.side}`;
    const template = '/networks/{network}/pools/{pool}/ohlcv/{timeframe}';
    const answer = await this.#get(`${path}?${query}`, template, signal);
    return parseCandles(answer, request, this.#clock.wallMs());
  }

  async #poolPage(
    networkId: string,
    list: string,
    query: string,
    template: string,
    page: number,
    signal: AbortSignal,
  ): Promise<PoolPage> {
    if (page > this.#lastPage) return EMPTY_LAST_PAGE;
    try {
      const path = `/networks/${segment(networkId)}${list}?${query}`;
      const pools = parsePools(await this.#get(path, template, signal), this.#observed(networkId));
      return page === this.#lastPage ? { ...pools, isLast: true } : pools;
    } catch (error) {
      // On page 1 it cannot be about pages: then the caller must hear of it.
      if (error instanceof SourceError && error.class === 'page_limit' && page > 1) return EMPTY_LAST_PAGE;
      throw error;
    }
  }

  #get(path: string, template: string, signal: AbortSignal): Promise<unknown> {
    return this.#caller.call(`${this.#baseUrl}${path}`, template, signal);
  }

  /** The data carries no time of its own, and answers about one network do not repeat it. */
  #observed(networkId: string): ParseContext {
    return { networkId, observedAtMs: this.#clock.wallMs() };
  }
}

function segment(id: string): string {
  return encodeURIComponent(id);
}

/** The address itself, whatever prefix its id carries. */
function ownSegment(idOrAddress: string, networkId: string): string {
  const address = addressOf(idOrAddress, networkId);
  if (address === null) throw new SourceError('bad_request', 'Something was asked for without an address.');
  return segment(address);
}

/** Sorted, so that the same question has the same URL. */
function addressList(addresses: readonly string[], networkId: string): string {
  if (addresses.length === 0 || addresses.length > ADDRESSES_PER_CALL)
    throw new SourceError(
      'bad_request',
      `One call takes 1 to ${ADDRESSES_PER_CALL} addresses, not ${addresses.length}.`,
    );
  return addresses
    .map((address) => ownSegment(address, networkId))
    .sort()
    .join(',');
}

function joinPages<Row>(pages: readonly Parsed<Row>[]): Parsed<Row> {
  return {
    rows: pages.flatMap(({ rows }) => rows),
    fetched: pages.reduce((sum, { fetched }) => sum + fetched, 0),
    rejected: pages.flatMap(({ rejected }) => rejected),
  };
}
