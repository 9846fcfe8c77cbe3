// A clock that runs faster than the world, so that a promise about half a minute can be kept in seconds while everything else
// (threads, files, sockets, other programs) is real.
import type { Clock } from '../../src/shared/util/clock';

export function fastClock(speed: number): Clock {
  const wallMs = Date.now();
  const startedMs = performance.now();
  const passedMs = (): number => (performance.now() - startedMs) * speed;
  return {
    wallMs: () => Math.floor(wallMs + passedMs()),
    monotonicMs: passedMs,
    after(delayMs, action) {
      const timer = setTimeout(action, Math.max(0, delayMs / speed));
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
