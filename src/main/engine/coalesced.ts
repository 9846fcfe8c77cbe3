// Many changes in one breath, told once: with hundreds of collectors every step of every run would make all slices anew.
import type { Clock, TimerHandle } from '../../shared/util/clock';

/** Shorter than the time between two pushes to the window. */
const QUIET_MS = 100;

export class Coalesced {
  readonly #clock: Clock;
  readonly #tell: () => void;
  #timer: TimerHandle | null = null;

  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  changed(): void {
    this.#timer ??= this.#clock.after(QUIET_MS, () => {
      this.#timer = null;
      this.#tell();
    });
  }

  /** Tells what is still untold, and nothing after. */
  stop(): void {
    if (this.#timer === null) return;
    this.#timer.cancel();
    this.#timer = null;
    this.#tell();
  }
}
