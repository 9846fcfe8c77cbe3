// Reads of monitor.db: slots, runs, events.
import { type SlotFact, tallySlots } from '../../../monitoring/series/slotTally';
import type { SlotRecord } from '../../../../shared/contract/reads';
import type { RunRow } from '../../../../shared/contract/rows/recordRows';
import type { RunReport } from '../../../../shared/domain/collector';
import type { RunQuality } from '../../../../shared/domain/runQuality';
import type { CollectorEvent } from '../../../../shared/domain/collectorEvent';
import type { SqliteDatabase } from '../driver';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

export function createMonitorReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    'slots.recent': ({ collectorIds, perCollector }) =>
      collectorIds.flatMap((collectorId) =>
        statements
          .all<Omit<SlotRecord, 'expected'> & { readonly expected: number }>(
            `SELECT s.collector_id AS collectorId, s.slot_at_ms AS slotAtMs, s.outcome,
               r.duration_ms AS durationMs, r.inserted + r.changed AS rows, s.turn, s.slots, s.until_ms AS untilMs,
               ifnull(r.trigger, 'schedule') = 'schedule' AS expected
             FROM slots s LEFT JOIN runs r ON r.id = s.run_id
             WHERE s.collector_id = ? ORDER BY s.turn DESC, s.slot_at_ms DESC LIMIT ?`,
            [collectorId, pageSize(perCollector)],
          )
          .map((slot) => ({ ...slot, expected: slot.expected === 1 }))
          .reverse(),
      ),

    'slots.tally': ({ collectorIds, windows }) =>
      collectorIds.map((collectorId) => ({
        collectorId,
        tallies: windows.map(({ fromMs, toMs }) =>
          tallySlots(slotsBetween(statements, collectorId, fromMs, toMs), fromMs, toMs),
        ),
      })),

    'runs.recent': ({ collectorId, limit }) =>
      statements
        .all<RunRow>(
          `SELECT ${selectList('runs', 'r')} FROM runs r WHERE r.collector_id = ?
           ORDER BY r.started_at_ms DESC, r.id LIMIT ?`,
          [collectorId, pageSize(limit)],
        )
        .map(toReport),

    // By slot, not by start: the wall clock may have been set back between two runs.
    'runs.streak': ({ collectorId }) =>
      statements.all<{ readonly streak: number | null }>(
        `SELECT r.streak FROM slots s JOIN runs r ON r.id = s.run_id WHERE s.collector_id = ?
         ORDER BY s.turn DESC, s.slot_at_ms DESC LIMIT 1`,
        [collectorId],
      )[0]?.streak ?? null,

    'events.recent': ({ collectorId, beforeMs, limit }) =>
      statements.all<CollectorEvent>(
        `SELECT e.at_ms AS atMs, e.kind, e.collector_id AS collectorId, e.host, e.cause FROM collector_events e
         WHERE (? IS NULL OR e.collector_id = ?) AND e.at_ms < ?
         ORDER BY e.at_ms DESC, e.rowid DESC LIMIT ?`,
        [collectorId, collectorId, beforeMs ?? Number.MAX_SAFE_INTEGER, pageSize(limit)],
      ),
  };
}

/** In order, with the last one before. The wall clock can have gone through that time more than once. */
function slotsBetween(
  statements: StatementCache,
  collectorId: string,
  fromMs: number,
  toMs: number,
): readonly SlotFact[] {
  const columns = `s.slot_at_ms AS slotAtMs, s.outcome, s.slots, s.until_ms AS untilMs,
    ifnull(r.trigger, 'schedule') = 'schedule' AS isExpected`;
  const from = 'FROM slots s LEFT JOIN runs r ON r.id = s.run_id WHERE s.collector_id = ? AND s.turn = ?';
  const newest = statements.get<{ readonly turn: number | null }>(
    'SELECT max(turn) AS turn FROM slots WHERE collector_id = ?',
    [collectorId],
  );
  const slots: (Omit<SlotFact, 'expected'> & { readonly isExpected: number })[] = [];
  for (let turn = 0; turn <= (newest?.turn ?? -1); turn += 1) {
    slots.push(
      ...statements.all<(typeof slots)[number]>(
        `SELECT * FROM (SELECT ${columns} ${from} AND s.slot_at_ms < ? ORDER BY s.slot_at_ms DESC LIMIT 1)
         UNION ALL SELECT * FROM (SELECT ${columns} ${from} AND s.slot_at_ms >= ? AND s.slot_at_ms < ?)`,
        [collectorId, turn, fromMs, collectorId, turn, fromMs, toMs],
      ),
    );
  }
  return slots
    .map(({ isExpected, ...slot }) => ({ ...slot, expected: isExpected === 1 }))
    .sort((a, b) => a.slotAtMs - b.slotAtMs);
}

/** Rows of earlier versions keep how many rows were rejected, not why. */
function toReport({ rejected, errorClass, errorMessage, streak: _streak, quality, ...run }: RunRow): RunReport {
  const { rejected: reasons = null, excerpt, asked, ...told } = readQuality(quality);
  return {
    ...(run as unknown as Omit<RunReport, 'rejected' | 'error'>),
    ...(asked !== undefined && { asked }),
    quality: told.completeness ? (told as RunQuality) : null,
    rejected: reasons ?? (rejected > 0 ? [{ reason: 'rejected', count: rejected }] : []),
    error:
      errorClass === null
        ? null
        : ({ class: errorClass, message: errorMessage ?? '', ...(excerpt && { excerpt }) } as RunReport['error']),
  };
}

type StoredQuality = Partial<RunQuality> & {
  readonly rejected?: RunReport['rejected'];
  readonly excerpt?: string;
  readonly asked?: number;
};

/** What a run's row holds as JSON. */
export function readQuality(text: string | null): StoredQuality {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as StoredQuality;
  } catch {
    return {};
  }
}
