// Follows one wait for the write lock from the first refusal to the end: finds out who holds it, and says when it has lasted
// too long to let callers wait with it.
import type { LockHolder } from '../../shared/domain/database';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { foreignLocks } from './holder/lockHolders';

/** Shorter waits are everyday: nobody is named for them and nothing is diverted. */
export const PATIENCE_MS = 250;
const FIRST_LOOK_AFTER_MS = 100;
const LOOK_AGAIN_AFTER_MS = 1_000;

export interface LockWatchListener {
  onHolder(holder: LockHolder | null): void;
  onPatienceEnd(): void;
}

export class LockWatch {
  readonly #clock: Clock;
  readonly #file: string;
  readonly #listener: LockWatchListener;
  #timers: TimerHandle[] = [];
  #blockedSinceMs: number | null = null;
  #holder: LockHolder | null = null;

  constructor(clock: Clock, file: string, listener: LockWatchListener) {
    this.#clock = clock;
    this.#file = file;
    this.#listener = listener;
  }

  /** The last one seen during the present wait. */
  get holder(): LockHolder | null {
    return this.#holder;
  }

  /** Wall time at which the present wait began, or null. */
  get blockedSinceMs(): number | null {
    return this.#blockedSinceMs;
  }

  blocked(): void {
    if (this.#blockedSinceMs !== null) return;
    this.#blockedSinceMs = this.#clock.wallMs();
    this.#timers = [
      this.#clock.after(FIRST_LOOK_AFTER_MS, () => void this.#look()),
      this.#clock.after(PATIENCE_MS, () => this.#listener.onPatienceEnd()),
    ];
  }

  unblocked(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
    this.#blockedSinceMs = null;
    this.#holder = null;
  }

  async #look(): Promise<void> {
    const wait = this.#blockedSinceMs;
    const locks = await foreignLocks(this.#file).catch(() => []);
    if (wait === null || this.#blockedSinceMs !== wait) return;
    const found = locks.find(({ role }) => role === 'writer') ?? locks.find(({ role }) => role === 'exclusive');
    if (found && found.pid !== this.#holder?.pid) {
      const { pid, program, command } = found;
      this.#holder = { pid, program, command, sinceMs: wait, certainty: 'exact' };
      this.#listener.onHolder(this.#holder);
    }
    this.#timers.push(this.#clock.after(LOOK_AGAIN_AFTER_MS, () => void this.#look()));
  }
}
