// The collected data as rows. Prices and amounts are plain decimal strings (never floats), times say their unit.
// `null` means "the source did not say"; it never overwrites a stored value.

/** A decimal number in plain notation, for example "0.00001613691542742065". */
export type Decimal = string;

export interface DexRow {
  readonly networkId: string;
  /** The source's own id; opaque, for example "raydium-clmm". */
  readonly dexId: string;
  readonly name: string | null;
  readonly observedAtMs: number;
}

export interface TokenRow {
  /** `<network>_<address>` */
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly symbol: string | null;
  readonly name: string | null;
  readonly decimals: number | null;
  readonly observedAtMs: number;
}

export interface PoolRow {
  /** `<network>_<address>` */
  readonly id: string;
  readonly networkId: string;
  readonly dexId: string;
  readonly address: string;
  readonly name: string | null;
  readonly baseTokenId: string | null;
  readonly quoteTokenId: string | null;
  readonly createdAtMs: number | null;
  readonly basePriceUsd: Decimal | null;
  readonly quotePriceUsd: Decimal | null;
  readonly reserveUsd: Decimal | null;
  readonly fdvUsd: Decimal | null;
  readonly marketCapUsd: Decimal | null;
  readonly volumeUsdH1: Decimal | null;
  readonly volumeUsdH24: Decimal | null;
  readonly changePctM5: Decimal | null;
  readonly changePctH1: Decimal | null;
  readonly changePctH24: Decimal | null;
  readonly buysH24: number | null;
  readonly sellsH24: number | null;
  readonly observedAtMs: number;
}

export const TIMEFRAMES = ['minute', 'hour', 'day'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

export interface CandleRow {
  readonly poolId: string;
  readonly timeframe: Timeframe;
  readonly aggregate: number;
  /** Whose price the bar holds: the pool's base or quote token. */
  readonly side: 'base' | 'quote';
  readonly currency: 'usd' | 'token';
  /** Start of the bar, seconds since the Unix epoch, UTC, aligned to the bar. */
  readonly startsAtS: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
  readonly observedAtMs: number;
}
