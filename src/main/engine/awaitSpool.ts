// What an earlier run left in the spool belongs to its record: a start that reads the record waits for it. Owns that wait only.
import type { Clock } from '../../shared/util/clock';
import type { Store } from '../storage/store';

/** Thousands of batches come home in that time; a person who waits for the window does not wait longer. */
const LONGEST_WAIT_MS = 3_000;

/** Resolves when nothing is on its way out of the spool, or after a while. What cannot come home now is not waited for. */
export function awaitSpool(store: Pick<Store, 'status' | 'onStatus'>, clock: Clock): Promise<void> {
  const isOnItsWay = (): boolean => store.status().breaker.state === 'half_open';
  if (!isOnItsWay()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      deadline.cancel();
      unsubscribe();
      resolve();
    };
    const deadline = clock.after(LONGEST_WAIT_MS, end);
    const unsubscribe = store.onStatus(() => {
      if (!isOnItsWay()) end();
    });
  });
}
