// The collected data as rows. Prices and amounts are plain decimal strings (never floats), times say their unit.
// `null` means "the source did not say"; it never overwrites a stored value.

/** A decimal number in plain notation, for example "0.00001613691542742065". */
export type Decimal = string;

export interface NetworkRow {
  /** The source's own id, for example "eth" or "polygon_pos". */
  readonly networkId: string;
  readonly name: string | null;
  /** What CoinGecko calls the same chain, for example "ethereum". */
  readonly coingeckoPlatformId: string | null;
  readonly observedAtMs: number;
}

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

/** What moves in a pool. Windows end at the observation; a pool younger than a window repeats the same figure in it. */
export interface PoolFigures {
  readonly basePriceUsd: Decimal | null;
  readonly quotePriceUsd: Decimal | null;
  /** What both tokens in the pool are worth. */
  readonly reserveUsd: Decimal | null;
  /** Price times total supply; never to be shown as market capitalisation, which is `marketCapUsd`. */
  readonly fdvUsd: Decimal | null;
  readonly marketCapUsd: Decimal | null;
  readonly volumeUsdM5: Decimal | null;
  readonly volumeUsdH1: Decimal | null;
  readonly volumeUsdH6: Decimal | null;
  readonly volumeUsdH24: Decimal | null;
  readonly changePctM5: Decimal | null;
  readonly changePctH1: Decimal | null;
  readonly changePctH6: Decimal | null;
  readonly changePctH24: Decimal | null;
  readonly buysH1: number | null;
  readonly sellsH1: number | null;
  readonly buysH24: number | null;
  readonly sellsH24: number | null;
  /** Different wallets that bought or sold. */
  readonly buyersH24: number | null;
  readonly sellersH24: number | null;
}

export interface PoolRow extends PoolFigures {
  /** `<network>_<address>` */
  readonly id: string;
  readonly networkId: string;
  readonly dexId: string;
  readonly address: string;
  readonly name: string | null;
  readonly baseTokenId: string | null;
  readonly quoteTokenId: string | null;
  readonly createdAtMs: number | null;
  /** Only where one pool or a few by address were asked for. */
  readonly feePct: Decimal | null;
  readonly lockedLiquidityPct: Decimal | null;
  readonly observedAtMs: number;
}

/** A swap. Its identity is pool, transaction and log index; the source's own id also holds the time of its arrival, which varies. */
export interface TradeRow {
  readonly poolId: string;
  readonly txHash: string;
  readonly logIndex: number;
  readonly blockNumber: number;
  /** UTC. */
  readonly blockAtMs: number;
  /** Seen from the pool's base token. */
  readonly kind: 'buy' | 'sell';
  /** The token that the trader gave, and the one that the trader got. */
  readonly fromTokenAddress: string;
  readonly toTokenAddress: string;
  readonly fromAmount: Decimal;
  readonly toAmount: Decimal;
  /** Price of the base token, whichever way it went. */
  readonly priceUsd: Decimal | null;
  /** The same price in the pool's quote token. */
  readonly priceQuote: Decimal | null;
  readonly quotePriceUsd: Decimal | null;
  readonly volumeUsd: Decimal | null;
  readonly sender: string | null;
  readonly observedAtMs: number;
}

/** Windows in which a pool can be trending. */
export const TRENDING_WINDOWS = ['5m', '1h', '6h', '24h'] as const;
export type TrendingWindow = (typeof TRENDING_WINDOWS)[number];

export const TIMEFRAMES = ['second', 'minute', 'hour', 'day'] as const;
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
