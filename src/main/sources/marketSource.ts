// A source of market data as typed calls: what may be asked, and what comes back. Collectors know this and no source by name.
import type {
  CandleRow,
  Decimal,
  DexRow,
  NetworkRow,
  PoolRow,
  Timeframe,
  TokenRow,
  TradeRow,
  TrendingWindow,
} from '../../shared/domain/market';
import type { TokenDetailRow, TokenInfoRow } from '../../shared/domain/tokenFacts';
import type { ApiHostSlice } from '../../shared/contract/snapshot';
import type { RejectedRows } from '../../shared/domain/collector';

export interface Parsed<Row> {
  readonly rows: readonly Row[];
  /** Entries in the answer, valid or not. */
  readonly fetched: number;
  readonly rejected: readonly RejectedRows[];
}

export interface NetworkPage {
  readonly networks: Parsed<NetworkRow>;
  readonly isLast: boolean;
}

export interface PoolPage {
  readonly pools: Parsed<PoolRow>;
  /** Tokens and DEXes that the answer included. */
  readonly tokens: Parsed<TokenRow>;
  readonly dexes: Parsed<DexRow>;
  /** Figures that were no numbers and are therefore left blank, by what they should have been. Their rows are kept. */
  readonly blanked: readonly RejectedRows[];
  /** True when the source has no further page. */
  readonly isLast: boolean;
}

/** The same entries twice: who the token is, and how it does. */
export interface TokenPage {
  readonly tokens: Parsed<TokenRow>;
  readonly details: Parsed<TokenDetailRow>;
}

export interface TradeRequest {
  readonly networkId: string;
  readonly poolAddress: string;
  /** To tell from the tokens that moved what was a purchase; null trusts the source's word for it. */
  readonly baseTokenAddress: string | null;
  /** USD; smaller trades are left out by the source. */
  readonly minVolumeUsd: Decimal;
}

/** Entries in one call by addresses, and trades in one answer: limits of the API. */
export const ADDRESSES_PER_CALL = 30;
export const TRADES_PER_CALL = 300;

export interface CandleRequest {
  readonly networkId: string;
  readonly poolAddress: string;
  readonly timeframe: Timeframe;
  readonly aggregate: number;
  readonly side: 'base' | 'quote';
  readonly currency: 'usd' | 'token';
  /** Only bars that start before this time, seconds since the epoch; null for the newest. */
  readonly beforeS: number | null;
  readonly limit: number;
}

/** Every call waits for its turn in the host's rate limit, and rejects with a SourceError. */
export interface MarketSource {
  /** `page` counts from 1. */
  listNetworks(page: number, signal: AbortSignal): Promise<NetworkPage>;
  listDexes(networkId: string, signal: AbortSignal): Promise<Parsed<DexRow>>;
  /** `page` counts from 1; past the API's last page the answer is empty with `isLast`. */
  listTopPools(networkId: string, dexId: string, page: number, signal: AbortSignal): Promise<PoolPage>;
  /** Newest first. The API shows the 200 newest of the last 48 hours. */
  listNewPools(networkId: string, page: number, signal: AbortSignal): Promise<PoolPage>;
  listTrendingPools(networkId: string, window: TrendingWindow, page: number, signal: AbortSignal): Promise<PoolPage>;
  /** At most ADDRESSES_PER_CALL; what the source does not know is missing from the answer. */
  listPoolsByAddress(networkId: string, addresses: readonly string[], signal: AbortSignal): Promise<PoolPage>;
  listTokensByAddress(networkId: string, addresses: readonly string[], signal: AbortSignal): Promise<TokenPage>;
  /** Rejects with `not_found` when the source knows nothing about the token. */
  describeToken(networkId: string, address: string, signal: AbortSignal): Promise<Parsed<TokenInfoRow>>;
  /** The newest TRADES_PER_CALL of the last 24 hours, oldest first. */
  listTrades(request: TradeRequest, signal: AbortSignal): Promise<Parsed<TradeRow>>;
  /** Bars come oldest first, at most one per start time. */
  listCandles(request: CandleRequest, signal: AbortSignal): Promise<Parsed<CandleRow>>;
  /** How far back candles can be asked for; null without a limit. */
  readonly historyDays: number | null;
  /** Counters since the client was made, and the state of the host's rate limit. */
  status(): ApiHostSlice;
  /** Has a host that is down asked at once; false when it is not down, or is being asked already. */
  probeNow(): boolean;
  /** Frees the connections; the client must not be used afterwards. */
  close(): Promise<void>;
}
