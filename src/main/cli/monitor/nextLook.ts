// When to look again: after the interval, or at once when something has changed, but not more often than a person can read.
import type { Clock, TimerHandle } from '../../../shared/util/clock';

export const LEAST_GAP_MS = 500;

export class NextLook {
  readonly #clock: Clock;
  #isRung = false;
  #onRing: () => void = () => undefined;
  #timer: TimerHandle | null = null;
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something has changed. */
  ring(): void {
    this.#isRung = true;
    this.#onRing();
  }

  /** Resolves after `intervalMs`, or a moment after a ring, also one since the last wait. */
  wait(intervalMs: number): Promise<void> {
    return new Promise((resolve) => {
      const beganAtMs = this.#clock.monotonicMs();
      if (this.#isStopped) return;
      const done = (): void => {
        this.#isRung = false;
        this.#onRing = () => undefined;
        resolve();
      };
      const soon = (): void => {
        this.#timer?.cancel();
        const gapMs = Math.min(LEAST_GAP_MS, intervalMs);
        this.#timer = this.#clock.after(Math.max(0, beganAtMs + gapMs - this.#clock.monotonicMs()), done);
      };
      this.#timer = this.#clock.after(intervalMs, done);
      this.#onRing = soon;
      if (this.#isRung) soon();
    });
  }
  /** Whoever waits now, or from now on, waits for ever; nothing keeps the process alive. */
  stop(): void {
    this.#isStopped = true;
    this.#onRing = () => undefined;
    this.#timer?.cancel();
  }
}
