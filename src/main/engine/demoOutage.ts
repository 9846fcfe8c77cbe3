// The guided outage: another program holds the write lock of the demo market's database for a while, for real. Nothing here is
// played: what Poolwatch does about it is what it does about any such program.
import type { DatabaseStatus, LockIncident } from '../../shared/domain/database';
import type { LongWork } from '../../shared/domain/operation';
import type { Clock } from '../../shared/util/clock';
import { formatDuration, formatQuantity } from '../../shared/util/format';
import type { Store } from '../storage/store';
import type { LockingProgram } from './application';

/** Long enough for several collectors to come by, short enough to be watched. */
const HOLD_MS = 25_000;
const LOOK_EVERY_MS = 250;
/** Rows that waited are stored within seconds. */
const STORED_WITHIN_MS = 60_000;

export interface DemoOutageOptions {
  readonly clock: Clock;
  readonly market: Pick<Store, 'status'>;
  readonly holdLock: (databaseFile: string, forMs: number) => LockingProgram;
}

/**
 * @returns what happened, in one sentence, from the figures of the storage layer
 * @throws Error when the program could not take the lock, when rows still wait a minute later, or soon after the signal aborts;
 *   the lock is free then
 */
export async function runDemoOutage({ clock, market, holdLock }: DemoOutageOptions, work: LongWork): Promise<string> {
  const startedAtMs = clock.wallMs();
  const program = holdLock(market.status().path, HOLD_MS);
  let exitCode: number | null | undefined;
  void program.ended.then((code) => (exitCode = code));
  try {
    await until(clock, work, () => exitCode !== undefined);
    if (exitCode !== 0) throw new Error('The program that was to hold the lock broke off; nothing was held.');
    const deadlineMs = clock.monotonicMs() + STORED_WITHIN_MS;
    await until(clock, work, () => isOver(market.status()) || clock.monotonicMs() > deadlineMs);
  } finally {
    program.end();
    await program.ended;
  }
  const { lastLock, spool } = market.status();
  if (!isOver(market.status()))
    throw new Error('Some rows still wait in the spool; they are stored as soon as it goes.');
  if (lastLock === null || lastLock.untilMs < startedAtMs)
    return 'Nothing was to be written meanwhile, so nobody waited.';
  return describe(lastLock, spool.lost);
}

function isOver({ state, lockedSinceMs, spool }: DatabaseStatus): boolean {
  return state === 'ok' && lockedSinceMs === null && spool.batches === 0;
}

function describe({ holder, sinceMs, untilMs, spooledBatches }: LockIncident, lost: number): string {
  const who = holder === null ? 'Another program' : `${holder.program ?? 'A program'} (process ${holder.pid})`;
  return [
    `${who} kept everybody from writing for ${formatDuration(untilMs - sinceMs)}.`,
    `${formatQuantity(spooledBatches, 'batch', 'batches')} waited in the spool and were stored.`,
    `Lost: ${lost === 0 ? 'nothing' : formatQuantity(lost, 'batch', 'batches')}.`,
  ].join(' ');
}

/** Looks now and then; rejects as soon as it is called off. */
function until(clock: Clock, { signal }: LongWork, isSo: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (signal.aborted) return reject(new Error('it was called off'));
      if (isSo()) return resolve();
      clock.after(LOOK_EVERY_MS, look);
    };
    look();
  });
}
