// Reads of monitor.db: slots, runs, storage samples.
import type { SlotRecord } from '../../../../shared/contract/reads';
import type { RunRow, StorageSampleRow } from '../../../../shared/contract/tables';
import { COLLECTOR_IDS, type RunReport } from '../../../../shared/domain/collector';
import type { SqliteDatabase } from '../driver';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

export function createMonitorReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    'slots.recent': ({ perCollector }) =>
      COLLECTOR_IDS.flatMap((collectorId) =>
        statements
          .all<SlotRecord>(
            `SELECT s.collector_id AS collectorId, s.slot_at_ms AS slotAtMs, s.outcome,
               r.duration_ms AS durationMs, r.inserted + r.changed AS rows
             FROM slots s LEFT JOIN runs r ON r.id = s.run_id
             WHERE s.collector_id = ? ORDER BY s.slot_at_ms DESC LIMIT ?`,
            [collectorId, pageSize(perCollector)],
          )
          .reverse(),
      ),

    'runs.recent': ({ collectorId, limit }) =>
      statements
        .all<RunRow>(
          `SELECT ${selectList('runs', 'r')} FROM runs r WHERE r.collector_id = ?
           ORDER BY r.started_at_ms DESC, r.id LIMIT ?`,
          [collectorId, pageSize(limit)],
        )
        .map(toReport),

    'storage.series': ({ database, sinceMs }) =>
      statements.all<StorageSampleRow>(
        `SELECT ${selectList('storage_samples', 't')} FROM storage_samples t
         WHERE t.database = ? AND t.at_ms >= ? ORDER BY t.at_ms`,
        [database, sinceMs],
      ),
  };
}

/** The stored row keeps how many rows were rejected, not why; the reasons are in the log. */
function toReport({ rejected, errorClass, errorMessage, ...run }: RunRow): RunReport {
  return {
    ...(run as unknown as Omit<RunReport, 'rejected' | 'error'>),
    rejected: rejected > 0 ? [{ reason: 'rejected', count: rejected }] : [],
    error: errorClass === null ? null : ({ class: errorClass, message: errorMessage ?? '' } as RunReport['error']),
  };
}
