// The things of the market: networks, DEXes, tokens, pools. Plain descriptions; what happens over time is computed elsewhere.
import type { AddressFamily } from './addresses';
import type { PricePath } from './pricePath';

export const SECONDS_PER_HOUR = 3600;
export const SECONDS_PER_DAY = 86_400;

export interface Dex {
  readonly id: string;
  readonly name: string;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly platformId: string | null;
  readonly family: AddressFamily;
  readonly blockSeconds: number;
  readonly dexes: readonly Dex[];
}

interface Launchpad {
  readonly graduatedAtS: number | null;
  readonly graduatedPoolAddress: string | null;
}

export interface Token {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  /** In whole tokens. */
  readonly supply: number;
  /** Part of the supply that circulates; null when nobody says, as for most tokens. */
  readonly circulating: number | null;
  readonly coinId: string | null;
  readonly path: PricePath;
  /** For tokens that started on a bonding curve. */
  readonly launchpad: Launchpad | null;
}

/** How often a pool trades. */
export type Activity =
  /** Round the clock, with busy and quiet hours. */
  | { readonly kind: 'steady'; readonly tradesPerHour: number }
  /** A crowd that thins out: `trades` in all, most of them within `decayS` of the start. */
  | { readonly kind: 'launch'; readonly trades: number; readonly decayS: number };

export interface Pool {
  /** Seed of the pool's random streams. */
  readonly key: number;
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly dex: Dex;
  readonly base: Token;
  readonly quote: Token;
  /** A third token makes the pool one that has no candles. */
  readonly extra: Token | null;
  readonly feePct: number | null;
  /** First possible trade, seconds since the epoch. */
  readonly bornAtS: number;
  /** After this nobody trades any more; Infinity for living pools. */
  readonly endsAtS: number;
  /** False for pools so old that the source does not know their age. */
  readonly birthKnown: boolean;
  readonly activity: Activity;
  readonly tradeUsd: { readonly median: number; readonly sigma: number };
  /** Relative distance between what a buyer pays and the middle price. */
  readonly halfSpread: number;
  /** How many different wallets trade here; a multiple of 32. */
  readonly wallets: number;
  /** Liquidity at the long-run price, US dollars. */
  readonly depthUsd: number;
  /** When the liquidity was pulled, if ever. */
  readonly ruggedAtS: number | null;
  /** True when the source cannot tell the fully diluted value. */
  readonly fdvUnknown: boolean;
}
