// What the program knows about itself: expected runs, what became of them, and samples of the storage layer.
import { APPLIED_BATCHES_SQL } from './appliedBatches';
import type { Migration } from './migration';

export const monitor10: Migration = {
  version: 10,
  up(db) {
    db.exec(`
      ${APPLIED_BATCHES_SQL}

      CREATE TABLE slots (
        collector_id TEXT NOT NULL,
        slot_at_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        run_id TEXT,
        detail TEXT,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (collector_id, slot_at_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE runs (
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
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX runs_by_collector ON runs (collector_id, started_at_ms);

      CREATE TABLE storage_samples (
        database TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        state TEXT NOT NULL,
        commits INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        commit_p50_ms REAL NOT NULL,
        commit_p95_ms REAL NOT NULL,
        lock_wait_p95_ms REAL NOT NULL,
        lock_wait_max_ms REAL NOT NULL,
        queued_batches INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        wal_bytes INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (database, at_ms)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
