// A clock that a test moves by hand. Timers fire in due order while time advances; pending promise work is let through between
// them, so code that awaits behaves as it would over real time.
import type { Clock, TimerHandle } from '../../src/shared/util/clock';

interface PendingTimer {
  readonly dueMs: number;
  readonly sequence: number;
  readonly action: () => void;
}

export class FakeClock implements Clock {
  #wallMs: number;
  #monotonicMs = 0;
  #sequence = 0;
  readonly #timers = new Set<PendingTimer>();
  /** Lets everything finish that takes real time, before fake time goes on. */
  readonly #settle: () => Promise<void>;

  constructor(wallMs = Date.UTC(2026, 0, 1), settled = settle) {
    this.#wallMs = wallMs;
    this.#settle = settled;
  }

  /** Whole milliseconds, as a real clock gives them; timers may fall due between. */
  wallMs(): number {
    return Math.floor(this.#wallMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, action: () => void): TimerHandle {
    const timer: PendingTimer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), sequence: this.#sequence++, action };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves both clocks forward, firing what falls due on the way. */
  async advance(milliseconds: number): Promise<void> {
    const endMs = this.#monotonicMs + milliseconds;
    await this.#settle();
    for (let next = this.#nextDue(endMs); next; next = this.#nextDue(endMs)) {
      this.#moveTo(next.dueMs);
      this.#timers.delete(next);
      next.action();
      await this.#settle();
    }
    this.#moveTo(endMs);
    await this.#settle();
  }

  /** The wall clock steps (sleep, NTP, a person) while monotonic time stands still. */
  stepWall(milliseconds: number): void {
    this.#wallMs += milliseconds;
  }

  #moveTo(monotonicMs: number): void {
    this.#wallMs += monotonicMs - this.#monotonicMs;
    this.#monotonicMs = monotonicMs;
  }

  #nextDue(endMs: number): PendingTimer | undefined {
    return [...this.#timers]
      .filter((timer) => timer.dueMs <= endMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.sequence - b.sequence)[0];
  }
}

/** Lets promise callbacks and already finished I/O run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
