// The price of a token in US dollars as a pure function of time, so any moment can be asked for without simulating what came
// before. It is a sum of noise octaves whose size grows with the square root of their period: on every scale it moves like a
// random walk, over months it returns to its level. The size of the short octaves itself drifts, which makes calm and wild days.
import { hash, mix } from './random';

const SECONDS_PER_HOUR = 3600;
/** Periods from 1 hour to 2^11 hours (85 days). Their sum is linear within an hour, so it is computed at hour marks only. */
const SLOW_OCTAVES = 12;
/** Periods from half an hour down to 56 seconds. */
const FAST_OCTAVES = 6;
/** Octaves up to 16 hours breathe with the volatility; longer ones keep the level. */
const BREATHING_OCTAVES = 5;
const VOLATILITY_PERIOD_HOURS = 8;
/** Scales octave amplitudes so that the standard deviation of a day's return is about the asked one. */
const DAY_SCALE = 0.62;

/** Noise in [-1, 1] on a lattice of whole cells. */
function lattice(key: number, cell: number): number {
  return mix(key ^ Math.imul(cell, 0x9e3779b1)) / 2147483648 - 1;
}

function noise(key: number, position: number): number {
  const cell = Math.floor(position);
  const left = lattice(key, cell);
  return left + (lattice(key, cell + 1) - left) * (position - cell);
}

export interface PricePathOptions {
  readonly key: number;
  /** Long-run price, US dollars. */
  readonly levelUsd: number;
  /** Standard deviation of a day's logarithmic return. */
  readonly dailyVolatility: number;
  /** Added to the logarithm of the price: launches, runs and rug pulls. Seconds since the epoch in, natural logarithm out. */
  readonly shape?: (atS: number) => number;
}

export class PricePath {
  readonly levelUsd: number;
  readonly #level: number;
  readonly #shape: ((atS: number) => number) | null;
  readonly #slowKeys: Uint32Array;
  readonly #fastKeys: Uint32Array;
  readonly #volatilityKey: number;
  readonly #dailyVolatility: number;
  #hour = Number.NaN;
  #slowStart = 0;
  #slowEnd = 0;
  #breathStart = 0;
  #breathEnd = 0;

  constructor(options: PricePathOptions) {
    this.levelUsd = options.levelUsd;
    this.#level = Math.log(options.levelUsd);
    this.#shape = options.shape ?? null;
    this.#dailyVolatility = options.dailyVolatility;
    this.#slowKeys = Uint32Array.from({ length: SLOW_OCTAVES }, (_, octave) => hash(options.key, octave, 1));
    this.#fastKeys = Uint32Array.from({ length: FAST_OCTAVES }, (_, octave) => hash(options.key, octave, 2));
    this.#volatilityKey = hash(options.key, 0, 3);
  }

  usdAt(atS: number): number {
    const hour = Math.floor(atS / SECONDS_PER_HOUR);
    if (hour !== this.#hour) this.#enterHour(hour);
    const within = atS / SECONDS_PER_HOUR - hour;
    const breath = this.#breathStart + (this.#breathEnd - this.#breathStart) * within;
    let fast = 0;
    for (let octave = 0; octave < FAST_OCTAVES; octave += 1) {
      const perHour = 2 << octave;
      fast += noise(this.#fastKeys[octave] ?? 0, (atS / SECONDS_PER_HOUR) * perHour) / Math.sqrt(perHour);
    }
    const slow = this.#slowStart + (this.#slowEnd - this.#slowStart) * within;
    const shape = this.#shape === null ? 0 : this.#shape(atS);
    return Math.exp(this.#level + shape + slow + fast * breath * this.#hourAmplitude());
  }

  #hourAmplitude(): number {
    return (DAY_SCALE * this.#dailyVolatility) / Math.sqrt(24);
  }

  #enterHour(hour: number): void {
    const follows = hour === this.#hour + 1;
    this.#breathStart = follows ? this.#breathEnd : this.#breathAt(hour);
    this.#slowStart = follows ? this.#slowEnd : this.#slowAt(hour, this.#breathStart);
    this.#breathEnd = this.#breathAt(hour + 1);
    this.#slowEnd = this.#slowAt(hour + 1, this.#breathEnd);
    this.#hour = hour;
  }

  #breathAt(hour: number): number {
    return Math.exp(0.9 * noise(this.#volatilityKey, hour / VOLATILITY_PERIOD_HOURS) - 0.1);
  }

  #slowAt(hour: number, breath: number): number {
    let sum = 0;
    for (let octave = 0; octave < SLOW_OCTAVES; octave += 1) {
      const periodHours = 1 << octave;
      const size = Math.sqrt(periodHours) * (octave < BREATHING_OCTAVES ? breath : 1);
      sum += noise(this.#slowKeys[octave] ?? 0, hour / periodHours) * size;
    }
    return sum * this.#hourAmplitude();
  }
}
