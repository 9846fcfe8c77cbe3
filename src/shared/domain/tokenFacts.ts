// What is known about a token beyond its name: market figures, and what people say about it. The second part is written by
// strangers, wherever it is shown. Nested values are JSON text; flags are 1, 0 or null for "not told".
import type { Decimal } from './market';

export interface TokenDetailRow {
  /** `<network>_<address>` */
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly priceUsd: Decimal | null;
  readonly fdvUsd: Decimal | null;
  readonly marketCapUsd: Decimal | null;
  /** In whole tokens, not in base units. */
  readonly totalSupply: Decimal | null;
  /** Worth of the token in all its pools. */
  readonly reserveUsd: Decimal | null;
  readonly volumeUsdH24: Decimal | null;
  readonly imageUrl: string | null;
  readonly coingeckoId: string | null;
  /** How far a launchpad token has come, 0 to 100, when it was done, and the pool that it moved to then. */
  readonly graduationPct: Decimal | null;
  readonly graduatedAtMs: number | null;
  readonly migratedPoolId: string | null;
  readonly lastTradeAtMs: number | null;
  readonly observedAtMs: number;
}

export interface TokenInfoRow {
  /** `<network>_<address>` */
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly description: string | null;
  readonly imageUrl: string | null;
  /** JSON array of addresses. */
  readonly websites: string | null;
  readonly discordUrl: string | null;
  readonly farcasterUrl: string | null;
  readonly zoraUrl: string | null;
  readonly telegramHandle: string | null;
  readonly twitterHandle: string | null;
  /** JSON array of words. */
  readonly categories: string | null;
  readonly gtScore: Decimal | null;
  /** JSON object: part of the score → number. */
  readonly gtScoreDetails: string | null;
  readonly gtVerified: number | null;
  readonly holders: number | null;
  /** JSON object: group of holders → percentage as decimal text. */
  readonly holderDistribution: string | null;
  readonly holdersAtMs: number | null;
  /** Whether somebody can still mint or freeze; null on chains that have no such thing. */
  readonly mintAuthority: number | null;
  readonly freezeAuthority: number | null;
  readonly isHoneypot: number | null;
  readonly developerAddress: string | null;
  readonly developerHoldingPct: Decimal | null;
  readonly metadataAtMs: number | null;
  readonly observedAtMs: number;
}
