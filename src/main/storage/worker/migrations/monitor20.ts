// Slots that the wall clock names twice, rows that speak for many slots, streaks and quality with each run, and events.
// Tables are made anew because the columns that travel must come before those that the database adds itself.
import type { Migration } from './migration';

export const monitor20: Migration = {
  version: 20,
  up(db) {
    db.exec(`
      CREATE TABLE slots_new (
        collector_id TEXT NOT NULL,
        slot_at_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        run_id TEXT,
        detail TEXT,
        turn INTEGER NOT NULL,
        slots INTEGER NOT NULL,
        until_ms INTEGER,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (collector_id, turn, slot_at_ms)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO slots_new
        SELECT collector_id, slot_at_ms, outcome, run_id, detail, 0, 1, NULL, revision FROM slots;
      DROP TABLE slots;
      ALTER TABLE slots_new RENAME TO slots;

      CREATE TABLE runs_new (
        id TEXT PRIMARY KEY NOT NULL,
        collector_id TEXT NOT NULL,
        slot_at_ms INTEGER NOT NULL,
        started_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER NOT NULL,
        duration_ms REAL NOT NULL,
        trigger TEXT NOT NULL,
        outcome TEXT NOT NULL,
        fetched INTEGER NOT NULL,
        valid INTEGER NOT NULL,
        inserted INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        calls INTEGER NOT NULL,
        throttles INTEGER NOT NULL,
        error_class TEXT,
        error_message TEXT,
        streak INTEGER,
        quality TEXT,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO runs_new
        SELECT id, collector_id, slot_at_ms, started_at_ms, ended_at_ms, duration_ms, trigger, outcome, fetched, valid,
          inserted, changed, unchanged, rejected, calls, throttles, error_class, error_message, NULL, NULL, revision
        FROM runs;
      DROP TABLE runs;
      ALTER TABLE runs_new RENAME TO runs;
      CREATE INDEX runs_by_collector ON runs (collector_id, started_at_ms);

      CREATE TABLE collector_events (
        id TEXT PRIMARY KEY NOT NULL,
        at_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        collector_id TEXT,
        host TEXT,
        cause TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX collector_events_by_time ON collector_events (at_ms);
    `);
  },
};
