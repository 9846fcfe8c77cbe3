// Reads one database: whether it takes rows and who prevents it, how fast it is, and what its upkeep has found. Pure. What a person
// or the program itself has taken out of service on purpose is not told as unavailable.
import type { DatabaseStatus, LatencySummary, OperationRecord, StoreState } from '../../../shared/domain/database';
import type { Reading } from '../../../shared/domain/metrics';
import { formatDuration, formatQuantity } from '../../../shared/util/format';
import type { StoreHealth } from '../../storage/store';
import { DATABASE_OBJECTIVE, fastestBurn } from '../series/availability';
import type { DatabaseRecord } from './databaseRecord';
import { readingsOf, told, type Moment, type Told } from './reading';

/** A percentile of fewer values is only the largest of them. */
const ENOUGH = 20;
/** After a start or a sleep, a backup that is due gets this long to be made. */
const BACKUP_GRACE_MS = 15 * 60_000;
const READ_FAILS_MS = 1_000;
/** So many outages are no single one any more. */
const REPEATED = 3;

export interface DatabaseFacts {
  readonly status: DatabaseStatus;
  readonly health: StoreHealth;
  /** Newest last. */
  readonly operations: readonly OperationRecord[];
}

/**
 * @param moment on the clock by which the storage threads live
 * @param atMs wall time of the readings, on everybody's clock
 */
export function databaseReadings(
  facts: DatabaseFacts,
  record: DatabaseRecord,
  moment: Moment,
  atMs: number,
): readonly Reading[] {
  const { status, health } = facts;
  const { monotonicMs } = moment;
  const { lockWait, commitLatency, spool } = status;
  // Before it is open nobody knows, and what was wrong in the session before is not right again for that.
  const isOpening = status.state === 'starting' && status.breaker.reason === null;
  const lockedMs = record.lockedSinceMs === null ? (isOpening ? null : 0) : monotonicMs - record.lockedSinceMs;
  return readingsOf(
    { kind: 'database', id: status.name },
    { ...moment, wallMs: atMs },
    {
      'database.lockedFor': told(lockedMs, status.lockedSinceMs === null ? null : locked(status)),
      'database.unavailableFor': unavailable(status, record, moment),
      'database.budgetBurn': budgetBurn(status, record, moment),
      'database.failed': flag(status, 'failed'),
      'database.readOnly': flag(status, 'read_only'),
      'database.lockWaitP95': p95(lockWait),
      'database.commitP95': p95(commitLatency),
      'database.readP95': p95(health.readLatency),
      'database.writesFailing': record.rejected,
      'database.commitsPerSecond': record.commitsPerSecond,
      'database.rowsPerSecond': record.rowsPerSecond,
      'database.queuedBatches': status.queuedBatches,
      'database.walBytes': told(status.walBytes, concern(status, health.walPinnedForMs)),
      'database.walPinnedFor': told(health.walPinnedForMs, concern(status, health.walPinnedForMs)),
      'database.checkpointFailures': told(health.checkpointFailures, concern(status, health.checkpointFailures)),
      'database.sizeBytes': status.sizeBytes,
      'database.diskFree': told(record.diskFree, record.describeRoom(status.name)),
      'database.diskDaysLeft': told(record.diskDaysLeft, record.describeRoom(status.name)),
      'database.backupAge': backupAge(facts, record, moment),
      'database.checkFailed': checkFailed(facts),
      'database.spoolAge': told(
        // Never nothing while there is something: only an empty spool is a good one.
        record.spoolSinceMs === null ? 0 : Math.max(1, monotonicMs - record.spoolSinceMs),
        spool.batches > 0
          ? `${formatQuantity(spool.batches, 'batch', 'batches')} for ${status.name}.db wait in the spool.`
          : null,
      ),
      'database.lostBatches': spool.lost,
    },
  );
}

function locked({ name, holder }: DatabaseStatus): string {
  if (holder === null) return `${name}.db is locked by another program.`;
  const who = `${holder.program ?? 'a program'} (process ${holder.pid})`;
  if (holder.certainty === 'exact') return `${name}.db is locked by ${who}.`;
  return `${name}.db is locked, perhaps by ${who}, which has the file open.`;
}

function flag(status: DatabaseStatus, state: StoreState): Told {
  if (status.state === 'starting') return told(null, null);
  return status.state === state ? told(1, named(status)) : told(0, null);
}

/** Its cause, with the name that people know it by. */
function named({ name, cause }: DatabaseStatus): string | null {
  return cause?.replace(/^The database( file)? /, `${name}.db `) ?? null;
}

/** The smaller trouble that it goes on with, when there is one. */
function concern({ state, cause }: DatabaseStatus, amount: number): string | null {
  return amount > 0 && state === 'degraded' ? cause : null;
}

function unavailable(status: DatabaseStatus, record: DatabaseRecord, { monotonicMs }: Moment): Told {
  const { reason } = status.breaker;
  // A person knows, and may leave it so for days: that ends what was wrong before. Maintenance is over in a moment, and tells then.
  if (reason === 'isolated') return told(0, status.cause);
  if (reason === 'maintenance') return told(null, status.cause);
  // A start takes its time, and only a lock or a fault can make it long.
  if (status.state === 'starting' && reason === null) return told(null, null);
  if (record.unavailableSinceMs !== null)
    return told(monotonicMs - record.unavailableSinceMs, reason === 'lock' ? locked(status) : named(status));
  const { unreadable } = record;
  const unreadableMs = unreadable === null ? 0 : monotonicMs - unreadable.sinceMs;
  return unreadableMs < READ_FAILS_MS
    ? told(0, null)
    : told(unreadableMs, `${status.name}.db cannot be read: ${unreadable?.why}.`);
}

function budgetBurn({ name }: DatabaseStatus, { outages }: DatabaseRecord, { monotonicMs }: Moment): Told {
  const burn = fastestBurn(DATABASE_OBJECTIVE, (windowMs) => outages.count(monotonicMs, windowMs));
  if (burn === null) return told(null, null);
  // What is out of service for long is told as that, and is over when it is over.
  if (outages.howMany(monotonicMs) < REPEATED) return told(0, null);
  const { share, windowMs, count } = burn;
  const downMs = count.bad * 1_000;
  const allowedMs = windowMs * (1 - DATABASE_OBJECTIVE);
  return told(
    share,
    share === 0
      ? null
      : `${name}.db took no rows for ${formatDuration(downMs)} of the last ${formatDuration(windowMs)}; promised are at most ${formatDuration(allowedMs)}.`,
  );
}

function p95({ count, p95Ms }: LatencySummary): number | null {
  return count < ENOUGH ? null : p95Ms;
}

function backupAge({ status, health }: DatabaseFacts, { watchedMs }: DatabaseRecord, moment: Moment): Told {
  if (moment.monotonicMs - watchedMs < BACKUP_GRACE_MS) return told(null, 'A backup that is due gets time to be made.');
  const { newestBackupAtMs } = health;
  if (newestBackupAtMs === null)
    return told(moment.monotonicMs - watchedMs, `There is no backup of ${status.name}.db yet.`);
  return told(Math.max(0, moment.wallMs - newestBackupAtMs), null);
}

/** What was damaged and has been replaced since is whole again. */
function checkFailed({ status, operations }: DatabaseFacts): Told {
  const last = operations.findLast(
    ({ kind, outcome }) =>
      (kind === 'check' && outcome !== 'cancelled') ||
      ((kind === 'recovery' || kind === 'restore') && outcome === 'ok'),
  );
  if (last === undefined) return told(null, null);
  const isBad = last.kind === 'check' && last.outcome === 'failed';
  return told(Number(isBad), isBad ? `${status.name}.db is damaged: ${last.detail}` : null);
}
