// The pools that a person follows, or that were added for their score. Removing one keeps it, inactive, together with its data.
import type { PoolRow } from './market';

export const ADDED_BY = ['manual', 'import', 'auto'] as const;
export type AddedBy = (typeof ADDED_BY)[number];

export interface WatchlistRow {
  /** `<network>_<address>` of the pool. */
  readonly id: string;
  readonly networkId: string;
  /** Of the pool. */
  readonly address: string;
  /** The followed token's, as the person knows it. */
  readonly symbol: string | null;
  readonly name: string | null;
  readonly dexId: string | null;
  /** The followed token: its price is the one that bars are collected of. Null follows the pool's base token. */
  readonly tokenAddress: string | null;
  /** JSON array of names, sorted. */
  readonly groups: string;
  readonly note: string;
  /** 1 or 0. */
  readonly active: number;
  readonly addedBy: AddedBy;
  readonly addedAtMs: number;
  /** Of the signal that added it, 0 to 100; null when a person did. */
  readonly score: number | null;
  /** JSON array of sentences: why it was added by itself. */
  readonly reasons: string | null;
  readonly updatedAtMs: number;
}

type Figures = Pick<
  PoolRow,
  'baseTokenId' | 'quoteTokenId' | 'basePriceUsd' | 'quotePriceUsd' | 'reserveUsd' | 'volumeUsdH24' | 'changePctH24'
>;

/** An entry with what is known of its pool; all null until the pool has been collected. */
export interface WatchlistItem extends WatchlistRow, Figures {
  readonly poolName: string | null;
  readonly poolCreatedAtMs: number | null;
  readonly poolObservedAtMs: number | null;
}

/** A pool that scored high and is not on the list, neither active nor removed. */
export interface WatchCandidate {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly dexId: string;
  readonly baseTokenId: string | null;
  readonly symbol: string | null;
  readonly name: string | null;
  readonly score: number;
  /** JSON array of sentences. */
  readonly reasons: string;
}

/** Which side of the pool the followed token is. */
export function followedSide(
  networkId: string,
  tokenAddress: string | null,
  { baseTokenId, quoteTokenId }: { readonly baseTokenId: string | null; readonly quoteTokenId: string | null },
): 'base' | 'quote' {
  if (tokenAddress === null) return 'base';
  const tokenId = `${networkId}_${tokenAddress}`;
  return tokenId === quoteTokenId && tokenId !== baseTokenId ? 'quote' : 'base';
}

/** The groups of an entry; none when the text holds no list. */
export function parseGroups(groups: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(groups);
    return Array.isArray(list) ? list.filter((group): group is string => typeof group === 'string') : [];
  } catch {
    return [];
  }
}

/** Sorted, each once: the same groups have one spelling. */
export function groupsText(groups: readonly string[]): string {
  return JSON.stringify([...new Set(groups)].sort());
}
