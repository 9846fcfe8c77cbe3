// What has been done for the databases of the fake program.
import type {
  BackupInfo,
  DatabaseName,
  OperationKind,
  OperationRecord,
  RestorePreview,
} from '../../../../src/shared/domain/database';
import type { RetentionTier } from '../../../../src/shared/domain/retention';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function fakeBackup(database: DatabaseName, nowMs: number): BackupInfo {
  return {
    name: `${database}-20261124T030000Z.db`,
    atMs: nowMs - 5 * HOUR_MS,
    bytes: 58_720_256,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    tables: [
      { name: 'pools', rows: 1_100 },
      { name: 'candles', rows: 240_000 },
    ],
  };
}

export function fakePreview(database: DatabaseName, nowMs: number): RestorePreview {
  return {
    backup: fakeBackup(database, nowMs),
    problem: null,
    changes: [
      {
        name: 'pools',
        presentRows: 1_120,
        backupRows: 1_100,
        newerRows: 640,
        presentNewestAtMs: nowMs,
        backupNewestAtMs: nowMs - 5 * HOUR_MS,
      },
    ],
    spooledBatches: 3,
  };
}

export function fakeOperations(
  database: DatabaseName,
  kind: OperationKind | null,
  nowMs: number,
): readonly OperationRecord[] {
  if (database === 'monitor') return [];
  const records: readonly OperationRecord[] = [
    {
      atMs: nowMs - HOUR_MS,
      kind: 'lock',
      outcome: 'ok',
      durationMs: 30_120,
      detail: 'python3 (process 48213, python3 compact.py market.db) held the write lock.',
      holder: {
        pid: 48_213,
        program: 'python3',
        command: 'python3 compact.py market.db',
        sinceMs: nowMs - HOUR_MS - 30_120,
        certainty: 'exact',
      },
      report: null,
    },
    {
      atMs: nowMs - 5 * HOUR_MS,
      kind: 'backup',
      outcome: 'ok',
      durationMs: 812,
      detail: 'A verified backup of 56.0 MB was made.',
      holder: null,
      report: null,
    },
  ];
  return records.filter((record) => kind === null || record.kind === kind);
}

export function fakeTiers(database: DatabaseName, nowMs: number): readonly RetentionTier[] {
  const ends = { oldestAtMs: nowMs - 20 * DAY_MS, newestAtMs: nowMs };
  if (database === 'monitor') {
    const young = { partitions: 2, rows: 12, estimatedBytes: 1_400, perDay: null, whenFull: null };
    return [{ table: 'storage_samples', timeframe: null, keepDays: 30, ...young, ...ends }];
  }
  return [
    {
      table: 'candles',
      timeframe: 'minute',
      keepDays: 90,
      rows: 240_000,
      partitions: 40,
      estimatedBytes: 20_971_520,
      perDay: { rows: 12_000, estimatedBytes: 1_048_576 },
      whenFull: { rows: 1_080_000, estimatedBytes: 94_371_840 },
      ...ends,
    },
    {
      table: 'trades',
      timeframe: null,
      keepDays: null,
      rows: 8_000,
      partitions: 20,
      estimatedBytes: 3_145_728,
      perDay: { rows: 400, estimatedBytes: 157_286 },
      whenFull: null,
      ...ends,
    },
  ];
}
