// What is to be said about what lies around a database: spool, log, backups, checks, disk. Pure.
import type { DatabaseHealth } from '../../../shared/domain/health';
import { formatAge, formatBytes, formatCount, formatQuantity } from '../../../shared/util/format';
import { fine, type Remark } from './remark';

const HOUR_MS = 3_600_000;
const MB = 1_024 * 1_024;
const OLD_BACKUP_MS = 26 * HOUR_MS;
/** The first backup is made ten minutes after the first start. */
const NEW_DATABASE_MS = HOUR_MS;
const OLD_CHECK_MS = 8 * 24 * HOUR_MS;
const LARGE_WAL_BYTES = 64 * MB;
const FULL_DISK_BYTES = 100 * MB;
const MANY_FREE_PAGES_BYTES = 64 * MB;
const MANY_FREE_PAGES_SHARE = 0.25;

export function judgeUpkeep(database: DatabaseHealth, nowMs: number): readonly Remark[] {
  return [
    judgeSpool(database, nowMs),
    ...(database.exists ? [judgeWal(database), ...judgeFreePages(database)] : []),
    judgeIntegrity(database, nowMs),
    judgeBackups(database, nowMs),
    judgeDisk(database),
  ].flatMap((remark) => remark ?? []);
}

function judgeSpool({ spool, breaker, running, name }: DatabaseHealth, nowMs: number): Remark {
  const { batches, bytes, lost } = spool;
  if (lost > 0) {
    return {
      level: 'critical',
      subject: 'spool',
      what: `${formatQuantity(lost, 'acknowledged batch', 'acknowledged batches')} of ${name}.db cannot be stored.`,
      why: 'They were damaged on disk, or the database refuses them for good.',
      advice: 'Keep the folder “spool” as it is: what could be saved of them lies there.',
    };
  }
  if (batches === 0 && (running || breaker.state === 'closed')) return fine('spool', 'empty');
  const since =
    breaker.sinceMs === null ? '' : ` Writes have not gone to the database for ${formatAge(nowMs - breaker.sinceMs)}.`;
  const kept = `${formatQuantity(batches, 'batch', 'batches')} (${formatBytes(bytes)}) wait in the spool.`;
  const isolated = breaker.reason === 'isolated';
  return {
    level: 'warning',
    subject: 'spool',
    what: kept,
    why: `${isolated ? 'A person took the database out of service.' : 'They are safe, but not in the database yet.'}${since}`,
    advice: isolated
      ? 'Put it back into service on the Database page.'
      : running
        ? 'Nothing: they are stored as soon as the database takes them.'
        : 'Start Poolwatch: it stores them.',
  };
}

function judgeWal({ walBytes, probe, running }: DatabaseHealth): Remark {
  const wal = probe?.wal ?? null;
  const triple = wal
    ? ` (busy ${wal.busy ? 1 : 0}, log ${formatCount(wal.log)}, checkpointed ${formatCount(wal.checkpointed)})`
    : '';
  const size = `${formatBytes(walBytes)}${triple}`;
  if (walBytes > LARGE_WAL_BYTES) {
    return {
      level: 'warning',
      subject: 'wal',
      what: `The write-ahead log has grown to ${size}.`,
      why:
        running?.cause ??
        'Somebody reads for so long that it cannot be emptied, or the last session ended in the middle of its work.',
      advice: running
        ? 'Let the long read end; then order a checkpoint on the Database page.'
        : 'Start Poolwatch: it moves the log into the database.',
    };
  }
  if (!running && wal && wal.log > wal.checkpointed) {
    return {
      level: 'info',
      subject: 'wal',
      what: `The write-ahead log still holds ${size}.`,
      why: 'The last session did not end in peace, or has not ended. Nothing is lost: these rows belong to the database.',
      advice: 'Nothing: the next start moves them. Do not delete the file beside the database.',
    };
  }
  return fine('wal', size);
}

function judgeFreePages({ probe }: DatabaseHealth): readonly Remark[] {
  const facts = probe?.facts;
  if (!facts) return [];
  const { freePages, pages, pageBytes } = facts;
  const bytes = freePages * pageBytes;
  const what = `${formatCount(freePages)} of ${formatCount(pages)} pages are free (${formatBytes(bytes)})`;
  if (bytes < MANY_FREE_PAGES_BYTES || freePages < pages * MANY_FREE_PAGES_SHARE) return [fine('free_pages', what)];
  return [
    {
      level: 'info',
      subject: 'free_pages',
      what: `${what}.`,
      why: 'Old rows were deleted; their room is used again by new ones, but the file stays as large.',
      advice: 'If you need the room, compact the file on the Database page.',
    },
  ];
}

function judgeIntegrity({ lastCheck, running }: DatabaseHealth, nowMs: number): Remark {
  if (!lastCheck) {
    return {
      level: 'info',
      subject: 'integrity',
      what: 'No check is on record.',
      why: 'Poolwatch looks for damage a few seconds after each start, and then daily.',
      advice: running
        ? 'Nothing: it is about to be done.'
        : 'Start Poolwatch, or make a backup: that reads every page.',
    };
  }
  const age = formatAge(nowMs - lastCheck.atMs);
  if (lastCheck.outcome === 'failed') {
    return {
      level: 'critical',
      subject: 'integrity',
      what: `The last check, ${age} ago, failed: ${lastCheck.detail}`,
      why: 'Damage was found, or the check itself could not be made.',
      advice: 'See the log on the Database page for what was done about it, and have it checked again.',
    };
  }
  if (nowMs - lastCheck.atMs > OLD_CHECK_MS) {
    return {
      level: 'info',
      subject: 'integrity',
      what: `The last check was ${age} ago; it found no damage.`,
      why: 'Checks are made while Poolwatch runs.',
      advice: 'Start Poolwatch: it checks a few seconds later.',
    };
  }
  return fine('integrity', `checked ${age} ago: no damage`);
}

function judgeBackups({ backups, createdAtMs, name, exists }: DatabaseHealth, nowMs: number): Remark | null {
  const { newest, count, lastVerify } = backups;
  if (!newest) return exists ? judgeNoBackup(name, createdAtMs, nowMs) : null;
  const age = formatAge(nowMs - newest.atMs);
  const order = `Run: poolwatch backup ${name}`;
  if (!newest.isWhole) {
    return {
      level: 'warning',
      subject: 'backups',
      what: `The newest backup, ${newest.name}, is missing or has another size than when it was made.`,
      why: 'Somebody changed or removed it, or the disk did; a restore would use an older one.',
      advice: order,
    };
  }
  if (lastVerify?.outcome === 'failed' && lastVerify.atMs > newest.atMs) {
    return {
      level: 'warning',
      subject: 'backups',
      what: `A backup was read again ${formatAge(nowMs - lastVerify.atMs)} ago and is not intact: ${lastVerify.detail}`,
      why: 'It could not be restored.',
      advice: order,
    };
  }
  if (nowMs - newest.atMs > OLD_BACKUP_MS) {
    return {
      level: 'warning',
      subject: 'backups',
      what: `The newest backup is ${age} old.`,
      why: 'One is made every day while Poolwatch runs; what came after it is not backed up.',
      advice: order,
    };
  }
  const verified = lastVerify?.outcome === 'ok' ? `, one read again ${formatAge(nowMs - lastVerify.atMs)} ago` : '';
  return fine(
    'backups',
    `${count}, the newest ${age} old (${formatBytes(newest.bytes)}), verified when made${verified}`,
  );
}

function judgeNoBackup(name: string, createdAtMs: number | null, nowMs: number): Remark {
  const isNew = createdAtMs !== null && nowMs - createdAtMs < NEW_DATABASE_MS;
  return {
    level: isNew ? 'info' : 'warning',
    subject: 'backups',
    what: 'There is no backup.',
    why: isNew
      ? 'The database is new; the first is made ten minutes after the start.'
      : 'Damage would cost everything that cannot be salvaged.',
    advice: `${isNew ? 'Nothing, or' : 'Run'}: poolwatch backup ${name}`,
  };
}

function judgeDisk({ disk, sizeBytes, walBytes }: DatabaseHealth): Remark | null {
  if (!disk) return null;
  const what = `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)} are free`;
  if (disk.freeBytes < FULL_DISK_BYTES) {
    return {
      level: 'critical',
      subject: 'disk',
      what: `The disk is nearly full: ${what}.`,
      why: 'Soon neither the database nor the spool can take a row.',
      advice: 'Make room now: delete what you do not need, or move the data folder.',
    };
  }
  if (disk.freeBytes < sizeBytes + walBytes + FULL_DISK_BYTES) {
    return {
      level: 'warning',
      subject: 'disk',
      what: `The disk has no room for a copy of the database: ${what}.`,
      why: 'Backups, restores and compaction each need one.',
      advice: 'Make room, or have old rows deleted and the file compacted.',
    };
  }
  return fine('disk', what);
}
