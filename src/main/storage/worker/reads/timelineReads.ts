// Reads of monitor.db over a stretch of time, folded here so that an answer is as large as a screen, not as the stretch: slots, runs,
// errors, events, samples of the storage layer.
import { foldAges, foldRuns, isGood, type RunFact } from '../../../monitoring/series/foldRuns';
import type { SlotGroup, StorageSpanRow } from '../../../../shared/contract/timeline';
import type { RunErrorClass } from '../../../../shared/domain/collector';
import type { CollectorEvent } from '../../../../shared/domain/collectorEvent';
import type { ErrorSummary, TimeSpan } from '../../../../shared/domain/timeline';
import type { SqliteDatabase } from '../driver';
import { readQuality } from './monitorReads';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { StatementCache } from './statementCache';

const EVENT = 'e.at_ms AS atMs, e.kind, e.collector_id AS collectorId, e.host, e.cause';
/** Which column a moment lies in. Numbers that are bound may be taken for fractions, whose quotient would be one, too. */
const columnOf = (atMs: string): string => `CAST((${atMs} - ?) / ? AS INTEGER)`;

export function createTimelineReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    'slots.grouped': ({ collectorIds, fromMs, toMs, stepMs }) =>
      collectorIds.map((collectorId) => ({
        collectorId,
        groups: groupsOf(statements, collectorId, { fromMs, toMs, stepMs }),
      })),

    'runs.folded': ({ collectorId, fromMs, toMs, stepMs }) => {
      const columns = `r.started_at_ms AS startedAtMs, r.ended_at_ms AS endedAtMs, r.duration_ms AS durationMs, r.outcome,
        r.inserted + r.changed AS rows`;
      const before = statements.all<RunFact>(
        `SELECT ${columns} FROM runs r
         WHERE r.collector_id = ? AND r.started_at_ms < ? AND r.outcome IN ('ok', 'partial')
         ORDER BY r.started_at_ms DESC LIMIT 1`,
        [collectorId, fromMs],
      );
      const runs = statements.all<RunFact>(
        `SELECT ${columns} FROM runs r
         WHERE r.collector_id = ? AND r.started_at_ms >= ? AND r.started_at_ms < ? ORDER BY r.started_at_ms`,
        [collectorId, fromMs, toMs],
      );
      const goodEndsMs = [...before, ...runs]
        .filter(isGood)
        .map(({ endedAtMs }) => endedAtMs)
        .sort((a, b) => a - b);
      const grid = { fromMs, toMs, stepMs };
      return { buckets: foldRuns(runs, grid), ages: foldAges(goodEndsMs, grid) };
    },

    'runs.errors': ({ collectorId, fromMs, toMs }) =>
      statements
        .all<Omit<ErrorSummary, 'excerpt'> & { readonly quality: string | null }>(
          `SELECT r.error_class AS class, count(*) AS runs, max(r.ended_at_ms) AS lastAtMs,
             ifnull(r.error_message, '') AS message, r.quality
           FROM runs r
           WHERE r.collector_id = ? AND r.started_at_ms >= ? AND r.started_at_ms < ? AND r.error_class IS NOT NULL
           GROUP BY r.error_class ORDER BY runs DESC, lastAtMs DESC`,
          [collectorId, fromMs, toMs],
        )
        .map(({ quality, ...summary }) => ({
          ...summary,
          class: summary.class as RunErrorClass,
          excerpt: readQuality(quality).excerpt ?? null,
        })),

    'events.between': ({ fromMs, toMs, limit }) => ({
      before: statements.all<CollectorEvent>(
        `SELECT max(e.at_ms) AS atMs, e.kind, e.collector_id AS collectorId, e.host, e.cause FROM collector_events e WHERE e.at_ms < ?
         GROUP BY e.collector_id, e.host, e.kind LIKE 'breaker%', e.kind IN ('paused', 'resumed'), e.kind IN ('asleep', 'woke')`,
        [fromMs],
      ),
      within: statements
        .all<CollectorEvent>(
          `SELECT ${EVENT} FROM collector_events e WHERE e.at_ms >= ? AND e.at_ms < ?
           ORDER BY e.at_ms DESC, e.rowid DESC LIMIT ?`,
          [fromMs, toMs, pageSize(limit)],
        )
        .reverse(),
    }),

    'storage.folded': ({ database, fromMs, toMs, stepMs }) =>
      statements.all<StorageSpanRow>(
        `SELECT min(t.at_ms) AS atMs, max(t.at_ms) AS untilMs, group_concat(DISTINCT t.state) AS states,
           min(t.at_ms) FILTER (WHERE t.state <> 'ok') AS badFromMs, max(t.at_ms) FILTER (WHERE t.state <> 'ok') AS badUntilMs,
           count(*) AS samples, max(t.commits) AS commits, avg(t.commit_p50_ms) AS commitP50Ms,
           max(t.commit_p95_ms) AS commitP95Ms, max(t.lock_wait_p95_ms) AS lockWaitP95Ms,
           max(t.lock_wait_max_ms) AS lockWaitMaxMs, max(t.wal_bytes) AS walBytes, max(t.size_bytes) AS sizeBytes
         FROM storage_samples t WHERE t.database = ? AND t.at_ms >= ? AND t.at_ms < ?
         GROUP BY ${columnOf('t.at_ms')} ORDER BY atMs`,
        [database, fromMs, toMs, fromMs, stepMs],
      ),

    'storage.unwatched': ({ fromMs, toMs, longerThanMs }) => {
      const [last] = statements.all<{ readonly atMs: number }>(
        `SELECT t.at_ms AS atMs FROM storage_samples t WHERE t.database = 'monitor' AND t.at_ms < ?
         ORDER BY t.at_ms DESC LIMIT 1`,
        [fromMs],
      );
      const gaps = statements.all<TimeSpan>(
        `SELECT fromMs, toMs FROM (
           SELECT lag(t.at_ms) OVER (ORDER BY t.at_ms) AS fromMs, t.at_ms AS toMs
           FROM storage_samples t WHERE t.database = 'monitor' AND t.at_ms >= ? AND t.at_ms < ?)
         WHERE toMs - fromMs > ?`,
        [last?.atMs ?? fromMs, toMs, longerThanMs],
      );
      const first = statements.get<{ readonly atMs: number | null }>(
        `SELECT min(t.at_ms) AS atMs FROM storage_samples t WHERE t.database = 'monitor'`,
        [],
      );
      return { firstAtMs: first?.atMs ?? null, gaps };
    },
  };
}

/** With the last slot before. The wall clock can have gone through that time more than once. */
function groupsOf(
  statements: StatementCache,
  collectorId: string,
  { fromMs, toMs, stepMs }: TimeSpan & { readonly stepMs: number },
): readonly SlotGroup[] {
  const newest = statements.get<{ readonly turn: number | null }>(
    'SELECT max(turn) AS turn FROM slots WHERE collector_id = ?',
    [collectorId],
  );
  const groups: SlotGroup[] = [];
  for (let turn = 0; turn <= (newest?.turn ?? -1); turn += 1) {
    groups.push(
      ...statements.all<SlotGroup>(
        `SELECT s.slot_at_ms AS atMs, s.outcome, s.slots, s.until_ms AS untilMs, s.detail
         FROM slots s WHERE s.collector_id = ? AND s.turn = ? AND s.slot_at_ms < ? ORDER BY s.slot_at_ms DESC LIMIT 1`,
        [collectorId, turn, fromMs],
      ),
      ...statements.all<SlotGroup>(
        `SELECT max(s.slot_at_ms) AS atMs, s.outcome, sum(s.slots) AS slots, s.until_ms AS untilMs, s.detail
         FROM slots s WHERE s.collector_id = ? AND s.turn = ? AND s.slot_at_ms >= ? AND s.slot_at_ms < ?
         GROUP BY ${columnOf('s.slot_at_ms')}, s.outcome, s.until_ms`,
        [collectorId, turn, fromMs, toMs, fromMs, stepMs],
      ),
    );
  }
  return groups;
}
