// One ticking clock for every age and countdown on the screen. It stands still while nobody can see the window.
import { useSyncExternalStore } from 'react';

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = Date.now();

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function adjust(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  if (wanted && timer === undefined) {
    timer = setInterval(tick, TICK_MS);
    tick();
  } else if (!wanted) {
    clearInterval(timer);
    timer = undefined;
  }
}

document.addEventListener('visibilitychange', adjust);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  adjust();
  return () => {
    listeners.delete(listener);
    adjust();
  };
}

/** Wall time in milliseconds, renewed once a second. Use it only in the smallest component that shows it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

/** As {@link useNow}, but re-renders only when the derived value changes. */
export function useNowValue<T extends string | number | boolean>(derive: (atMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => derive(nowMs));
}
