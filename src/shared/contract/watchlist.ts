// Orders about the watchlist, and what came of a file.
import type { WatchlistItem } from '../domain/watchlist';

export interface WatchlistAddArgs {
  readonly networkId: string;
  /** Of the pool; with or without the network in front. */
  readonly address: string;
  readonly symbol: string | null;
  readonly name: string | null;
  readonly dexId: string | null;
  /** The token to follow; null follows the pool's base token. */
  readonly tokenAddress: string | null;
  readonly groups: readonly string[];
  readonly note: string;
}

/** What is left out stays as it is. */
export interface WatchlistUpdateArgs {
  readonly id: string;
  readonly symbol?: string | undefined;
  readonly name?: string | undefined;
  readonly tokenAddress?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly active?: boolean | undefined;
}

export interface WatchlistListArgs {
  readonly activeOnly: boolean;
  /** Only entries of this group; null for all. */
  readonly group: string | null;
  /** Matches symbol, name, pool name or address, case-insensitively; null for all. */
  readonly search: string | null;
}

export interface WatchlistList {
  readonly items: readonly WatchlistItem[];
  /** Every group that an entry is in, sorted. */
  readonly groups: readonly string[];
}

export interface CsvProblem {
  /** Line of the file where the row begins, counted from 1. */
  readonly line: number;
  /** Heading of the column; null when the row as a whole is meant. */
  readonly column: string | null;
  /** `rejected`: the row was not taken. `repaired`: it was, with this changed. */
  readonly severity: 'rejected' | 'repaired';
  /** One sentence. */
  readonly problem: string;
}

export interface WatchlistImportReport {
  /** Rows with anything in them. */
  readonly rows: number;
  readonly blankRows: number;
  readonly added: number;
  /** Was on the list: something new was filled in, or it had been removed and is followed again. */
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly problems: readonly CsvProblem[];
}
