// More of what the source tells: every network, more windows of a pool, its history and scores, facts about tokens, trades.
// What a pool has many of hangs on a small integer key instead of the pool's 50 characters. Rows of `pool_keys` are never
// deleted: a key that came back for another pool would hand it the history of the first.
import type { Migration } from './migration';

const OBSERVED = `
  observed_at_ms INTEGER NOT NULL,
  first_seen_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL`;

const POOL_FIGURES = `
  base_price_usd TEXT,
  quote_price_usd TEXT,
  reserve_usd TEXT,
  fdv_usd TEXT,
  market_cap_usd TEXT,
  volume_usd_m5 TEXT,
  volume_usd_h1 TEXT,
  volume_usd_h6 TEXT,
  volume_usd_h24 TEXT,
  change_pct_m5 TEXT,
  change_pct_h1 TEXT,
  change_pct_h6 TEXT,
  change_pct_h24 TEXT,
  buys_h1 INTEGER,
  sells_h1 INTEGER,
  buys_h24 INTEGER,
  sells_h24 INTEGER,
  buyers_h24 INTEGER,
  sellers_h24 INTEGER`;

/** What a pool had before this step. */
const KEPT = `id, network_id, dex_id, address, name, base_token_id, quote_token_id, created_at_ms, base_price_usd, quote_price_usd,
  reserve_usd, fdv_usd, market_cap_usd, volume_usd_h1, volume_usd_h24, change_pct_m5, change_pct_h1, change_pct_h24,
  buys_h24, sells_h24, observed_at_ms, first_seen_at_ms, changed_at_ms`;

export const market20: Migration = {
  version: 20,
  up(db) {
    // Made anew rather than altered: added columns would come last, and salvage relies on the order in which rows travel.
    db.exec(`
      ALTER TABLE pools RENAME TO pools_before;
      DROP INDEX pools_by_dex;
      CREATE TABLE pools (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        dex_id TEXT NOT NULL,
        address TEXT NOT NULL,
        name TEXT,
        base_token_id TEXT,
        quote_token_id TEXT,
        created_at_ms INTEGER,
        ${POOL_FIGURES},
        fee_pct TEXT,
        locked_liquidity_pct TEXT,
        ${OBSERVED}
      ) STRICT;
      INSERT INTO pools (${KEPT}) SELECT ${KEPT} FROM pools_before;
      DROP TABLE pools_before;
      CREATE INDEX pools_by_dex ON pools (network_id, dex_id);

      CREATE TABLE networks (
        network_id TEXT PRIMARY KEY NOT NULL,
        name TEXT,
        coingecko_platform_id TEXT,
        ${OBSERVED}
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE token_details (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        address TEXT NOT NULL,
        price_usd TEXT,
        fdv_usd TEXT,
        market_cap_usd TEXT,
        total_supply TEXT,
        reserve_usd TEXT,
        volume_usd_h24 TEXT,
        image_url TEXT,
        coingecko_id TEXT,
        graduation_pct TEXT,
        graduated_at_ms INTEGER,
        migrated_pool_id TEXT,
        last_trade_at_ms INTEGER,
        ${OBSERVED}
      ) STRICT;

      CREATE TABLE token_infos (
        id TEXT PRIMARY KEY NOT NULL,
        network_id TEXT NOT NULL,
        address TEXT NOT NULL,
        description TEXT,
        image_url TEXT,
        websites TEXT,
        discord_url TEXT,
        farcaster_url TEXT,
        zora_url TEXT,
        telegram_handle TEXT,
        twitter_handle TEXT,
        categories TEXT,
        gt_score TEXT,
        gt_score_details TEXT,
        gt_verified INTEGER,
        holders INTEGER,
        holder_distribution TEXT,
        holders_at_ms INTEGER,
        mint_authority INTEGER,
        freeze_authority INTEGER,
        is_honeypot INTEGER,
        developer_address TEXT,
        developer_holding_pct TEXT,
        metadata_at_ms INTEGER,
        ${OBSERVED}
      ) STRICT;

      CREATE TABLE pool_keys (
        key INTEGER PRIMARY KEY,
        pool_id TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE pool_snapshots (
        pool_key INTEGER NOT NULL,
        observed_at_ms INTEGER NOT NULL,
        seen_by TEXT NOT NULL,
        ${POOL_FIGURES},
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (pool_key, observed_at_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE pool_signals (
        pool_key INTEGER NOT NULL,
        observed_at_ms INTEGER NOT NULL,
        score REAL NOT NULL,
        volume_part REAL NOT NULL,
        liquidity_part REAL NOT NULL,
        momentum_part REAL NOT NULL,
        activity_part REAL NOT NULL,
        volatility_part REAL NOT NULL,
        bonus REAL NOT NULL,
        activity_score REAL NOT NULL,
        volume_trend TEXT NOT NULL,
        liquidity_trend TEXT NOT NULL,
        samples INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (pool_key, observed_at_ms)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX pool_signals_by_time ON pool_signals (observed_at_ms);

      CREATE TABLE discovery_polls (
        network_id TEXT NOT NULL,
        observed_at_ms INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        pools INTEGER NOT NULL,
        fresh_pools INTEGER NOT NULL,
        newest_created_at_ms INTEGER,
        oldest_created_at_ms INTEGER,
        previous_at_ms INTEGER,
        capture_pct REAL,
        missed_estimate INTEGER,
        launches_per_minute TEXT,
        revision INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (network_id, observed_at_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE trades (
        pool_key INTEGER NOT NULL,
        tx_hash TEXT NOT NULL,
        log_index INTEGER NOT NULL,
        block_number INTEGER NOT NULL,
        block_at_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        from_token_address TEXT NOT NULL,
        to_token_address TEXT NOT NULL,
        from_amount TEXT NOT NULL,
        to_amount TEXT NOT NULL,
        price_usd TEXT,
        price_quote TEXT,
        quote_price_usd TEXT,
        volume_usd TEXT,
        sender TEXT,
        observed_at_ms INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        UNIQUE (pool_key, tx_hash, log_index)
      ) STRICT;
      CREATE INDEX trades_by_time ON trades (pool_key, block_at_ms);
    `);
  },
};
