// What is to be said about one database: level, what was seen, what it means, what to do. Pure; every limit of a report is here or
// in judgeUpkeep.ts.
import type { DatabaseStatus, LatencySummary, LockHolder } from '../../../shared/domain/database';
import type {
  ConnectivityFigures,
  DatabaseHealth,
  FileFacts,
  HealthFinding,
  HealthLevel,
  PerformanceFigures,
  ProbeFailure,
} from '../../../shared/domain/health';
import { assertNever } from '../../../shared/util/assertNever';
import { formatBytes, formatDuration, formatQuantity } from '../../../shared/util/format';
import { judgeUpkeep } from './judgeUpkeep';
import { fine, type Remark } from './remark';

const LOCK_WAIT_WARNING_MS = 500;
const SLOW_COMMIT_MS = 500;
const SLOW_READ_MS = 500;
/** Of the scratch file: even a rotating disk takes less for one fsync. */
const SLOW_DISK_COMMIT_MS = 100;

export function judgeDatabase(database: DatabaseHealth, nowMs: number): readonly HealthFinding[] {
  const remarks = [
    ...judgeProbe(database),
    ...(database.running ? judgeState(database, database.running) : []),
    ...judgeUpkeep(database, nowMs),
    ...(database.connectivity ? [judgeConnectivity(database.connectivity)] : []),
    ...judgePerformance(database),
  ];
  return remarks.map((remark) => ({ database: database.name, ...remark }));
}

function judgeProbe(database: DatabaseHealth): readonly Remark[] {
  const { exists, probe, sizeBytes } = database;
  if (!probe) return [];
  if (!exists) return [judgeMissing(database)];
  const { facts, failure, ms } = probe;
  const remarks: Remark[] = [];
  if (facts) remarks.push(judgeFile(database, facts, `${formatBytes(sizeBytes)}, schema ${facts.schemaVersion}`));
  if (!failure || failure.step === 'write') {
    const took = `opened in ${formatDuration(ms.open ?? 0)}, every table read in ${formatDuration(ms.read ?? 0)}`;
    remarks.push(fine('connection', took));
  }
  if (failure) remarks.push(judgeFailure(database, failure));
  else remarks.push(fine('write_lock', `free; taken and given back in ${formatDuration(ms.write ?? 0)}`));
  return remarks;
}

function judgeMissing({ name, path, backups }: DatabaseHealth): Remark {
  const { newest } = backups;
  return {
    level: 'critical',
    subject: 'file',
    what: `${name}.db is missing.`,
    why: `There is no file at ${path}.`,
    advice: newest
      ? `Start Poolwatch: it puts the newest intact backup in place (${newest.name}).`
      : 'There is no backup either. Put the file back, or start Poolwatch to begin a new one.',
  };
}

function judgeFile({ running }: DatabaseHealth, facts: FileFacts, figures: string): Remark {
  const { isOurs, journalMode, schemaVersion, knownSchemaVersion } = facts;
  const remark = (level: HealthLevel, what: string, why: string, advice: string): Remark => ({
    ...{ level, subject: 'file', what, why, advice },
  });
  if (!isOurs && schemaVersion === 0 && facts.pages === 0)
    return remark(
      'critical',
      'The file is empty.',
      'It holds no tables at all.',
      'Start Poolwatch: it restores the newest backup, or begins anew without one.',
    );
  if (!isOurs)
    return remark(
      'critical',
      'The file is a database of another program.',
      'It does not carry Poolwatch’s mark.',
      'Move it away and put the right file in its place.',
    );
  if (schemaVersion > knownSchemaVersion)
    return remark(
      'warning',
      `The file has schema ${schemaVersion}; this Poolwatch knows ${knownSchemaVersion}.`,
      'A newer Poolwatch wrote it, so this one only reads it.',
      'Use the newer version.',
    );
  if (journalMode !== 'wal')
    return remark(
      'warning',
      `The journal mode is ${journalMode}, not WAL.`,
      'Another program changed it; readers and the writer would wait for each other.',
      running
        ? 'Restart Poolwatch: it goes back to WAL when it opens the file.'
        : 'Start Poolwatch: it goes back to WAL.',
    );
  if (schemaVersion < knownSchemaVersion)
    return remark(
      'info',
      `${figures}; this version brings it to ${knownSchemaVersion}.`,
      'An older Poolwatch wrote it.',
      'Nothing: the next start does it.',
    );
  return fine('file', figures);
}

function judgeFailure(database: DatabaseHealth, failure: ProbeFailure): Remark {
  const { step, code, message, kind } = failure;
  const seen = `${message} (${code})`;
  switch (kind) {
    case 'locked':
      return judgeLocked(database, step);
    case 'damaged':
      return {
        level: 'critical',
        subject: 'connection',
        what: `${database.name}.db is damaged: ${seen}.`,
        why: 'SQLite cannot make sense of what it reads, so rows may be lost to readers.',
        advice: database.running
          ? 'Have it checked on the Database page: what is damaged is replaced from a backup, and what the file still holds is brought over.'
          : 'Start Poolwatch: it sets the file aside, restores the newest intact backup and brings over what the damaged file still holds.',
      };
    case 'environment':
    case 'other':
      return {
        level: 'critical',
        subject: step === 'write' ? 'write_lock' : 'connection',
        what: `${database.name}.db cannot be ${VERBS[step]}: ${seen}.`,
        why: kind === 'environment' ? 'The disk, the rights or the path are in the way, not the data.' : null,
        advice: 'See to it that the folder exists and can be written, and that the disk has room; then look again.',
      };
    default:
      return assertNever(kind);
  }
}

const VERBS: Readonly<Record<ProbeFailure['step'], string>> = {
  open: 'opened',
  read: 'read',
  write: 'written',
};

function judgeLocked({ name, holder, running }: DatabaseHealth, step: ProbeFailure['step']): Remark {
  const takes = step === 'write' ? 'takes no writes' : 'can be neither read nor written';
  return {
    level: 'critical',
    subject: 'write_lock',
    what: `${name}.db ${takes}: ${whoHolds(holder)}.`,
    why: running
      ? 'Collecting goes on; rows are kept safely in the spool until the lock is free.'
      : 'Whatever writes to it now waits or fails.',
    advice: holder
      ? `Let process ${holder.pid} finish, or end it.${holder.command ? ` It was started as: ${holder.command}` : ''}`
      : 'Find out which program has the file open, and close it.',
  };
}

function whoHolds(holder: LockHolder | null): string {
  if (!holder) return 'a program that this system does not name holds the write lock';
  return `${holder.program ?? 'a program'} (process ${holder.pid}) holds the write lock`;
}

/** What only the running instance can tell. */
function judgeState(database: DatabaseHealth, running: DatabaseStatus): readonly Remark[] {
  const remarks: Remark[] = [];
  const { state, cause, commitLatency, lockWait } = running;
  // A foreign lock has been told already.
  const isTold = database.probe?.failure?.kind === 'locked' && running.breaker.reason === 'lock';
  if (state !== 'ok' && !isTold) remarks.push(judgeCondition(database, running));
  else if (state === 'ok') remarks.push(fine('state', `${formatQuantity(running.commits, 'commit')} since the start`));
  if (lockWait.count > 0 || commitLatency.count > 0) {
    remarks.push(judgeLockWait(lockWait), judgeCommits(commitLatency, cause));
  }
  return remarks;
}

function judgeCondition({ name }: DatabaseHealth, { state, cause, breaker }: DatabaseStatus): Remark {
  const isComingBack = breaker.state === 'half_open';
  const isHopeful = state === 'starting' || state === 'degraded' || isComingBack || breaker.reason === 'maintenance';
  const isWanted = breaker.reason === 'isolated';
  const level: HealthLevel = isHopeful || isWanted || state === 'read_only' ? 'warning' : 'critical';
  return {
    level,
    subject: 'state',
    what: `${name}.db is ${state.replace('_', ' ')}.`,
    why: cause,
    advice: isWanted
      ? 'Put it back into service on the Database page when you are done.'
      : isHopeful || state === 'recovering'
        ? 'Wait: Poolwatch is at work on it.'
        : 'Do away with the cause; Poolwatch goes on by itself as soon as it can.',
  };
}

function judgeLockWait(lockWait: LatencySummary): Remark {
  const what = `in the last minute ${percentiles(lockWait)}`;
  if (lockWait.p95Ms <= LOCK_WAIT_WARNING_MS) return fine('lock_wait', what);
  return {
    level: 'warning',
    subject: 'lock_wait',
    what: `Writes wait long for the lock: ${what}.`,
    why: 'Another program holds it again and again.',
    advice: 'See under Database who it was, and let it write less often or in shorter transactions.',
  };
}

function judgeCommits(commits: LatencySummary, cause: string | null): Remark {
  const what = `in the last minute ${percentiles(commits)}`;
  if (commits.p95Ms <= SLOW_COMMIT_MS) return fine('commits', what);
  return {
    level: 'warning',
    subject: 'commits',
    what: `Commits are slow: ${what}.`,
    why: cause ?? 'Each waits for the disk to confirm; the disk is slow or busy.',
    advice: 'See what else keeps the disk busy; --test-performance tells what it can do.',
  };
}

function judgeConnectivity({ rounds, failed, open, read, write }: ConnectivityFigures): Remark {
  const steps = `open ${median(open)}, read ${median(read)}, write lock ${median(write)}`;
  if (failed === 0) return fine('connectivity', `${rounds} of ${rounds} fresh connections worked; medians: ${steps}`);
  return {
    level: failed === rounds ? 'critical' : 'warning',
    subject: 'connectivity',
    what: `${failed} of ${rounds} fresh connections did not work.`,
    why: failed === rounds ? 'Every attempt ended the same way.' : 'It works now and then: something comes and goes.',
    advice:
      failed === rounds ? 'See what is said about the connection above.' : 'Watch it with db-monitor --interval 1s.',
  };
}

function judgePerformance({ performance, performanceProblem }: DatabaseHealth): readonly Remark[] {
  if (performanceProblem !== null) {
    return [
      {
        level: 'warning',
        subject: 'performance',
        what: `It could not be measured: ${performanceProblem}.`,
        why: 'A scratch file beside the database, or the database itself, could not be used.',
        advice: 'See to it that the folder can be written and has room.',
      },
    ];
  }
  return performance ? judgeMeasured(performance) : [];
}

function judgeMeasured({
  commitOneRow,
  commitHundredRows,
  rowsPerSecond,
  read,
  readFrom,
}: PerformanceFigures): readonly Remark[] {
  const one = `a commit of 1 row: ${percentiles(commitOneRow)}`;
  const hundred = `a commit of 100 rows: ${percentiles(commitHundredRows)}; ${formatQuantity(rowsPerSecond, 'row')} a second`;
  const remarks = [
    commitOneRow.p95Ms > SLOW_DISK_COMMIT_MS ? slowDisk(one) : fine('performance', one),
    fine('performance', hundred),
  ];
  if (!read) return remarks;
  const row = `a read of a random row: ${percentiles(read)}`;
  return [...remarks, read.p95Ms > SLOW_READ_MS ? slowReads(row, readFrom) : fine('performance', row)];
}

function slowDisk(figures: string): Remark {
  return {
    level: 'warning',
    subject: 'performance',
    what: `The disk is slow to confirm what is written: ${figures}.`,
    why: 'The commits went into a scratch file on the same disk, so nobody’s lock is the reason.',
    advice: 'See what else keeps the disk busy, or move the data folder to a faster one.',
  };
}

function slowReads(figures: string, readFrom: string | null): Remark {
  return {
    level: 'warning',
    subject: 'performance',
    what: `Reads are slow: ${figures}.`,
    why: `Rows of ${readFrom ?? 'it'} were read one by one, each by its key; no query of ours can be faster.`,
    advice: 'See what else keeps the disk busy, or move the data folder to a faster one.',
  };
}

function percentiles({ p50Ms, p95Ms, maxMs }: LatencySummary): string {
  return `p50 ${formatDuration(p50Ms)}, p95 ${formatDuration(p95Ms)}, max ${formatDuration(maxMs)}`;
}

function median({ count, p50Ms }: LatencySummary): string {
  return count === 0 ? 'never' : formatDuration(p50Ms);
}
