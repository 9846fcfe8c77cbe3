// Reads one database: whether it takes rows and who prevents it, how fast it is, and what its upkeep has found. Pure. What a person
// or the program itself has taken out of service on purpose is not told as unavailable.
import type { DatabaseStatus, LatencySummary, LockHolder, OperationRecord } from '../../../shared/domain/database';
import type { Reading } from '../../../shared/domain/metrics';
import type { StoreHealth } from '../../storage/store';
import type { DatabaseRecord } from './databaseRecord';
import { readingsOf, told, type Moment, type Told } from './reading';

/** A percentile of fewer values is only the largest of them. */
const ENOUGH = 20;
/** After a start or a sleep, a backup that is due gets this long to be made. */
const BACKUP_GRACE_MS = 15 * 60_000;
const READ_FAILS_MS = 1_000;

export interface DatabaseFacts {
  readonly status: DatabaseStatus;
  readonly health: StoreHealth;
  /** Newest last. */
  readonly operations: readonly OperationRecord[];
}

export function databaseReadings(facts: DatabaseFacts, record: DatabaseRecord, moment: Moment): readonly Reading[] {
  const { status, health } = facts;
  const { monotonicMs } = moment;
  const { lockWait, commitLatency, spool } = status;
  const lockedMs = status.lockedSinceMs === null ? 0 : Math.max(0, moment.wallMs - status.lockedSinceMs);
  return readingsOf({ kind: 'database', id: status.name }, moment, {
    'database.lockedFor': told(lockedMs, status.lockedSinceMs === null ? null : locked(status.holder)),
    'database.unavailableFor': unavailable(status, record, moment),
    'database.failed': told(Number(status.state === 'failed'), status.state === 'failed' ? status.cause : null),
    'database.readOnly': told(Number(status.state === 'read_only'), status.state === 'read_only' ? status.cause : null),
    'database.lockWaitP95': p95(lockWait),
    'database.commitP95': p95(commitLatency),
    'database.readP95': p95(health.readLatency),
    'database.writesFailing': record.rejected,
    'database.commitsPerSecond': record.commitsPerSecond,
    'database.rowsPerSecond': record.rowsPerSecond,
    'database.queuedBatches': status.queuedBatches,
    'database.walBytes': status.walBytes,
    'database.walPinnedFor': told(health.walPinnedForMs, health.walPinnedForMs > 0 ? status.cause : null),
    'database.checkpointFailures': told(health.checkpointFailures, health.checkpointFailures > 0 ? status.cause : null),
    'database.sizeBytes': status.sizeBytes,
    'database.diskFree': told(record.diskFree, record.describeRoom()),
    'database.diskDaysLeft': told(record.diskDaysLeft, record.describeRoom()),
    'database.backupAge': backupAge(health, record, moment),
    'database.checkFailed': checkFailed(facts),
    'database.spoolAge': told(
      record.spoolSinceMs === null ? 0 : monotonicMs - record.spoolSinceMs,
      spool.batches > 0 ? `${spool.batches} batches wait in the spool; nothing is lost.` : null,
    ),
    'database.lostBatches': spool.lost,
  });
}

function locked(holder: LockHolder | null): string {
  if (holder === null) return 'Another program holds the write lock; this system does not tell which.';
  const who = `${holder.program ?? 'A program'} (process ${holder.pid})`;
  return holder.certainty === 'exact'
    ? `${who} holds the write lock.`
    : `${who} has the file open, and perhaps holds it.`;
}

function unavailable(status: DatabaseStatus, record: DatabaseRecord, { monotonicMs }: Moment): Told {
  const { reason } = status.breaker;
  if (reason === 'isolated' || reason === 'maintenance') return told(null, status.cause);
  // A start takes its time, and only a lock or a fault can make it long.
  if (status.state === 'starting' && reason === null) return told(0, null);
  if (record.unavailableSinceMs !== null) return told(monotonicMs - record.unavailableSinceMs, status.cause);
  const { unreadable } = record;
  const unreadableMs = unreadable === null ? 0 : monotonicMs - unreadable.sinceMs;
  return unreadableMs < READ_FAILS_MS ? told(0, null) : told(unreadableMs, `It cannot be read: ${unreadable?.why}.`);
}

function p95({ count, p95Ms }: LatencySummary): number | null {
  return count < ENOUGH ? null : p95Ms;
}

function backupAge({ newestBackupAtMs }: StoreHealth, { watchedMs }: DatabaseRecord, moment: Moment): Told {
  if (moment.monotonicMs - watchedMs < BACKUP_GRACE_MS) return told(null, 'A backup that is due gets time to be made.');
  if (newestBackupAtMs === null) return told(moment.monotonicMs - watchedMs, 'There is no backup yet.');
  return told(Math.max(0, moment.wallMs - newestBackupAtMs), null);
}

/** What was damaged and has been replaced since is whole again. */
function checkFailed({ operations }: DatabaseFacts): Told {
  const last = operations.findLast(
    ({ kind, outcome }) =>
      (kind === 'check' && outcome !== 'cancelled') ||
      ((kind === 'recovery' || kind === 'restore') && outcome === 'ok'),
  );
  if (last === undefined) return told(null, null);
  const isBad = last.kind === 'check' && last.outcome === 'failed';
  return told(Number(isBad), isBad ? last.detail : null);
}
