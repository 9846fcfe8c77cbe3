// How often values of which size occurred, in logarithmic steps: quantiles at most 2 % off, and two sketches add up to that of all
// their values, which averages of percentiles never do.

const ALPHA = 0.02;
const LOG_GAMMA = Math.log((1 + ALPHA) / (1 - ALPHA));
/** Smaller values are as good as 0 for everything that is measured here. */
const SMALLEST = 1e-6;

export class Sketch {
  /** Values that are 0, or below: what is kept of readings is not negative. */
  zeros = 0;
  /** Counts of neighbouring steps, from `#first` on: dense, because merging thousands of sketches is what a chart is made of. */
  #counts: number[] = [];
  #first = 0;

  add(value: number, count = 1): void {
    if (value < SMALLEST) this.zeros += count;
    else this.addAt(stepOf(value), count);
  }

  addAt(step: number, count: number): void {
    if (this.#counts.length === 0) this.#first = step;
    if (step < this.#first) {
      this.#counts = [...Array.from({ length: this.#first - step }, () => 0), ...this.#counts];
      this.#first = step;
    }
    const index = step - this.#first;
    while (this.#counts.length <= index) this.#counts.push(0);
    this.#counts[index] = (this.#counts[index] ?? 0) + count;
  }

  merge(other: Sketch): void {
    this.zeros += other.zeros;
    for (let index = 0; index < other.#counts.length; index += 1) {
      const count = other.#counts[index] ?? 0;
      if (count > 0) this.addAt(other.#first + index, count);
    }
  }

  /** The value that `fraction` (0 to 1) of all do not exceed, within 2 %; 0 when there is none. */
  quantile(fraction: number): number {
    let count = this.zeros;
    for (let index = 0; index < this.#counts.length; index += 1) count += this.#counts[index] ?? 0;
    const rank = Math.max(1, Math.ceil(fraction * count));
    let seen = this.zeros;
    if (seen >= rank || count === 0) return 0;
    let index = -1;
    while (seen < rank) {
      index += 1;
      seen += this.#counts[index] ?? 0;
    }
    return middleOf(this.#first + index);
  }

  /** Steps that occurred. */
  inOrder(): readonly (readonly [step: number, count: number])[] {
    return this.#counts.flatMap((count, index) => (count > 0 ? [[this.#first + index, count] as const] : []));
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
