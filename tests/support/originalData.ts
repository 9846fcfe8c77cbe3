// Data in the shapes of the program that Poolwatch succeeds, made up here, with every known trap planted once; and writers for the
// forms in which people have it: its database, its backups, CSV exports.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';

type Row = Readonly<Record<string, string | number | null>>;
export type OriginalTables = Readonly<Record<string, readonly Row[]>>;

/** When the trades really happened, seconds. */
export const TRADED_AT_S = Date.UTC(2025, 8, 15, 12, 0, 0) / 1_000;
const SHIFT_S = 6 * 3_600;
export const BAR_AT_S = Date.UTC(2025, 8, 15) / 1_000;
export const POOL_A = 'solana_PoolAaaa';

/** "2025-09-15 18:00:00.123456", as the original stored times */
function naive(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ')}.123456`;
}

function trade(number: number, more: Row = {}): Row {
  return {
    id: `solana_${366_000_000 + number}_Tx${number}_7_${TRADED_AT_S + number}`,
    pool_id: POOL_A,
    block_number: 366_000_000 + number,
    tx_hash: `Tx${number}`,
    tx_from_address: 'Wallet1',
    from_token_amount: '2',
    to_token_amount: '1000',
    price_usd: '200',
    volume_usd: '400',
    side: 'buy',
    block_timestamp: naive(TRADED_AT_S + number + SHIFT_S),
    ...more,
  };
}

function bar(number: number, more: Row = {}): Row {
  return {
    pool_id: POOL_A,
    timeframe: '1h',
    timestamp: BAR_AT_S + 3_600 * number,
    open_price: '0.4',
    high_price: '0.5',
    low_price: '0.3',
    close_price: '0.45',
    volume_usd: '1000',
    datetime: naive(BAR_AT_S + 3_600 * number - SHIFT_S),
    created_at: naive(BAR_AT_S + 86_400),
    ...more,
  };
}

function look(number: number, more: Row = {}): Row {
  return {
    pool_id: POOL_A,
    name: 'AAA / SOL',
    base_token_price_usd: '0.4',
    reserve_in_usd: '5000.0000',
    fdv_usd: '1000000',
    market_cap_usd: '',
    transactions_h24_buys: 12,
    network_id: 'solana',
    dex_id: 'raydium',
    collected_at: naive(TRADED_AT_S + 60 * number),
    ...more,
  };
}

const UPDATED = naive(TRADED_AT_S);

export function originalTables(): OriginalTables {
  return {
    dexes: [
      { id: 'raydium', name: 'raydium', network: 'solana', last_updated: UPDATED },
      { id: 'uniswap_v3', name: 'Uniswap V3', network: 'eth', last_updated: UPDATED },
      { id: 'solana_unknown', name: 'Unknown', network: 'solana', last_updated: UPDATED },
    ],
    pools: [
      pool(POOL_A, { name: 'AAA / SOL' }),
      pool('solana_solana_PoolBbbb', { name: 'BBB / SOL' }),
      pool('eth_0xABCDEF', { name: 'CCC / WETH', dex_id: 'uniswap_v3', base_token_id: null, quote_token_id: null }),
      pool('solana_PoolBlank', { name: 'None', base_token_id: '', quote_token_id: null, reserve_usd: '0.00' }),
      pool('PoolAaaa', { name: 'AAA again', reserve_usd: '1' }),
      pool('solana_PoolUnknown', { name: 'EEE / SOL', dex_id: 'solana_unknown' }),
    ],
    tokens: [
      token('solana_So1111', { symbol: 'SOL', name: 'Wrapped SOL' }),
      token('solana_Made', { symbol: 'TKNMade', name: 'Token Made...' }),
      token('BareToken', { symbol: 'BARE', name: 'Token Bare...', decimals: 6 }),
    ],
    ohlcv_data: [
      bar(0),
      bar(1, { open_price: '3.5E-01' }),
      bar(2, { timestamp: (BAR_AT_S + 7_200) * 1_000_000 }),
      bar(3, { high_price: '0.1' }),
      bar(4, { timestamp: BAR_AT_S + 4 * 3_600 + 1 }),
      bar(5, { timeframe: '7 moons' }),
      bar(0),
      bar(6, { close_price: 'nan' }),
    ],
    trades: [
      trade(0),
      trade(1, { side: 'sell', from_token_amount: '1000', to_token_amount: '2', price_usd: '0.4' }),
      trade(2, { volume_usd: null }),
      trade(3, { pool_id: 'solana_Nowhere' }),
      trade(4, { id: 'row-4' }),
      trade(0),
      trade(5, { block_number: '99999999999999999999' }),
      trade(6, { side: 'None' }),
      trade(7, { price_usd: '0.4' }),
    ],
    new_pools_history: [
      look(0),
      look(1, { collected_at: '41:57.8' }),
      look(2, { collected_at: '09/16/2025 2:30:00 PM' }),
      look(3, { reserve_in_usd: '1,234.56', fdv_usd: 'abc' }),
      look(4, { base_token_price_usd: '1.2E-05' }),
    ],
    watchlist: [{ pool_id: POOL_A, token_symbol: 'AAA', token_name: 'Aaa', network_address: 'BaseAaaa', is_active: 1 }],
    collection_metadata: [{ collector_type: 'top_pools_solana', last_run: UPDATED, run_count: 481, error_count: 5 }],
  };
}

function pool(id: string, more: Row): Row {
  return {
    id,
    address: id.split('_').at(-1) ?? '',
    dex_id: 'raydium',
    base_token_id: 'solana_BaseAaaa',
    quote_token_id: 'solana_So1111',
    reserve_usd: '5000.00000000',
    created_at: '2025-09-01 00:00:00',
    last_updated: UPDATED,
    ...more,
  };
}

function token(id: string, more: Row): Row {
  return { id, address: id.replace('solana_', ''), decimals: 9, network: 'solana', last_updated: UPDATED, ...more };
}

/** A database in WAL mode whose last rows are in the log only, as a running program leaves it. Returns what closes it. */
export function writeDatabase(path: string, tables: OriginalTables): () => void {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  for (const [name, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0] ?? {});
    db.exec(`CREATE TABLE ${name} (${columns.join(', ')})`);
    const insert = db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
  }
  return () => db.close();
}

/** One array per table, gzipped, and a description beside them. */
export function writeJsonBackup(folder: string, tables: OriginalTables): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    writeFileSync(join(folder, `${name}.json.gz`), gzipSync(JSON.stringify(rows)));
  }
  writeFileSync(
    join(folder, 'backup_metadata.json'),
    JSON.stringify({ created: UPDATED, tables: Object.keys(tables) }),
  );
}

/** With a byte order mark and Windows line ends, as a spreadsheet saves it. */
export function writeCsvExport(folder: string, tables: OriginalTables): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0] ?? {});
    const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(','));
    writeFileSync(join(folder, `${name}.csv`), `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`);
  }
}

function quoted(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
