// GeckoTerminal as typed calls: one method per endpoint, validated rows out, SourceError on failure.
import type { CandleRow, DexRow, PoolRow, Timeframe, TokenRow } from '../../../shared/domain/market';
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
  readonly tokens: readonly TokenRow[];
  readonly dexes: readonly DexRow[];
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
  listCandles(request: CandleRequest, signal: AbortSignal): Promise<Parsed<CandleRow>>;
  /** Counters since the client was made, and the state of the host's rate limit. */
  status(): HostStatus;
}

export interface HostStatus {
  readonly host: string;
  readonly callsPerMinute: number;
  readonly callsInWindow: number;
  readonly waiting: number;
  readonly throttledUntilMs: number | null;
  readonly calls: number;
  readonly throttles: number;
  readonly errors: number;
}
