// What the original collected comes in from every form it was kept in: counted exactly, repaired where the truth can be told,
// reported where not.
import type { WatchlistItem } from '../../src/shared/domain/watchlist';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { previewImport, runImport } from '../../src/main/import/importFiles';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import type { ImportArgs, ImportedTable, ImportFinding, ImportReport } from '../../src/shared/contract/imports';
import { packRows } from '../../src/shared/contract/tables';
import type { LongWork } from '../../src/shared/domain/operation';
import { bundleProgram } from '../storage/support/bundle';
import { PORT_THREADS, settled, WORKERS } from '../support/engineBench';
import {
  BAR_AT_S,
  originalTables,
  POOL_A,
  TRADED_AT_S,
  writeCsvExport,
  writeDatabase,
  writeJsonBackup,
} from '../support/originalData';

const ARGS: ImportArgs = { networkId: 'solana', tradeOffsetMinutes: null };

let dir: string;
let file: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-import-test-'));
  file = join(dir, 'market.db');
  store = await openMarket();
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const openMarket = (): Promise<Store> =>
  openStore({ name: 'market', file, spoolDir: join(dir, 'spool'), workers: WORKERS, clock: systemClock });
const patient: LongWork = { signal: new AbortController().signal, onProgress: () => undefined };
const options = (path: string, args = ARGS) =>
  ({ args, path, store, clock: systemClock, importer: PORT_THREADS.importer }) as const;
const preview = (path: string, args = ARGS): Promise<ImportReport> => previewImport(options(path, args), patient);

type Counts = Readonly<Record<string, number>>;
const counts = (findings: readonly ImportFinding[]): Counts =>
  Object.fromEntries(findings.map(({ reason, count }) => [reason, count]));
const summary = ({ read, accepted, duplicates, repaired, rejected }: ImportedTable): object => ({
  read,
  accepted,
  duplicates,
  repaired: counts(repaired),
  rejected: counts(rejected),
});

/** By table, whatever the file that held it was called. */
function byTable({ tables }: ImportReport): Readonly<Record<string, object>> {
  return Object.fromEntries(tables.map((table) => [table.from.replace(/\.(csv|json\.gz)$/, ''), summary(table)]));
}

const EXPECTED = {
  dexes: { read: 3, accepted: 2, duplicates: 0, repaired: {}, rejected: { 'a made-up exchange': 1 } },
  pools: {
    read: 6,
    accepted: 3,
    duplicates: 1,
    repaired: { 'network twice in an id': 1, 'letter case of an address': 1 },
    rejected: { 'a blank row': 1, 'a made-up exchange': 1 },
  },
  tokens: {
    read: 3,
    accepted: 2,
    duplicates: 0,
    repaired: { 'a made-up name was left out': 1, 'network missing in an id': 1 },
    rejected: { 'neither name nor symbol is real': 1 },
  },
  ohlcv_data: {
    read: 8,
    accepted: 3,
    duplicates: 1,
    repaired: { 'scientific notation': 1 },
    rejected: {
      'a price is missing': 1,
      'its prices contradict each other': 1,
      'its time is not the start of a bar': 1,
      'unknown timeframe': 1,
    },
  },
  trades: {
    read: 9,
    accepted: 6,
    duplicates: 1,
    repaired: {
      'shifted time': 6,
      'price of the wrong token, worked out from volume and amount': 3,
      'price of the wrong token, left out': 1,
      'a value that cannot be read was left out': 1,
    },
    rejected: { 'neither a buy nor a sell': 1, 'the tokens of its pool are not known': 1 },
  },
  new_pools_history: {
    read: 5,
    accepted: 4,
    duplicates: 0,
    repaired: {
      'a date that a spreadsheet rewrote': 1,
      'a value that cannot be read was left out': 1,
      'scientific notation': 1,
      'separators in a number': 1,
    },
    rejected: { 'its time cannot be read': 1 },
  },
  watchlist: {
    read: 1,
    accepted: 1,
    duplicates: 0,
    repaired: {},
    rejected: {},
  },
  collection_metadata: {
    read: 1,
    accepted: 0,
    duplicates: 0,
    repaired: {},
    rejected: { 'Poolwatch keeps its own record of its work': 1 },
  },
};
const ACCEPTED = 2 + 3 + 2 + 3 + 6 + 4 + 1;

/** Every table of ours without what the moment of storing adds. */
async function content(): Promise<Readonly<Record<string, readonly unknown[]>>> {
  await settled(store);
  await store.close();
  const db = new Database(file, { readonly: true });
  const tables = ['dexes', 'pools', 'tokens', 'candles', 'trades', 'pool_snapshots', 'candle_series', 'pool_keys'];
  const found = Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]));
  db.close();
  store = await openMarket();
  return found;
}

/** Puts the tables down in one form and returns its path. */
const FORMS: Readonly<Record<string, () => string>> = {
  'its database': () => {
    const path = join(dir, 'gecko_data.db');
    writeDatabase(path, originalTables())();
    return path;
  },
  'a gzipped JSON backup': () => {
    writeJsonBackup(join(dir, 'backup'), originalTables());
    return join(dir, 'backup');
  },
  'CSV files saved by a spreadsheet': () => {
    writeCsvExport(join(dir, 'csv'), originalTables());
    return join(dir, 'csv');
  },
};

describe.each(Object.keys(FORMS))('the original in the form of %s', (form) => {
  const write = FORMS[form] as () => string;

  it('is looked through without storing anything, and every trap is counted', async () => {
    const report = await preview(write());
    expect(byTable(report)).toEqual(EXPECTED);
    expect(report.notes).toEqual(['Trade times are 360 minutes ahead of UTC; they are set right.']);
    expect((await content())['pools']).toEqual([]);
  });

  it('is stored with its repairs; a second import changes nothing', async () => {
    const path = write();
    const first = await runImport(options(path), patient);
    expect(byTable(first)).toEqual(EXPECTED);
    expect(first.stored).toMatchObject({ changed: 0, unchanged: 0 });
    expect(first.stored.inserted + first.stored.waiting).toBe(ACCEPTED);
    const stored = await content();
    expect(stored['pools']).toMatchObject([
      { id: POOL_A, name: 'AAA / SOL', reserve_usd: '5000', base_token_id: 'solana_BaseAaaa' },
      { id: 'solana_PoolBbbb' },
      { id: 'eth_0xabcdef', network_id: 'eth' },
    ]);
    expect(stored['dexes']).toMatchObject([{ name: null }, { name: 'Uniswap V3' }]);
    expect(stored['tokens']).toMatchObject([{ symbol: 'SOL' }, { id: 'solana_BareToken', symbol: 'BARE', name: null }]);
    expect(stored['candles']).toMatchObject(
      [0, 1, 2].map((hour) => ({ starts_at_s: BAR_AT_S + 3_600 * hour, open: hour === 1 ? '0.35' : '0.4' })),
    );
    expect(stored['trades']).toMatchObject(
      [
        { tx_hash: 'Tx0', price_usd: '0.4', price_quote: '0.002', from_token_address: 'So1111' },
        { tx_hash: 'Tx1', price_usd: '0.4', price_quote: '0.002', from_token_address: 'BaseAaaa' },
        { tx_hash: 'Tx2', price_usd: null },
        { tx_hash: 'Tx4', price_usd: '0.4' },
        { tx_hash: 'Tx5', price_usd: '0.4', block_number: 366_000_005 },
        { tx_hash: 'Tx7', price_usd: '0.4' },
      ].map((trade) => ({
        ...trade,
        block_at_ms:
          trade.tx_hash === 'Tx4' ? expect.any(Number) : (TRADED_AT_S + Number(trade.tx_hash.slice(2))) * 1_000,
      })),
    );
    const snapshots = stored['pool_snapshots'] as readonly Record<string, unknown>[];
    expect(snapshots.map(({ reserve_usd, base_price_usd }) => [reserve_usd, base_price_usd])).toEqual([
      ['5000', '0.4'],
      ['1234.56', '0.4'],
      ['5000', '0.000012'],
      ['5000', '0.4'],
    ]);
    expect((await runImport(options(path), patient)).stored.changed).toBe(0);
    expect(await content()).toEqual(stored);
  });
});

describe('importing', () => {
  it('reads a database that another program has open, with what is only in its log, and leaves it untouched', async () => {
    const path = join(dir, 'open.db');
    const close = writeDatabase(path, originalTables());
    const before = [path, `${path}-wal`].map((name) => readFileSync(name).toString('base64'));
    expect(byTable(await preview(path))).toEqual(EXPECTED);
    expect(readdirSync(dir)).not.toContain('import');
    expect([path, `${path}-wal`].map((name) => readFileSync(name).toString('base64'))).toEqual(before);
    close();
  });

  it('takes a stated offset where the trades cannot prove one', async () => {
    const { trades = [], pools = [] } = originalTables();
    const unproved = trades.slice(0, 1).map((trade) => ({ ...trade, id: 'row-0' }));
    writeJsonBackup(join(dir, 'unproved'), { pools, trades: unproved });
    const silent = await preview(join(dir, 'unproved'));
    expect(silent.notes).toContain('Nothing in the source proves its trade times; they are taken as UTC.');
    await runImport(options(join(dir, 'unproved'), { ...ARGS, tradeOffsetMinutes: 360 }), patient);
    expect((await content())['trades']).toMatchObject([{ block_at_ms: TRADED_AT_S * 1_000 + 123 }]);
  });

  it('follows the pools of the old watchlist, and leaves alone what the person has noted here', async () => {
    const { watchlist: [mine] = [] } = originalTables();
    writeJsonBackup(join(dir, 'watched'), { watchlist: [mine ?? {}, { ...mine, pool_id: 'solana_Another' }] });
    await runImport(options(join(dir, 'watched')), patient);
    const [first, second] = await store.read('watchlist.list', { activeOnly: true });
    expect([first, second].map((row) => [row?.symbol, row?.tokenAddress, row?.addedBy])).toEqual([
      ['AAA', 'BaseAaaa', 'import'],
      ['AAA', 'BaseAaaa', 'import'],
    ]);
    await store.write({ id: 'note', parts: [packRows('watchlist', [{ ...(first as WatchlistItem), note: 'mine' }])] });
    const again = await runImport(options(join(dir, 'watched')), patient);
    expect(again.tables).toMatchObject([{ accepted: 0, duplicates: 2 }]);
    const notes = (await store.read('watchlist.list', { activeOnly: true })).map(({ note }) => note);
    expect(notes.toSorted()).toEqual(['', 'mine']);
  });

  it('never replaces what was collected here', async () => {
    const own = {
      ...Object.fromEntries(['feePct', 'lockedLiquidityPct'].map((name) => [name, null])),
      id: POOL_A,
      networkId: 'solana',
      dexId: 'raydium',
      address: 'PoolAaaa',
      name: 'ours',
      reserveUsd: '7',
      observedAtMs: Date.UTC(2026, 0, 1),
    };
    await store.write({ id: 'own', parts: [packRows('pools', [own as never])] });
    await runImport(options((FORMS['its database'] as () => string)()), patient);
    const pools = (await content())['pools'] as readonly Record<string, unknown>[];
    expect(pools.find(({ id }) => id === POOL_A)).toMatchObject({ name: 'ours', reserve_usd: '7' });
  });

  it('called off in the middle and repeated ends with the same content', async () => {
    const { pools = [], ohlcv_data: [bar] = [] } = originalTables();
    const bars = Array.from({ length: 5_000 }, (_, hour) => ({ ...bar, timestamp: BAR_AT_S - 3_600 * hour }));
    writeJsonBackup(join(dir, 'long'), { pools, ohlcv_data: bars } as never);
    const controller = new AbortController();
    const impatient: LongWork = {
      signal: controller.signal,
      onProgress: ({ done, step }) => {
        if (step === 'Reading' && done >= 2_000) controller.abort(new Error('enough'));
      },
    };
    await expect(runImport(options(join(dir, 'long')), impatient)).rejects.toThrow('enough');
    const half = ((await content())['candles'] ?? []).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(5_000);
    const { stored } = await runImport(options(join(dir, 'long')), patient);
    expect(stored.inserted + stored.unchanged + stored.waiting).toBe(5_003);
    expect((await content())['candles']).toHaveLength(5_000);
  });

  it('killed in the middle and repeated ends with the same content as without the kill', async () => {
    const { pools = [], ohlcv_data: [bar] = [] } = originalTables();
    const bars = Array.from({ length: 6_000 }, (_, hour) => ({ ...bar, timestamp: BAR_AT_S - 3_600 * hour }));
    writeJsonBackup(join(dir, 'long'), { pools, ohlcv_data: bars } as never);
    const program = await bundleProgram('../../support/importProgram.ts', join(dir, 'program'));
    await store.close();
    const argument = JSON.stringify({ dir, path: join(dir, 'long'), out: dirname(PORT_THREADS.importer) });
    const child = spawn(process.execPath, [program, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout }))
      if (line === 'Reading 3000') child.kill('SIGKILL');
    store = await openMarket();
    const half = ((await content())['candles'] ?? []).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(6_000);
    await runImport(options(join(dir, 'long'), { networkId: null, tradeOffsetMinutes: null }), patient);
    const repeated = await content();
    await store.close();
    for (const name of readdirSync(dir).filter((entry) => entry.startsWith('market.db'))) rmSync(join(dir, name));
    rmSync(join(dir, 'spool'), { recursive: true });
    store = await openMarket();
    await runImport(options(join(dir, 'long'), { networkId: null, tradeOffsetMinutes: null }), patient);
    const whole = await content();
    expect(repeated['candles']).toEqual(whole['candles']);
    expect(whole['candles']).toHaveLength(6_000);
    expect(repeated['pools']).toEqual(whole['pools']);
  });

  it('reads QLib files and tells which bars they hold', async () => {
    const lines = [0, 1, 2].map((hour) => `2025-09-15 0${hour}:00:00,${POOL_A},0.4,0.5,0.3,0.45,10`);
    mkdirSync(join(dir, 'qlib'));
    writeFileSync(
      join(dir, 'qlib', `${POOL_A}.csv`),
      ['datetime,symbol,open,high,low,close,volume', ...lines, ''].join('\n'),
    );
    const report = await runImport(options(join(dir, 'qlib')), patient);
    expect(report.notes).toEqual(['QLib candles are taken as bars of 60 minutes.']);
    expect((await content())['candle_series']).toMatchObject([
      { pool_id: POOL_A, timeframe: 'hour', aggregate: 1, candles: 3 },
    ]);
  });

  it('does not mind separators, encodings, line breaks in cells, columns that come twice or blank rows', async () => {
    const head = 'id;name;network;name';
    const rows = ['"orca";"Caf\u00e9\r\nDEX";solana;', ';;;', 'short;row', 'meteora;;solana;second'];
    writeFileSync(join(dir, 'dexes.csv'), Buffer.from(`${[head, ...rows].join('\r\n')}\r\n`, 'latin1'));
    const report = await runImport(options(join(dir, 'dexes.csv')), patient);
    expect(report.notes).toEqual([
      'dexes.csv is written in windows-1252.',
      'dexes.csv has the column "name" twice; the first one that holds a value counts.',
    ]);
    expect(report.tables.map(summary)).toEqual([
      {
        read: 4,
        accepted: 2,
        duplicates: 0,
        repaired: {},
        rejected: { 'a blank row': 1, 'more or fewer cells than columns': 1 },
      },
    ]);
    expect((await content())['dexes']).toMatchObject([{ name: 'Caf\u00e9\r\nDEX' }, { name: 'second' }]);
    writeFileSync(join(dir, 'wide.csv'), Buffer.from('\uFEFFid,name,network\norca,Orca,solana\n', 'utf16le'));
    expect((await preview(join(dir, 'wide.csv'))).tables).toMatchObject([{ read: 1, accepted: 1 }]);
  });

  it('reads all tables of one JSON document, and one object per line', async () => {
    const { dexes = [], tokens = [] } = originalTables();
    writeFileSync(join(dir, 'all.json'), JSON.stringify({ made: 'today', tables: { dexes, tokens } }));
    expect((await preview(join(dir, 'all.json'))).tables).toMatchObject([
      { from: 'all.json: dexes', read: 3 },
      { from: 'all.json: tokens', read: 3 },
    ]);
    writeFileSync(join(dir, 'lines.jsonl'), dexes.map((row) => JSON.stringify(row)).join('\n'));
    expect((await preview(join(dir, 'lines.jsonl'))).tables).toMatchObject([{ read: 3, accepted: 2 }]);
  });
});

describe('a source that is not what it seems', () => {
  it('counts up to where truncated JSON ends, and says so', async () => {
    const text = JSON.stringify(originalTables()['dexes']);
    writeFileSync(join(dir, 'cut.json'), text.slice(0, -40));
    const report = await preview(join(dir, 'cut.json'));
    expect(report.tables).toMatchObject([{ read: 2 }]);
    expect(report.notes).toEqual([
      'cut.json cannot be read to its end: it ends in the middle. What came before counts.',
    ]);
  });

  it.each([
    ['bomb.json.gz', gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20)), 'unpacks to more than 100 times its size'],
    ['archive.csv', Buffer.from('PK\u0003\u0004rest'), 'is a zip archive; unpack it first'],
    ['broken.db', Buffer.from(`SQLite format 3\0${'garbage'.repeat(200)}`), 'cannot be read'],
  ])('%s is refused with a sentence', async (name, bytes, message) => {
    writeFileSync(join(dir, name), bytes);
    await expect(preview(join(dir, name))).rejects.toThrow(message);
  });

  it('stops at nesting without end and at rows without end', async () => {
    writeFileSync(join(dir, 'deep.json'), '['.repeat(100_000));
    expect((await preview(join(dir, 'deep.json'))).notes[0]).toContain('nested more than 64 levels deep');
    writeFileSync(join(dir, 'wide.json'), `[{"id":"${'x'.repeat(3 * 1024 * 1024)}`);
    expect((await preview(join(dir, 'wide.json'))).notes[0]).toContain('a row is longer than 1 MB');
  });

  it('does not follow links out of a folder', async () => {
    mkdirSync(join(dir, 'linked'));
    writeFileSync(join(dir, 'secret.csv'), 'id,name,network\nsecret,Secret,solana\n');
    symlinkSync(join(dir, 'secret.csv'), join(dir, 'linked', 'dexes.csv'));
    await expect(preview(join(dir, 'linked'))).rejects.toThrow('holds no database, CSV or JSON file');
  });

  it('says when there is nothing there', async () => {
    await expect(preview(join(dir, 'missing'))).rejects.toThrow('There is no');
  });
});
