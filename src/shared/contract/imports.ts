// What an import is asked to do and what it answers: the same report whether it only looked or also stored.
import type { TableName } from './tables';

export interface ImportArgs {
  /** Network of ids that do not name one; null takes the only network that the source names, if it names just one. */
  readonly networkId: string | null;
  /** By how much the source's trade times are ahead of UTC; null finds out from the trades themselves. */
  readonly tradeOffsetMinutes: number | null;
}

/** Where to import from. A window asks the person, and may come back to what was previewed; only the command line names paths. */
export type ImportPlace =
  | { readonly kind: 'ask'; readonly what: 'file' | 'folder' }
  | { readonly kind: 'previewed'; readonly previewId: string }
  | { readonly kind: 'path'; readonly path: string };

export interface ImportFinding {
  readonly reason: string;
  /** Rows, not values. */
  readonly count: number;
  /** A few of them: which row, and what was wrong. */
  readonly samples: readonly string[];
}

export interface ImportedTable {
  /** Its name in the source. */
  readonly from: string;
  /** Null when Poolwatch has no place for it. */
  readonly into: TableName | null;
  /** read = accepted + duplicates + rejected */
  readonly read: number;
  readonly accepted: number;
  /** The same thing told before in this source. */
  readonly duplicates: number;
  /** Among the accepted. */
  readonly repaired: readonly ImportFinding[];
  readonly rejected: readonly ImportFinding[];
}

export interface ImportReport {
  readonly tables: readonly ImportedTable[];
  /** What concerns the source as a whole, in sentences. */
  readonly notes: readonly string[];
}

export interface ImportOutcome extends ImportReport {
  /**
   * What the database did with the accepted rows; `unchanged` ones were there already, `waiting` ones are kept until a database
   * that is locked now can take them.
   */
  readonly stored: {
    readonly inserted: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly waiting: number;
  };
}
