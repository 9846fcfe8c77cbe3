// GeckoTerminal and CoinGecko serve the same data under the same paths. What differs between the hosts is said here and nowhere else.
import type { SourceErrorClass } from '../http/sourceError';

/** What a host said was wrong, in either of its two shapes. */
export interface Complaint {
  readonly code: number;
  readonly text: string;
}

export interface Refusal {
  readonly class: Extract<SourceErrorClass, 'page_limit' | 'unauthorised'>;
  /** What the person can do about it, as a whole sentence; null where the host's own words say enough. */
  readonly advice: string | null;
}

export interface Dialect {
  readonly accept: string;
  /** The last page of a list that the host shows; it says so, too, but only for the price of a call. */
  readonly lastPage: number;
  /** What a refusal with this HTTP status, or with this code under a 200, means here; null where HTTP's own meaning holds. */
  refusal(status: number, complaint: Complaint | null): Refusal | null;
  /** Words for a refusal that is about who asks. */
  readonly refusedWords: string;
}

/** What both hosts say, under a 401, beyond the last page or the oldest bar of a plan. */
export const PLAN_LIMIT = /max number for page|past \d+ days/i;

export const KEYLESS: Dialect = {
  accept: 'application/json;version=20230302',
  lastPage: 10,
  // There is no key to be wrong: it can only be about how far one may look.
  refusal: (status) => (status === 401 ? { class: 'page_limit', advice: null } : null),
  refusedWords: 'refused the call',
};
