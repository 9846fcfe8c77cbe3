// What the program itself wrote down during an endurance run, read from monitor.db over a connection of its own. Judges nothing.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { IncidentEvent, Notice, NoticeKind } from '../../src/shared/domain/alerts';
import type { Saying, StoredIncident } from './alarms';
import { grouped } from './grouped';
import type { SlotRecord } from './slots';

/** The parts of a stored incident that matter here; written by the program as JSON. */
interface IncidentBody {
  readonly node: string;
  readonly incident: {
    readonly title: string;
    readonly rootRuleId: string;
  };
}

interface Line {
  readonly incidentId: string;
  readonly atMs: number;
  readonly kind: string;
  readonly text: string;
}

/** Lines and notices that say that something is wrong, and what; the others say that it is over, or who was told. */
const SAYING: ReadonlySet<string> = new Set([
  ...(['opened', 'joined', 'rooted', 'reopened'] satisfies IncidentEvent['kind'][]),
  ...(['fired', 'raised', 'reminder', 'still_firing', 'unstable'] satisfies NoticeKind[]),
]);

export interface MonitorRecord {
  readonly incidents: readonly StoredIncident[];
  readonly slots: readonly SlotRecord[];
  readonly scheduledRuns: readonly Pick<SlotRecord, 'collectorId' | 'atMs'>[];
}

export function readMonitorRecord(profileDir: string): MonitorRecord {
  const db = new Database(join(profileDir, 'monitor.db'), { readonly: true });
  try {
    return {
      incidents: incidentsOf(db),
      slots: db
        .prepare<[], SlotRecord>(
          `SELECT collector_id AS collectorId, turn, slot_at_ms AS atMs, ifnull(until_ms, slot_at_ms) AS untilMs, slots, outcome
           FROM slots`,
        )
        .all(),
      scheduledRuns: db
        .prepare<[], Pick<SlotRecord, 'collectorId' | 'atMs'>>(
          `SELECT collector_id AS collectorId, slot_at_ms AS atMs FROM runs WHERE trigger = 'schedule'`,
        )
        .all(),
    };
  } finally {
    db.close();
  }
}

function incidentsOf(db: Database.Database): readonly StoredIncident[] {
  const lines = grouped(
    db
      .prepare<[], Line>(
        'SELECT incident_id AS incidentId, at_ms AS atMs, kind, text FROM incident_events ORDER BY at_ms',
      )
      .all(),
    ({ incidentId }) => incidentId,
  );
  const notices = grouped(
    db
      .prepare<[], Line>(
        "SELECT incident_id AS incidentId, at_ms AS atMs, kind, body AS text FROM notices WHERE suppressed = ''",
      )
      .all(),
    ({ incidentId }) => incidentId,
  );
  const rows = db
    .prepare<[], { readonly id: string; readonly openedAtMs: number; readonly body: string }>(
      `SELECT id, opened_at_ms AS openedAtMs, body FROM incidents
       WHERE folded_into = '' ORDER BY opened_at_ms`,
    )
    .all();
  return rows.map(({ id, openedAtMs, body }) => {
    const { node, incident } = JSON.parse(body) as IncidentBody;
    const own = lines.get(id) ?? [];
    return {
      id,
      node,
      rootRuleId: incident.rootRuleId,
      title: incident.title,
      alarmsAtMs: [openedAtMs, ...own.filter(({ kind }) => kind === 'reopened').map(({ atMs }) => atMs)],
      goodAtMs: own.filter(({ kind }) => kind === 'recovering' || kind === 'resolved').map(({ atMs }) => atMs),
      said: [
        ...own.filter(isSaying),
        ...(notices.get(id) ?? [])
          .filter(isSaying)
          .map(({ atMs, text }) => noticeWords({ ...(JSON.parse(text) as Pick<Notice, 'title' | 'body'>), atMs })),
      ],
    };
  });
}

/** Whether it says that something is wrong, and what. */
export function isSaying({ kind }: { readonly kind: string }): boolean {
  return SAYING.has(kind);
}

export function noticeWords({ atMs, title, body }: Pick<Notice, 'atMs' | 'title' | 'body'>): Saying {
  return { atMs, text: `${title}. ${body}` };
}
