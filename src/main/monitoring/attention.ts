// How closely something is looked at: every second while it is restless and for a while after, so that both the fault and its end
// are seen at once; now and then while nothing happens, because there may be hundreds of it.
import type { Moment } from './sensors/reading';

/** An end of a fault is believed after a few good readings: so long they keep coming. */
const CALM_AFTER_MS = 10_000;

export class Attention {
  readonly #everyMs: number;
  #dueMs = Number.NEGATIVE_INFINITY;
  #restlessMs = Number.NEGATIVE_INFINITY;

  /** @param everyMs how often it is looked at while nothing happens */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  isDue({ monotonicMs }: Moment): boolean {
    return monotonicMs >= this.#dueMs || monotonicMs - this.#restlessMs <= CALM_AFTER_MS;
  }

  looked(isRestless: boolean, { monotonicMs }: Moment): void {
    if (isRestless) this.#restlessMs = monotonicMs;
    this.#dueMs = monotonicMs + this.#everyMs;
  }

  /** The next look is due, whatever was seen. */
  wake(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }
}
