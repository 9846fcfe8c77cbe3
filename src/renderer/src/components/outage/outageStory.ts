// The guided outage told step by step, from what the program itself says of its database. Pure: every figure is read, none is made up.
import type { DatabaseStatus, LockHolder } from '../../../../shared/domain/database';
import type { LongOperation } from '../../../../shared/domain/operation';
import { formatBytes, formatClock, formatDuration, formatQuantity } from '../../../../shared/util/format';

export interface StoryStep {
  readonly title: string;
  /** What is known of it by now; null before it has begun. */
  readonly text: string | null;
  readonly state: 'ahead' | 'now' | 'done';
}

/** What the database says about the wait that the outage caused; null while nobody had to wait yet. */
interface Wait {
  readonly holder: LockHolder | null;
  readonly sinceMs: number;
  /** Null while it lasts. */
  readonly untilMs: number | null;
  /** Batches that wait, or that waited. */
  readonly batches: number;
}

type Outage = Pick<LongOperation, 'startedAtMs' | 'endedAtMs' | 'state'>;

export function tellOutage(outage: Outage, market: DatabaseStatus): readonly StoryStep[] {
  const { spool, breaker } = market;
  const wait = waitOf(outage, market);
  const over = wait !== null && wait.untilMs !== null;
  const stored = over && spool.batches === 0 && market.state === 'ok';
  const called = outage.state === 'cancelling' || outage.state === 'cancelled';
  const opened = breaker.state !== 'closed' && breaker.reason === 'lock';
  return order([
    {
      title: 'A program takes the lock',
      text: `At ${formatClock(outage.startedAtMs)} it took the lock of market.db and kept it, as a careless script would.`,
      reached: true,
      done: wait !== null,
    },
    {
      title: 'Poolwatch names it',
      text:
        wait &&
        `${nameOf(wait.holder)} ${over ? 'kept' : 'keeps'} everybody from writing; seen at ${formatClock(wait.sinceMs)}.`,
      reached: wait !== null,
      done: wait !== null && (wait.holder !== null || over),
    },
    {
      title: 'Collecting goes on',
      text:
        wait &&
        (over
          ? `${formatQuantity(wait.batches, 'batch', 'batches')} waited in the spool, on disk.`
          : `${formatQuantity(spool.batches, 'batch', 'batches')} (${formatBytes(spool.bytes)}) are kept in the spool, on disk.`),
      reached: wait !== null,
      done: over,
    },
    {
      title: 'The breaker opens',
      text: over
        ? `It closed again when the lock was free, at ${formatClock(breaker.state === 'closed' ? breaker.sinceMs : (wait.untilMs ?? 0))}.`
        : opened
          ? `Since ${formatClock(breaker.sinceMs)} rows no longer wait for the lock. Failed probes so far: ${breaker.failedProbes}.`
          : null,
      reached: opened || over,
      done: over,
    },
    {
      title: called ? 'You ended it' : 'The program lets go',
      text: over ? `The lock was held against us for ${formatDuration((wait.untilMs ?? 0) - wait.sinceMs)}.` : null,
      reached: over,
      done: over,
    },
    {
      title: 'What waited is stored',
      text: stored
        ? `${formatQuantity(wait.batches, 'batch', 'batches')} went into market.db, each once.`
        : over
          ? `${formatQuantity(spool.batches, 'batch', 'batches')} to go.`
          : null,
      reached: over,
      done: stored,
    },
    {
      title: `Lost: ${spool.lost === 0 ? 'nothing' : formatQuantity(spool.lost, 'batch', 'batches')}`,
      text: stored ? 'Every row that a collector handed over is in the database.' : null,
      reached: stored,
      done: stored,
    },
  ]);
}

function waitOf({ startedAtMs, endedAtMs }: Outage, market: DatabaseStatus): Wait | null {
  const { lockedSinceMs, holder, spool, lastLock } = market;
  if (endedAtMs === null && lockedSinceMs !== null && lockedSinceMs >= startedAtMs)
    return { holder, sinceMs: lockedSinceMs, untilMs: null, batches: spool.batches };
  // Of an outage before it, or of somebody else's after it, nothing is told.
  if (lastLock === null || lastLock.sinceMs < startedAtMs || lastLock.sinceMs > (endedAtMs ?? Infinity)) return null;
  return {
    holder: lastLock.holder,
    sinceMs: lastLock.sinceMs,
    untilMs: lastLock.untilMs,
    batches: lastLock.spooledBatches,
  };
}

interface Told {
  readonly title: string;
  readonly text: string | null;
  readonly reached: boolean;
  readonly done: boolean;
}

/** The last step is only promised once it is so: its title would tell the end before it is known. */
function order(told: readonly Told[]): readonly StoryStep[] {
  return told.map(({ title, text, reached, done }, index) => ({
    title: index === told.length - 1 && !done ? 'What is lost' : title,
    text: reached ? text : null,
    state: done ? 'done' : reached ? 'now' : 'ahead',
  }));
}

function nameOf(holder: LockHolder | null): string {
  if (holder === null) return 'A program that this system does not name';
  return `${holder.program ?? 'A program'} (process ${holder.pid})`;
}
