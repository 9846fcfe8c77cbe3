// What became of every notice on every channel. `body` is JSON: only what is asked for is a column.
import type { Migration } from './migration';

export const monitor50: Migration = {
  version: 50,
  up(db) {
    db.exec(`
      CREATE TABLE deliveries (
        key TEXT PRIMARY KEY NOT NULL,
        channel_id TEXT NOT NULL,
        notice_id TEXT NOT NULL,
        incident_id TEXT,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        offered_at_ms INTEGER NOT NULL,
        observed_at_ms INTEGER NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX deliveries_by_time ON deliveries (offered_at_ms);
      CREATE INDEX deliveries_by_incident ON deliveries (incident_id, channel_id, kind);
    `);
  },
};
