// What one run says about the quality of the data it brought.

/** How many of a table's rows have a value in one field. */
export interface FieldCompleteness {
  readonly table: string;
  readonly field: string;
  readonly filled: number;
  readonly rows: number;
}

export const SANITY_KINDS = ['price_jump', 'reserve_jump', 'volume_jump', 'volume_beyond_reserve', 'bar_jump'] as const;
export type SanityKind = (typeof SANITY_KINDS)[number];

/** Something that is hard to believe. The row was stored all the same: only a person can tell. */
export interface SanityFlag {
  readonly kind: SanityKind;
  /** For example the name or the id of a pool. */
  readonly subject: string;
  /** One sentence. */
  readonly detail: string;
}

/** What one run says about its data. */
export interface RunQuality {
  readonly completeness: readonly FieldCompleteness[];
  /** The newest moment that the data speaks of; null when it speaks of none. */
  readonly newestDataAtMs: number | null;
  readonly flagged: number;
  /** The first few of them. */
  readonly flags: readonly SanityFlag[];
}
