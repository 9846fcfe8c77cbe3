// GeckoTerminal as typed calls: what may be asked, and what comes back. Kept apart from the client so that parsers need only this.
import type { CandleRow, DexRow, PoolRow, Timeframe, TokenRow } from '../../../shared/domain/market';
import type { ApiHostSlice } from '../../../shared/contract/snapshot';
import type { RejectedRows } from '../../../shared/domain/collector';

export interface Parsed<Row> {
  readonly rows: readonly Row[];
  /** Entries in the answer, valid or not. */
  readonly fetched: number;
  readonly rejected: readonly RejectedRows[];
}

export interface PoolPage {
  readonly pools: Parsed<PoolRow>;
  /** Tokens and DEXes that the answer included. */
  readonly tokens: Parsed<TokenRow>;
  readonly dexes: Parsed<DexRow>;
  /** True when the source has no further page. */
  readonly isLast: boolean;
}

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
export interface GeckoTerminalClient {
  listDexes(networkId: string, signal: AbortSignal): Promise<Parsed<DexRow>>;
  /** `page` counts from 1; past the API's last page the answer is empty with `isLast`. */
  listTopPools(networkId: string, dexId: string, page: number, signal: AbortSignal): Promise<PoolPage>;
  /** Bars come oldest first, at most one per start time. */
  listCandles(request: CandleRequest, signal: AbortSignal): Promise<Parsed<CandleRow>>;
  /** Counters since the client was made, and the state of the host's rate limit. */
  status(): ApiHostSlice;
  /** Frees the connections; the client must not be used afterwards. */
  close(): Promise<void>;
}
