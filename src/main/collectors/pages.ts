// Builds the pages that collectors yield: the arithmetic of fetched, valid and rejected in one place.
import type { TableRows } from '../../shared/contract/tables';
import type { RejectedRows } from '../../shared/domain/collector';
import type { Parsed } from '../sources/marketSource';
import type { CollectedPage } from './collector';

/**
 * A page made of what was parsed. `turnedAway` are rows that are valid but not wanted: they stay counted as valid,
 * and are named among the rejected.
 */
export function pageOf(
  parsed: readonly Parsed<unknown>[],
  parts: readonly TableRows[],
  turnedAway: readonly RejectedRows[] = [],
): CollectedPage {
  const invalid = parsed.flatMap(({ rejected }) => rejected);
  const fetched = parsed.reduce((sum, part) => sum + part.fetched, 0);
  const valid = fetched - invalid.reduce((sum, { count }) => sum + count, 0);
  return { parts, fetched, valid, rejected: [...invalid, ...turnedAway], shortfall: null };
}

/** A page that only says which part of the run could not be had. */
export function shortfallPage(shortfall: string): CollectedPage {
  return { parts: [], fetched: 0, valid: 0, rejected: [], shortfall };
}
