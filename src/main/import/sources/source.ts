// What every kind of source offers: its rows, as often as wanted, in the same order.
import type { SourceRecord } from '../cells';

export interface SourceRow {
  /** The table or file it comes from. */
  readonly from: string;
  /** Counted from 1 within the table or file; a heading does not count. */
  readonly position: number;
  readonly cells:
    | { readonly kind: 'record'; readonly record: SourceRecord }
    | { readonly kind: 'unreadable'; readonly reason: string; readonly found: string };
}

export interface ImportSource {
  /** The same for the same content. */
  readonly fingerprint: string;
  rows(): AsyncIterable<SourceRow>;
  /** What came to light while reading, in sentences. */
  notes(): readonly string[];
}

/** A source that cannot be read at all; the message is for a person. */
export class SourceRefusal extends Error {}
