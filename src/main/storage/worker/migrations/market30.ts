// The watchlist, and which stretches of every candle series were asked for. Coverage is bookkeeping about candles: it hangs on
// the key of their series, and is not brought over from a damaged file, where bars that it vouches for may be lost.
import type { Migration } from './migration';

export const market30: Migration = {
  version: 30,
  up(db) {
    db.exec(`
      CREATE TABLE watchlist (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        address TEXT NOT NULL,
        symbol TEXT,
        name TEXT,
        dex_id TEXT,
        token_address TEXT,
        groups TEXT NOT NULL,
        note TEXT NOT NULL,
        active INTEGER NOT NULL,
        added_by TEXT NOT NULL,
        added_at_ms INTEGER NOT NULL,
        score REAL,
        reasons TEXT,
        updated_at_ms INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE candle_coverage (
        series_key INTEGER PRIMARY KEY,
        ranges TEXT NOT NULL,
        refused_before_s INTEGER,
        refused_at_ms INTEGER,
        newest_at_ms INTEGER,
        observed_at_ms INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
