// What is usual, from a few earlier values. Pure. Where values differ too much from each other nothing is usual, and nothing can be
// unusual.

/** Earlier values that count. */
export const USUAL_OF = 20;
const ENOUGH = 5;
/** Median deviation from the median, as a share of it, beyond which there is no usual value. */
const STEADY_SHARE = 0.3;

/** The median of up to `USUAL_OF` earlier values; null when they are too few, not positive, or too unlike each other. */
export function usual(values: readonly number[]): number | null {
  if (values.length < ENOUGH) return null;
  const middle = median(values);
  const spread = median(values.map((value) => Math.abs(value - middle)));
  return middle > 0 && spread <= middle * STEADY_SHARE ? middle : null;
}

/** 0 without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
