// One database as anybody can see it from outside its writer: files, a fresh connection, who is in the way, and on demand how
// fast it is. The connection is in a thread of its own; whoever asks is never held up.
import { dirname, join } from 'node:path';
import type { DatabaseStatus, LockHolder } from '../../../shared/domain/database';
import type { DatabaseHealth, DatabaseProbe, HealthTests, PerformanceFigures } from '../../../shared/domain/health';
import { classifyCode } from '../common/errorClass';
import { foreignLocks } from '../holder/lockHolders';
import { QUIET_WORK, runJob } from '../recovery/jobThread';
import type { StorageError, StoreOptions } from '../store';
import { inspectFiles } from './inspectFiles';

/** Of the test of connectivity. */
const ROUNDS = 20;

/**
 * Does not reject for what is wrong with the database: that is what is asked.
 * @param running what its owner knows of it, when the owner asks
 */
export async function examine(
  options: StoreOptions,
  tests: HealthTests,
  running: DatabaseStatus | null,
): Promise<DatabaseHealth> {
  const files = await inspectFiles(options, running);
  if (running?.state === 'recovering') {
    return { ...files, running, probe: null, connectivity: null, holder: running.holder, ...NOT_MEASURED };
  }
  const job = { type: 'probe', rounds: tests.connectivity ? ROUNDS : 1 } as const;
  const { first, rounds } = await runJob(options, job, QUIET_WORK).catch(unprobed);
  const holder = first.failure?.kind === 'locked' ? (running?.holder ?? (await holderOf(options))) : null;
  const measured = tests.performance && !first.failure ? await measure(options) : NOT_MEASURED;
  return { ...files, running, probe: first, connectivity: rounds, holder, ...measured };
}

type Measured = Pick<DatabaseHealth, 'performance' | 'performanceProblem'>;
const NOT_MEASURED: Measured = { performance: null, performanceProblem: null };

async function measure(options: StoreOptions): Promise<Measured> {
  const scratch = join(dirname(options.file), `${options.name}-scratch.db`);
  try {
    const performance: PerformanceFigures = await runJob(options, { type: 'measure', scratch }, QUIET_WORK);
    return { performance, performanceProblem: null };
  } catch (error) {
    return { performance: null, performanceProblem: (error as Error).message };
  }
}

/** The thread that was to look has died: damage that SQLite does not survive, or no thread to be had. */
function unprobed(error: StorageError): { readonly first: DatabaseProbe; readonly rounds: null } {
  const kind = classifyCode(error.code) === 'environment' ? 'environment' : 'other';
  const failure = { step: 'open', code: error.code, kind, message: error.message } as const;
  return { first: { ms: { open: null, read: null, write: null }, failure, facts: null, wal: null }, rounds: null };
}

async function holderOf({ file, clock }: StoreOptions): Promise<LockHolder | null> {
  const locks = await foreignLocks(file).catch(() => []);
  const found = locks.find(({ role }) => role === 'writer') ?? locks.find(({ role }) => role === 'exclusive');
  if (!found) return null;
  const { pid, program, command } = found;
  return { pid, program, command, sinceMs: clock.wallMs(), certainty: 'exact' };
}
