// Alerts: rules as people changed them, the state of every rule on every target, the log of transitions, incidents with their
// timelines, silences, and notices. What has a shape of its own is JSON, written whole each time: no column of it is searched.
import type { Migration } from './migration';

export const monitor30: Migration = {
  version: 30,
  up(db) {
    db.exec(`
      CREATE TABLE alert_rules (
        rule_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (rule_id, version)
      ) STRICT;

      CREATE TABLE alert_instances (
        key TEXT PRIMARY KEY NOT NULL,
        at_ms INTEGER NOT NULL,
        observed_ms REAL NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE alert_transitions (
        id TEXT PRIMARY KEY NOT NULL,
        key TEXT NOT NULL,
        rule_id TEXT NOT NULL,
        rule_version INTEGER NOT NULL,
        target_kind TEXT NOT NULL,
        target_id TEXT NOT NULL,
        from_state TEXT NOT NULL,
        to_state TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        seen_at_ms INTEGER NOT NULL,
        value REAL,
        severity TEXT NOT NULL,
        reason TEXT NOT NULL,
        episode INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX alert_transitions_by_time ON alert_transitions (seen_at_ms);
      CREATE INDEX alert_transitions_by_key ON alert_transitions (key, seen_at_ms);

      CREATE TABLE incidents (
        id TEXT PRIMARY KEY NOT NULL,
        opened_at_ms INTEGER NOT NULL,
        resolved_at_ms INTEGER NOT NULL,
        severity TEXT NOT NULL,
        folded_into TEXT NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX incidents_by_time ON incidents (opened_at_ms);
      CREATE INDEX incidents_open ON incidents (resolved_at_ms);

      CREATE TABLE incident_events (
        id TEXT PRIMARY KEY NOT NULL,
        at_ms INTEGER NOT NULL,
        incident_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX incident_events_by_time ON incident_events (at_ms);
      CREATE INDEX incident_events_by_incident ON incident_events (incident_id);

      CREATE TABLE silences (
        id TEXT PRIMARY KEY NOT NULL,
        from_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE notices (
        id TEXT PRIMARY KEY NOT NULL,
        at_ms INTEGER NOT NULL,
        incident_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        severity TEXT NOT NULL,
        suppressed TEXT NOT NULL,
        seen INTEGER NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX notices_by_time ON notices (at_ms);
      CREATE INDEX notices_unseen ON notices (at_ms) WHERE seen = 0;
    `);
  },
};
