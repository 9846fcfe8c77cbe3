// The collected data. Prices are TEXT decimals: no float ever touches them. Candles hang on a small integer key instead of
// the pool's 50 characters, in a table without row ids: half the size, and a range scan reads neighbouring pages.
import { APPLIED_BATCHES_SQL } from './appliedBatches';
import type { Migration } from './migration';

export const market10: Migration = {
  version: 10,
  up(db) {
    db.exec(`
      ${APPLIED_BATCHES_SQL}

      CREATE TABLE dexes (
        network_id TEXT NOT NULL,
        dex_id TEXT NOT NULL,
        name TEXT,
        observed_at_ms INTEGER NOT NULL,
        first_seen_at_ms INTEGER NOT NULL,
        changed_at_ms INTEGER NOT NULL,
        PRIMARY KEY (network_id, dex_id)
      ) STRICT;

      CREATE TABLE tokens (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        address TEXT NOT NULL,
        symbol TEXT,
        name TEXT,
        decimals INTEGER,
        observed_at_ms INTEGER NOT NULL,
        first_seen_at_ms INTEGER NOT NULL,
        changed_at_ms INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE pools (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        dex_id TEXT NOT NULL,
        address TEXT NOT NULL,
        name TEXT,
        base_token_id TEXT,
        quote_token_id TEXT,
        created_at_ms INTEGER,
        base_price_usd TEXT,
        quote_price_usd TEXT,
        reserve_usd TEXT,
        fdv_usd TEXT,
        market_cap_usd TEXT,
        volume_usd_h1 TEXT,
        volume_usd_h24 TEXT,
        change_pct_m5 TEXT,
        change_pct_h1 TEXT,
        change_pct_h24 TEXT,
        buys_h24 INTEGER,
        sells_h24 INTEGER,
        observed_at_ms INTEGER NOT NULL,
        first_seen_at_ms INTEGER NOT NULL,
        changed_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX pools_by_dex ON pools (network_id, dex_id);

      CREATE TABLE candle_series (
        key INTEGER PRIMARY KEY,
        pool_id TEXT NOT NULL,
        timeframe TEXT NOT NULL,
        aggregate INTEGER NOT NULL,
        side TEXT NOT NULL,
        currency TEXT NOT NULL,
        candles INTEGER NOT NULL DEFAULT 0,
        UNIQUE (pool_id, timeframe, aggregate, side, currency)
      ) STRICT;

      CREATE TABLE candles (
        series_key INTEGER NOT NULL,
        starts_at_s INTEGER NOT NULL,
        open TEXT NOT NULL,
        high TEXT NOT NULL,
        low TEXT NOT NULL,
        close TEXT NOT NULL,
        volume TEXT NOT NULL,
        observed_at_ms INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (series_key, starts_at_s)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
