// What the program itself wrote down during an endurance run, read from monitor.db over a connection of its own. Judges nothing.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { StoredIncident } from './alarms';
import { grouped } from './grouped';
import type { SlotRecord } from './slots';

/** The parts of a stored incident that matter here; written by the program as JSON. */
interface IncidentBody {
  readonly node: string;
  readonly incident: {
    readonly title: string;
    readonly cause: string | null;
    readonly rootRuleId: string;
    readonly members: readonly { readonly key: string }[];
  };
}

interface Line {
  readonly incidentId: string;
  readonly atMs: number;
  readonly kind: string;
  readonly text: string;
}

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
  const firings = grouped(
    db
      .prepare<[], { readonly key: string; readonly atMs: number }>(
        "SELECT key, at_ms AS atMs FROM alert_transitions WHERE to_state = 'firing' ORDER BY at_ms",
      )
      .all(),
    ({ key }) => key,
  );
  const rows = db
    .prepare<
      [],
      { readonly id: string; readonly openedAtMs: number; readonly resolvedAtMs: number; readonly body: string }
    >(
      `SELECT id, opened_at_ms AS openedAtMs, resolved_at_ms AS resolvedAtMs, body FROM incidents
       WHERE folded_into = '' ORDER BY opened_at_ms`,
    )
    .all();
  return rows.map(({ id, openedAtMs, resolvedAtMs, body }) => {
    const { node, incident } = JSON.parse(body) as IncidentBody;
    const own = lines.get(id) ?? [];
    const isOurs = (atMs: number): boolean => atMs >= openedAtMs && (resolvedAtMs === 0 || atMs <= resolvedAtMs);
    return {
      id,
      node,
      rootRuleId: incident.rootRuleId,
      title: incident.title,
      cause: incident.cause,
      alarmsAtMs: [openedAtMs, ...own.filter(({ kind }) => kind === 'reopened').map(({ atMs }) => atMs)],
      firedAtMs: incident.members
        .flatMap(({ key }) => (firings.get(key) ?? []).map(({ atMs }) => atMs))
        .filter(isOurs)
        .toSorted((a, b) => a - b),
      said: [...own, ...(notices.get(id) ?? [])].map(({ atMs, text }) => ({ atMs, text })),
    };
  });
}
