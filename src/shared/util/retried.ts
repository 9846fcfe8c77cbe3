// Tries something again until it succeeds, with ever longer waits: a record that cannot be read now can be later.
import type { Clock, TimerHandle } from './clock';

/** Waits between attempts, the last one again and again. */
const RETRY_WAITS_MS = [500, 1_000, 1_000, 5_000, 15_000, 60_000] as const;

export interface Retried<T> {
  /** Waits for as long as it takes; never settles once stopped. */
  readonly value: Promise<T>;
  readonly stop: () => void;
}

/** @param onError after every attempt that failed */
export function retried<T>(attempt: () => Promise<T>, clock: Clock, onError: (error: unknown) => void): Retried<T> {
  let isStopped = false;
  let retry: TimerHandle | null = null;
  const value = new Promise<T>((resolve) => {
    const begin = (failures: number): void => {
      attempt().then(
        (found) => {
          if (!isStopped) resolve(found);
        },
        (error: unknown) => {
          if (isStopped) return;
          onError(error);
          const waitMs = RETRY_WAITS_MS[Math.min(failures, RETRY_WAITS_MS.length - 1)] ?? 0;
          retry = clock.after(waitMs, () => begin(failures + 1));
        },
      );
    };
    begin(0);
  });
  return {
    value,
    stop() {
      isStopped = true;
      retry?.cancel();
    },
  };
}
