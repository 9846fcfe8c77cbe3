// A database in perfect health, for tests to spoil one thing of it.
import type { DatabaseStatus, LatencySummary } from '../../../../src/shared/domain/database';
import type { DatabaseHealth, DatabaseProbe, ProbeFailure } from '../../../../src/shared/domain/health';

export const NOW_MS = Date.UTC(2026, 10, 28, 12);
export const HOUR_MS = 3_600_000;
export const MB = 1_024 * 1_024;

export const QUICK: LatencySummary = { count: 40, p50Ms: 1, p95Ms: 4, maxMs: 9 };
export const SLOW: LatencySummary = { count: 40, p50Ms: 300, p95Ms: 812, maxMs: 2_000 };

export const HEALTHY_PROBE: DatabaseProbe = {
  ms: { open: 1, read: 2, write: 0.1 },
  failure: null,
  facts: {
    ...{ journalMode: 'wal', pageBytes: 4_096, pages: 1_000, freePages: 10 },
    ...{ isOurs: true, schemaVersion: 30, knownSchemaVersion: 30 },
  },
  wal: { busy: false, log: 12, checkpointed: 12 },
};

export const HEALTHY: DatabaseHealth = {
  name: 'market',
  path: '/data/market.db',
  exists: true,
  createdAtMs: NOW_MS - 100 * HOUR_MS,
  sizeBytes: 4 * MB,
  walBytes: 48_000,
  disk: { freeBytes: 50_000 * MB, totalBytes: 200_000 * MB },
  probe: HEALTHY_PROBE,
  holder: null,
  spool: { batches: 0, bytes: 0, lost: 0 },
  breaker: { state: 'closed', reason: null, sinceMs: null },
  backups: {
    count: 3,
    newest: { name: 'market-20261128T030000Z.db', atMs: NOW_MS - 9 * HOUR_MS, bytes: 4 * MB, isWhole: true },
    lastVerify: null,
  },
  lastCheck: {
    ...{ atMs: NOW_MS - HOUR_MS, kind: 'check', outcome: 'ok', durationMs: 20, detail: 'No damage was found.' },
    ...{ holder: null, report: null },
  },
  running: null,
  connectivity: null,
  performance: null,
  performanceProblem: null,
};

export const RUNNING: DatabaseStatus = {
  ...{ name: 'market', state: 'ok', cause: null, path: '/data/market.db', schemaVersion: 30 },
  ...{
    sizeBytes: 4 * MB,
    walBytes: 48_000,
    tables: [],
    commits: 40,
    rowsWritten: 900,
    rowsRejected: 0,
    busyRetries: 0,
  },
  ...{ queuedBatches: 0, commitLatency: QUICK, lockWait: QUICK, lastCommitAtMs: NOW_MS - 500 },
  ...{ lockedSinceMs: null, holder: null, lastLock: null },
  spool: { batches: 0, bytes: 0, replayed: 0, lost: 0 },
  breaker: { state: 'closed', sinceMs: NOW_MS - HOUR_MS, reason: null, failedProbes: 0, nextProbeAtMs: null },
};

export function failing(failure: Partial<ProbeFailure>): DatabaseProbe {
  return {
    ...HEALTHY_PROBE,
    ms: { ...HEALTHY_PROBE.ms, write: null },
    failure: { step: 'write', code: 'SQLITE_BUSY', kind: 'locked', message: 'database is locked', ...failure },
  };
}
