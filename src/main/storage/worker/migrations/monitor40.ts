// Samples: a journal of ticks, the hours that were packed, tiers of rollups; and captured baselines.
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
        PRIMARY KEY (metric, target, from_s)
      ) STRICT, WITHOUT ROWID;
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
        ) STRICT, WITHOUT ROWID;
      `);
    }
  },
};
