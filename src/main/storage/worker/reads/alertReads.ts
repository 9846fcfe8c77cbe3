// Reads of monitor.db about alerts: what they go on from after a start, incidents, transitions, notices.
import type {
  AlertInstanceRow,
  AlertRuleRow,
  AlertTransitionRow,
  IncidentEventRow,
  IncidentRow,
  NoticeRow,
  SilenceRow,
} from '../../../../shared/contract/rows/alertRows';
import type { SqliteDatabase } from '../driver';
import { pageSize } from './poolList';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

/** More than these have long been given up. */
const MAX_UNSEEN = 1_000;

export function createAlertReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);

  return {
    'alerts.stored': ({ endedSinceMs, runningAtMs }) => ({
      rules: statements.all<AlertRuleRow>(
        `SELECT ${selectList('alert_rules', 'r')} FROM alert_rules r ORDER BY r.rule_id, r.version`,
        [],
      ),
      instances: statements.all<AlertInstanceRow>(
        `SELECT ${selectList('alert_instances', 'i')} FROM alert_instances i`,
        [],
      ),
      incidents: statements.all<IncidentRow>(
        `SELECT ${selectList('incidents', 'i')} FROM incidents i
         WHERE i.resolved_at_ms = 0 OR i.resolved_at_ms >= ? ORDER BY i.opened_at_ms`,
        [endedSinceMs],
      ),
      silences: statements.all<SilenceRow>(
        `SELECT ${selectList('silences', 's')} FROM silences s WHERE s.until_ms > ? ORDER BY s.from_ms`,
        [runningAtMs],
      ),
      unseen: statements.all<NoticeRow>(
        `SELECT ${selectList('notices', 'n')} FROM notices n WHERE n.seen = 0 ORDER BY n.at_ms DESC LIMIT ${MAX_UNSEEN}`,
        [],
      ),
    }),

    'incidents.list': ({ state, beforeMs, limit }) =>
      statements.all<IncidentRow>(
        `SELECT ${selectList('incidents', 'i')} FROM incidents i
         WHERE i.folded_into = '' AND i.opened_at_ms < ?
           AND (? = 'all' OR (? = 'open') = (i.resolved_at_ms = 0))
         ORDER BY i.opened_at_ms DESC, i.rowid DESC LIMIT ?`,
        [beforeMs ?? Number.MAX_SAFE_INTEGER, state, state, pageSize(limit)],
      ),

    'incidents.one': ({ incidentId }) => {
      const [incident] = statements.all<IncidentRow>(
        `SELECT ${selectList('incidents', 'i')} FROM incidents i WHERE i.id = ?`,
        [incidentId],
      );
      if (!incident) return null;
      const events = statements.all<IncidentEventRow>(
        `SELECT ${selectList('incident_events', 'e')} FROM incident_events e
         WHERE e.incident_id = ? ORDER BY e.at_ms, e.rowid`,
        [incidentId],
      );
      return { incident, events };
    },

    'alerts.transitions': ({ keys, fromMs, toMs, limit }) =>
      statements
        .all<AlertTransitionRow>(
          `SELECT ${selectList('alert_transitions', 't')} FROM alert_transitions t
           WHERE t.key IN (SELECT value FROM json_each(?)) AND t.seen_at_ms BETWEEN ? AND ?
           ORDER BY t.seen_at_ms DESC, t.rowid DESC LIMIT ?`,
          [JSON.stringify(keys), fromMs, toMs, pageSize(limit)],
        )
        .reverse(),

    'notices.list': ({ beforeMs, limit }) =>
      statements.all<NoticeRow>(
        `SELECT ${selectList('notices', 'n')} FROM notices n WHERE n.at_ms < ?
         ORDER BY n.at_ms DESC, n.rowid DESC LIMIT ?`,
        [beforeMs ?? Number.MAX_SAFE_INTEGER, pageSize(limit)],
      ),
  };
}
