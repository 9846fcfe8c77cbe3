import { describe, expect, it } from 'vitest';
import { judgeDatabase } from '../../../../src/main/engine/health/judgeDatabase';
import { verdictOf, worstLevel } from '../../../../src/main/engine/health/verdict';
import type { DatabaseStatus, LockHolder } from '../../../../src/shared/domain/database';
import type { DatabaseHealth, HealthFinding, HealthSubject } from '../../../../src/shared/domain/health';
import { failing, HEALTHY, HEALTHY_PROBE, HOUR_MS, MB, NOW_MS, QUICK, RUNNING, SLOW } from './support';

const HOLDER: LockHolder = {
  ...{ pid: 4_711, program: 'python3', command: 'python3 report.py', sinceMs: NOW_MS - 800 },
  certainty: 'exact',
};

function judge(spoiled: Partial<DatabaseHealth> = {}): readonly HealthFinding[] {
  return judgeDatabase({ ...HEALTHY, ...spoiled }, NOW_MS);
}

/** What is said about one subject when nothing else is wrong. */
function only(subject: HealthSubject, spoiled: Partial<DatabaseHealth>): HealthFinding | undefined {
  const remarks = judge(spoiled).filter(({ level }) => level !== 'ok');
  expect(remarks.map((finding) => finding.subject)).toEqual([subject]);
  return remarks[0];
}

const { facts } = HEALTHY_PROBE;
const { newest } = HEALTHY.backups;
const { lastCheck } = HEALTHY;
const breaker = { state: 'open', sinceMs: NOW_MS - 60_000, failedProbes: 0, nextProbeAtMs: null } as const;

describe('a database in good health', () => {
  it('has only good findings, with an instance and without one', () => {
    for (const running of [null, RUNNING]) {
      const findings = judge({ running });
      expect(findings.every(({ level, why, advice }) => level === 'ok' && why === null && advice === null)).toBe(true);
      expect(verdictOf(findings)).toBe('Both databases are healthy.');
    }
  });

  it('tells lock wait and commits only when an instance measured them', () => {
    const subjects = (running: DatabaseHealth['running']): readonly HealthSubject[] =>
      judge({ running }).map(({ subject }) => subject);
    expect(subjects(RUNNING)).toEqual(expect.arrayContaining(['state', 'lock_wait', 'commits']));
    expect(subjects(null)).not.toEqual(expect.arrayContaining(['lock_wait']));
  });
});

describe('each thing that can be wrong', () => {
  const cases: readonly (readonly [string, HealthSubject, HealthFinding['level'], RegExp, Partial<DatabaseHealth>])[] =
    [
      ['the file is missing', 'file', 'critical', /missing/, { exists: false }],
      [
        'the file is of another program',
        'file',
        'critical',
        /another program/,
        { probe: { ...HEALTHY_PROBE, facts: facts && { ...facts, isOurs: false } } },
      ],
      [
        'a newer version wrote the file',
        'file',
        'warning',
        /schema 40; this Poolwatch knows 30/,
        { probe: { ...HEALTHY_PROBE, facts: facts && { ...facts, schemaVersion: 40 } } },
      ],
      [
        'an older version wrote the file',
        'file',
        'info',
        /brings it to 30/,
        { probe: { ...HEALTHY_PROBE, facts: facts && { ...facts, schemaVersion: 20 } } },
      ],
      [
        'the journal mode was changed',
        'file',
        'warning',
        /delete, not WAL/,
        { probe: { ...HEALTHY_PROBE, facts: facts && { ...facts, journalMode: 'delete' } } },
      ],
      [
        'the file is damaged',
        'connection',
        'critical',
        /damaged: malformed \(SQLITE_CORRUPT\)/,
        { probe: failing({ step: 'read', kind: 'damaged', code: 'SQLITE_CORRUPT', message: 'malformed' }) },
      ],
      [
        'the file cannot be opened',
        'connection',
        'critical',
        /cannot be opened/,
        { probe: failing({ step: 'open', kind: 'environment', code: 'SQLITE_CANTOPEN' }) },
      ],
      [
        'the file cannot be written',
        'write_lock',
        'critical',
        /cannot be written/,
        { probe: failing({ kind: 'environment', code: 'SQLITE_READONLY' }) },
      ],
      [
        'another program holds the lock',
        'write_lock',
        'critical',
        /takes no writes: python3 \(process 4711\) holds/,
        { probe: failing({}), holder: HOLDER },
      ],
      [
        'another program has the file for itself',
        'write_lock',
        'critical',
        /can be neither read nor written: python3/,
        { probe: failing({ step: 'read' }), holder: HOLDER },
      ],
      ['batches wait in the spool', 'spool', 'warning', /3 batches/, { spool: { batches: 3, bytes: 900, lost: 0 } }],
      ['a batch is lost', 'spool', 'critical', /1 acknowledged batch /, { spool: { batches: 0, bytes: 0, lost: 1 } }],
      [
        'a person has isolated it',
        'spool',
        'warning',
        /0 batches/,
        { breaker: { state: 'open', reason: 'isolated', sinceMs: NOW_MS } },
      ],
      ['the log is large', 'wal', 'warning', /grown to 65/, { walBytes: 65 * MB }],
      [
        'the last session was killed',
        'wal',
        'info',
        /still holds/,
        { probe: { ...HEALTHY_PROBE, wal: { busy: false, log: 9, checkpointed: 2 } } },
      ],
      [
        'much of the file is free',
        'free_pages',
        'info',
        /pages are free/,
        { probe: { ...HEALTHY_PROBE, facts: facts && { ...facts, pages: 100_000, freePages: 60_000 } } },
      ],
      ['no check is on record', 'integrity', 'info', /No check/, { lastCheck: null }],
      [
        'the last check failed',
        'integrity',
        'critical',
        /failed: page 7/,
        { lastCheck: lastCheck && { ...lastCheck, outcome: 'failed', detail: 'page 7 is not used' } },
      ],
      [
        'the last check is old',
        'integrity',
        'info',
        /9 d ago/,
        { lastCheck: lastCheck && { ...lastCheck, atMs: NOW_MS - 9 * 24 * HOUR_MS } },
      ],
      [
        'there is no backup',
        'backups',
        'warning',
        /no backup/,
        { backups: { count: 0, newest: null, lastVerify: null } },
      ],
      [
        'there is no backup yet',
        'backups',
        'info',
        /no backup/,
        { backups: { count: 0, newest: null, lastVerify: null }, createdAtMs: NOW_MS - 60_000 },
      ],
      [
        'the newest backup is old',
        'backups',
        'warning',
        /1 d 3 h old/,
        { backups: { ...HEALTHY.backups, newest: newest && { ...newest, atMs: NOW_MS - 27 * HOUR_MS } } },
      ],
      [
        'the newest backup has been cut',
        'backups',
        'warning',
        /another size/,
        { backups: { ...HEALTHY.backups, newest: newest && { ...newest, isWhole: false } } },
      ],
      [
        'a backup was read again and is damaged',
        'backups',
        'warning',
        /not intact/,
        {
          backups: {
            ...HEALTHY.backups,
            lastVerify: lastCheck && { ...lastCheck, kind: 'verify', outcome: 'failed', detail: 'The hash differs.' },
          },
        },
      ],
      [
        'the disk is nearly full',
        'disk',
        'critical',
        /nearly full/,
        { disk: { freeBytes: 90 * MB, totalBytes: 1_000 * MB } },
      ],
      [
        'the disk has no room for a copy',
        'disk',
        'warning',
        /no room for a copy/,
        { sizeBytes: 400 * MB, disk: { freeBytes: 450 * MB, totalBytes: 1_000 * MB } },
      ],
      [
        'writes wait long for the lock',
        'lock_wait',
        'warning',
        /p95 812 ms/,
        { running: { ...RUNNING, lockWait: SLOW } },
      ],
      ['commits are slow', 'commits', 'warning', /p95 812 ms/, { running: { ...RUNNING, commitLatency: SLOW } }],
      [
        'the store has failed',
        'state',
        'critical',
        /is failed/,
        { running: { ...RUNNING, state: 'failed', cause: 'The disk is gone.' } },
      ],
      [
        'rows are on their way out of the spool',
        'state',
        'warning',
        /is spooling/,
        { running: { ...RUNNING, state: 'spooling', breaker: { ...breaker, state: 'half_open', reason: 'lock' } } },
      ],
      [
        'the store is only read',
        'state',
        'warning',
        /is read only/,
        { running: { ...RUNNING, state: 'read_only', cause: 'A newer version wrote it.' } },
      ],
      [
        'some connections fail',
        'connectivity',
        'warning',
        /3 of 20/,
        { connectivity: { rounds: 20, failed: 3, open: QUICK, read: QUICK, write: QUICK } },
      ],
      [
        'the disk is slow',
        'performance',
        'warning',
        /slow to confirm/,
        {
          performance: {
            ...{ commitOneRow: SLOW, commitHundredRows: SLOW, rowsPerSecond: 300, read: QUICK, readFrom: 'pools' },
          },
        },
      ],
      ['nothing could be measured', 'performance', 'warning', /disk full/, { performanceProblem: 'disk full' }],
    ];

  it.each(cases)('when %s, says so, and what to do', (_, subject, level, what, spoiled) => {
    const finding = only(subject, spoiled);
    expect(finding).toMatchObject({ level, database: 'market' });
    expect(finding?.what).toMatch(what);
    expect(finding?.advice).not.toBeNull();
  });
});

describe('a lock under a running instance', () => {
  it('is said once, with who holds it and that nothing is lost, and the spool beside it', () => {
    const running: DatabaseStatus = {
      ...RUNNING,
      state: 'spooling',
      cause: 'python3 (process 4711) holds the write lock.',
      holder: HOLDER,
      breaker: { ...breaker, reason: 'lock' },
    };
    const findings = judge({
      ...{ running, holder: HOLDER, probe: failing({}), breaker: running.breaker },
      spool: { batches: 2, bytes: 100, lost: 0 },
    }).filter(({ level }) => level !== 'ok');
    expect(findings.map(({ subject, level }) => [subject, level])).toEqual([
      ['write_lock', 'critical'],
      ['spool', 'warning'],
    ]);
    expect(findings[0]?.why).toContain('kept safely in the spool');
    expect(findings[0]?.advice).toContain('python3 report.py');
  });

  it('is still told when it cannot be said who holds it', () => {
    const [finding] = judge({ probe: failing({}) }).filter(({ level }) => level === 'critical');
    expect(finding?.what).toContain('a program that this system does not name');
  });
});

it('says nothing about a file that its owner is replacing but that it is at work', () => {
  const running = { ...RUNNING, state: 'recovering', breaker: { ...breaker, reason: 'maintenance' } } as const;
  const findings = judge({ exists: false, probe: null, running }).filter(({ level }) => level !== 'ok');
  expect(findings.map(({ subject, level }) => [subject, level])).toEqual([['state', 'warning']]);
});

it('sums up by the worst', () => {
  const findings = judge({ probe: failing({}), backups: { count: 0, newest: null, lastVerify: null } });
  expect(worstLevel(findings)).toBe('critical');
  expect(verdictOf(findings)).toMatch(/^1 critical and 1 warning: market\.db takes no writes/);
});
