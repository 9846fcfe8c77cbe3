// The guided outage told step by step, from what the program itself says of its database. Pure: every figure is read, none is made up.
import type { DatabaseStatus, LockHolder } from '../../../../shared/domain/database';
import type { LongOperation } from '../../../../shared/domain/operation';
import { formatBytes, formatClock, formatDuration } from '../../../../shared/util/format';
import { t } from '../../texts/texts';

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
      title: t('outage.lockTaken'),
      text: t('outage.lockTakenText', { startedAtMs: formatClock(outage.startedAtMs) }),
      reached: true,
      done: wait !== null,
    },
    {
      title: t('outage.named'),
      text:
        wait &&
        (over
          ? t('outage.namedTextOver', { holder: nameOf(wait.holder), time: formatClock(wait.sinceMs) })
          : t('outage.namedText', { holder: nameOf(wait.holder), time: formatClock(wait.sinceMs) })),
      reached: wait !== null,
      done: wait !== null && (wait.holder !== null || over),
    },
    {
      title: t('outage.collectingGoesOn'),
      text:
        wait &&
        (over
          ? t('outage.waitedInSpool', { batches: t('common.batches', { count: wait.batches }) })
          : t('outage.keptInSpool', {
              batches: t('common.batches', { count: spool.batches }),
              bytes: formatBytes(spool.bytes),
            })),
      reached: wait !== null,
      done: over,
    },
    {
      title: t('outage.breakerOpens'),
      text: over
        ? t('outage.breakerClosed', {
            time: formatClock(breaker.state === 'closed' ? breaker.sinceMs : (wait.untilMs ?? 0)),
          })
        : opened
          ? t('outage.breakerOpenSince', { sinceMs: formatClock(breaker.sinceMs), failedProbes: breaker.failedProbes })
          : null,
      reached: opened || over,
      done: over,
    },
    {
      title: called ? t('outage.youEnded') : t('outage.letsGo'),
      text: over ? t('outage.heldFor', { duration: formatDuration((wait.untilMs ?? 0) - wait.sinceMs) }) : null,
      reached: over,
      done: over,
    },
    {
      title: t('outage.stored'),
      text: stored
        ? t('outage.wentIn', { batches: t('common.batches', { count: wait.batches }) })
        : over
          ? t('outage.toGo', { batches: t('common.batches', { count: spool.batches }) })
          : null,
      reached: over,
      done: stored,
    },
    {
      title: t('outage.lost', {
        lost: spool.lost === 0 ? t('common.nothing') : t('common.batches', { count: spool.lost }),
      }),
      text: stored ? t('outage.everyRow') : null,
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
    title: index === told.length - 1 && !done ? t('outage.whatIsLost') : title,
    text: reached ? text : null,
    state: done ? 'done' : reached ? 'now' : 'ahead',
  }));
}

function nameOf(holder: LockHolder | null): string {
  if (holder === null) return t('outage.unnamedProgram');
  return t('common.programProcess', { program: holder.program ?? t('outage.aProgram'), pid: holder.pid });
}
