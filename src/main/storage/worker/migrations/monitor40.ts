// Samples: a journal of ticks, the hours that were packed, tiers of rollups; and captured baselines. Packed rows are large, so they
// lie in tables with row ids: without, whatever is longer than a quarter of a page would take a page of its own. Ticks are counted
// much more often than read: their index is a hundredth of their size.
import type { Migration } from './migration';

const ROLLUP_TABLES = ['sample_minutes', 'sample_ten_minutes', 'sample_hours', 'sample_days'] as const;

export const monitor40: Migration = {
  version: 40,
  up(db) {
    db.exec(`
      CREATE TABLE sample_layouts (
        id TEXT PRIMARY KEY NOT NULL,
        names TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE sample_ticks (
        from_s INTEGER PRIMARY KEY NOT NULL,
        layout TEXT NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX sample_ticks_by_time ON sample_ticks (from_s);
      CREATE TABLE sample_seals (
        from_s INTEGER PRIMARY KEY NOT NULL,
        ticks INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE sample_chunks (
        metric TEXT NOT NULL,
        target TEXT NOT NULL,
        from_s INTEGER NOT NULL,
        body TEXT NOT NULL,
        samples INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (from_s, metric, target)
      ) STRICT;
      CREATE TABLE baselines (
        id TEXT PRIMARY KEY NOT NULL,
        at_ms INTEGER NOT NULL,
        body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
    `);
    for (const table of ROLLUP_TABLES) {
      db.exec(`
        CREATE TABLE ${table} (
          metric TEXT NOT NULL,
          target TEXT NOT NULL,
          from_s INTEGER NOT NULL,
          width_s INTEGER NOT NULL,
          body TEXT NOT NULL,
          revision INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (metric, target, from_s)
        ) STRICT;
      `);
    }
  },
};
