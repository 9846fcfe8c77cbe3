// Joins fake time and real sockets: keeps moving the clock, in small steps that let I/O through, until the promise has settled.
import type { FakeClock } from './fakeClock';

const STEP_MS = 50;

export async function overTime<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const watched = promise.finally(() => (settled = true));
  watched.catch(() => undefined);
  while (!settled) await clock.advance(STEP_MS);
  return watched;
}
