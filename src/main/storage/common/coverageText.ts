// How the coverage of a series is kept in one column: a JSON array of [from, to] pairs in seconds, sorted and disjoint. Pure.
import type { Range } from '../../../shared/util/ranges';

export function rangesText(ranges: readonly Range[]): string {
  return JSON.stringify(ranges.map(({ from, to }) => [from, to]));
}

/** What cannot be read counts as nothing: it is asked for again. */
export function rangesOf(text: string | undefined): readonly Range[] {
  if (text === undefined) return [];
  try {
    const pairs: unknown = JSON.parse(text);
    return Array.isArray(pairs) ? pairs.flatMap(toRange) : [];
  } catch {
    return [];
  }
}

function toRange(pair: unknown): readonly Range[] {
  const [from, to] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) ? [{ from: Number(from), to: Number(to) }] : [];
}
