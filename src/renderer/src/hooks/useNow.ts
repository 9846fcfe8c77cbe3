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

/** What `derive` makes of the wall time (milliseconds), renewed once a second; re-renders only when the result changes. */
export function useNow<T extends string | number | boolean>(derive: (nowMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => derive(nowMs));
}
