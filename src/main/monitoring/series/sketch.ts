// How often values of which size occurred, in logarithmic steps: quantiles at most 2 % off, and two sketches add up to that of all
// their values, which averages of percentiles never do.

const ALPHA = 0.02;
const LOG_GAMMA = Math.log((1 + ALPHA) / (1 - ALPHA));
/** Smaller values are as good as 0 for everything that is measured here. */
const SMALLEST = 1e-6;

export class Sketch {
  /** Values that are 0, or below: what is kept of readings is not negative. */
  zeros = 0;
  readonly counts = new Map<number, number>();

  add(value: number, count = 1): void {
    if (value < SMALLEST) this.zeros += count;
    else this.addAt(stepOf(value), count);
  }

  addAt(step: number, count: number): void {
    this.counts.set(step, (this.counts.get(step) ?? 0) + count);
  }

  merge(other: Sketch): void {
    this.zeros += other.zeros;
    for (const [step, count] of other.counts) this.addAt(step, count);
  }

  /** The value that `fraction` (0 to 1) of all do not exceed, within 2 %; 0 when there is none. */
  quantile(fraction: number): number {
    let count = this.zeros;
    for (const more of this.counts.values()) count += more;
    const rank = Math.max(1, Math.ceil(fraction * count));
    let seen = this.zeros;
    if (seen >= rank || count === 0) return 0;
    for (const [step, more] of this.inOrder()) {
      seen += more;
      if (seen >= rank) return middleOf(step);
    }
    return 0;
  }

  inOrder(): readonly (readonly [step: number, count: number])[] {
    return [...this.counts].sort(([a], [b]) => a - b);
  }
}

/** Step k holds the values above γ^(k-1) up to γ^k. */
function stepOf(value: number): number {
  return Math.ceil(Math.log(value) / LOG_GAMMA);
}

/** As far from the lower end of the step as from the upper one, in proportion. */
function middleOf(step: number): number {
  const upper = Math.exp(step * LOG_GAMMA);
  return upper * (1 - ALPHA);
}
