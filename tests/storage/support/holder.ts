// A foreign lock for one test: gone with it, whatever happens.
import { onTestFinished } from 'vitest';
import { type ForeignLock, type LockMode, takeForeignLock } from '../../support/foreignLock';

/** Resolves once the lock is held. */
export async function holdLock(file: string, mode: LockMode): Promise<ForeignLock> {
  const lock = await takeForeignLock(file, mode);
  onTestFinished(() => lock.kill());
  return lock;
}
