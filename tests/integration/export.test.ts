// An exported file holds exactly what was asked for as it was at one moment, and nothing that a spreadsheet would run.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { exportRows } from '../../src/main/export/exportRows';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import type { ExportArgs, ExportFigures, ExportSubject } from '../../src/shared/contract/exports';
import { packRows } from '../../src/shared/contract/tables';
import type { PoolFilter } from '../../src/shared/contract/queries';
import type { CandleRow, PoolRow } from '../../src/shared/domain/market';
import type { LongWork, Progress } from '../../src/shared/domain/operation';
import { PORT_THREADS, settled, WORKERS } from '../support/engineBench';

const LONG_PRICE = '0.0000566673284218277368707532612867396024960039002528290815078515286';
const ALL: PoolFilter = { networkId: null, dexId: null, search: null, minReserveUsd: null };
const WHOLE = { poolIds: null, fromMs: null, toMs: null };
const POOLS: ExportSubject = { kind: 'pools', filter: ALL, sortBy: 'reserveUsd', descending: true };
const CANDLES: ExportSubject = { kind: 'table', table: 'candles', range: WHOLE };
const T0_S = Date.UTC(2026, 0, 1) / 1_000;

const pool = (number: number, more: Partial<PoolRow> = {}): PoolRow => ({
  id: `solana_pool${number}`,
  networkId: 'solana',
  dexId: number % 2 ? 'orca' : 'raydium',
  address: `pool${number}`,
  name: `TOKEN${number} / SOL`,
  baseTokenId: null,
  quoteTokenId: null,
  createdAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  basePriceUsd: LONG_PRICE,
  quotePriceUsd: null,
  reserveUsd: String(number),
  fdvUsd: null,
  marketCapUsd: null,
  volumeUsdM5: null,
  volumeUsdH1: null,
  volumeUsdH6: null,
  volumeUsdH24: '12.5',
  changePctM5: '-28.668',
  changePctH1: null,
  changePctH6: null,
  buysH1: null,
  sellsH1: null,
  changePctH24: null,
  buysH24: 3,
  sellsH24: null,
  buyersH24: null,
  sellersH24: null,
  feePct: null,
  lockedLiquidityPct: null,
  observedAtMs: Date.UTC(2026, 0, 3),
  ...more,
});

const candle = (poolNumber: number, number: number, more: Partial<CandleRow> = {}): CandleRow => ({
  poolId: `solana_pool${poolNumber}`,
  timeframe: 'hour',
  aggregate: 1,
  side: 'base',
  currency: 'usd',
  startsAtS: T0_S + 3_600 * number,
  open: LONG_PRICE,
  high: '2',
  low: '0.5',
  close: `1.${number + 1}`,
  volume: `${number}`,
  observedAtMs: T0_S * 1_000 + number,
  ...more,
});

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-export-'));
  store = await openStore({
    name: 'market',
    file: join(dir, 'market.db'),
    spoolDir: join(dir, 'spool'),
    workers: WORKERS,
    clock: systemClock,
  });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const patient: LongWork = { signal: new AbortController().signal, onProgress: () => undefined };

function exportTo(path: string, args: Partial<ExportArgs>, work: LongWork = patient): Promise<ExportFigures> {
  const whole: ExportArgs = { subject: POOLS, format: 'csv', byteOrderMark: false, ...args };
  return exportRows({ ...whole, store, target: path, exporter: PORT_THREADS.exporter }, work);
}

async function writePools(rows: readonly PoolRow[], id = 'pools'): Promise<void> {
  await store.write({ id, parts: [packRows('pools', rows)] });
  await settled(store);
}

async function writeCandles(rows: readonly CandleRow[]): Promise<void> {
  await store.write({ id: 'candles', parts: [packRows('candles', rows)] });
  await settled(store);
}

function readCsv(path: string): Record<string, string>[] {
  return parse(readFileSync(path, 'utf8'), { columns: true }) as Record<string, string>[];
}

async function exportedPools(subject: ExportSubject = POOLS): Promise<Record<string, string>[]> {
  const path = join(dir, 'pools.csv');
  const { rows } = await exportTo(path, { subject });
  const records = readCsv(path);
  expect(records).toHaveLength(rows);
  return records;
}

const leftovers = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.part'));

describe('the pool list as CSV', () => {
  it('holds the whole range, sorted, with decimals untouched and times in UTC', async () => {
    await writePools(Array.from({ length: 1_203 }, (_, number) => pool(number)));
    const records = await exportedPools();
    expect(records.map((record) => Number(record['reserve_usd']))).toEqual(
      Array.from({ length: 1_203 }, (_, index) => 1_202 - index),
    );
    expect(records[0]).toMatchObject({
      base_price_usd: LONG_PRICE,
      change_pct_m5: '-28.668',
      quote_price_usd: '',
      created_at: '2026-01-02T03:04:05.000Z',
    });
  });

  it.each([
    ['reserveUsd', true],
    ['reserveUsd', false],
    ['name', true],
    ['createdAtMs', false],
  ] as const)('has the order of the list in the window (by %s, descending %s)', async (sortBy, descending) => {
    await writePools(
      Array.from({ length: 57 }, (_, number) =>
        pool(number, {
          reserveUsd: number % 5 === 0 ? null : `${number % 7}`,
          name: number % 6 === 0 ? null : `${number % 2 ? 'a' : 'A'}${number % 9}`,
          createdAtMs: number % 4 === 0 ? null : T0_S + (number % 3),
        }),
      ),
    );
    const order = { filter: ALL, sortBy, descending };
    const records = await exportedPools({ kind: 'pools', ...order });
    const shown = await store.read('pools.list', { ...order, offset: 0, limit: 100 });
    expect(records.map((record) => record['pool_id'])).toEqual(shown.items.map(({ id }) => id));
  });

  it('holds exactly what the filter shows', async () => {
    await writePools(Array.from({ length: 10 }, (_, number) => pool(number)));
    const records = await exportedPools({ ...POOLS, filter: { ...ALL, dexId: 'orca' } } as ExportSubject);
    expect(records.map((record) => record['dex'])).toEqual(Array.from({ length: 5 }, () => 'orca'));
  });

  it('keeps hostile names as text: quotes, line breaks, formulas, right-to-left marks', async () => {
    const names = [
      '=HYPERLINK("x")',
      '+1',
      '-2+3',
      '@SUM(A1)',
      '\tx',
      ' =1',
      '-A1',
      'a,"b"\r\nc',
      '\u202Eevil',
      'plain',
    ];
    await writePools(names.map((name, number) => pool(100 - number, { name })));
    expect((await exportedPools()).map((record) => record['name'])).toEqual([
      `'=HYPERLINK("x")`,
      `'+1`,
      `'-2+3`,
      `'@SUM(A1)`,
      `'\tx`,
      `' =1`,
      `'-A1`,
      'a,"b"\r\nc',
      '\u202Eevil',
      'plain',
    ]);
  });

  it('is of one moment, although every row changes again and again while it is written', async () => {
    const generation = (number: number): readonly PoolRow[] =>
      Array.from({ length: 3_000 }, (_, index) =>
        pool(index, {
          reserveUsd: `${(index * 7_919 + number * 31) % 3_001}`,
          fdvUsd: `${number}`,
          observedAtMs: number,
        }),
      );
    await writePools(generation(1), 'generation-1');
    let exporting = true;
    const changes = (async () => {
      for (let number = 2; exporting; number += 1) await writePools(generation(number), `generation-${number}`);
    })();
    const records = await exportedPools().finally(() => (exporting = false));
    await changes;
    expect(new Set(records.map((record) => record['pool_id'])).size).toBe(3_000);
    expect(new Set(records.map((record) => record['fdv_usd'])).size).toBe(1);
  });

  it('begins with a byte order mark when a spreadsheet needs one', async () => {
    await writePools([pool(1)]);
    await exportTo(join(dir, 'marked.csv'), { byteOrderMark: true });
    expect(readFileSync(join(dir, 'marked.csv')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });
});

describe('candles', () => {
  const stored = [0, 1, 2].flatMap((number) => Array.from({ length: 700 }, (_, index) => candle(number, index)));
  const asWritten = ({ startsAtS, observedAtMs, aggregate, ...row }: CandleRow): Record<string, string> => ({
    pool_id: row.poolId,
    timeframe: row.timeframe,
    aggregate: String(aggregate),
    side: row.side,
    currency: row.currency,
    starts_at: new Date(startsAtS * 1_000).toISOString(),
    open: row.open,
    high: row.high,
    low: row.low,
    close: row.close,
    volume: row.volume,
    observed_at: new Date(observedAtMs).toISOString(),
  });

  it('are the stored ones as CSV, series after series, oldest first', async () => {
    await writeCandles(stored.toReversed());
    await exportTo(join(dir, 'candles.csv'), { subject: CANDLES });
    expect(readCsv(join(dir, 'candles.csv'))).toEqual(stored.map(asWritten));
  });

  it('can be limited to pools and to a time, whose end is not part of it', async () => {
    await writeCandles(stored);
    const range = { poolIds: ['solana_pool1'], fromMs: (T0_S + 3_600) * 1_000, toMs: (T0_S + 3 * 3_600) * 1_000 };
    await exportTo(join(dir, 'part.csv'), { subject: { kind: 'candles', timeframe: 'hour', aggregate: 1, range } });
    expect(readCsv(join(dir, 'part.csv')).map(({ pool_id, close }) => [pool_id, close])).toEqual([
      ['solana_pool1', '1.2'],
      ['solana_pool1', '1.3'],
    ]);
  });

  it('read back from Parquet are the stored ones, over several row groups', async () => {
    const many = Array.from({ length: 45_000 }, (_, number) => candle(number % 3, Math.trunc(number / 3)));
    await writeCandles(many);
    const path = join(dir, 'candles.parquet');
    expect(await exportTo(path, { subject: CANDLES, format: 'parquet' })).toMatchObject({ rows: 45_000, files: 1 });
    const bytes = readFileSync(path);
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    });
    const key = ({ poolId, startsAtS }: CandleRow): string => `${poolId} ${startsAtS}`;
    const expected = new Map(many.map((row) => [key(row), row]));
    for (const row of rows) {
      const startsAtS = (row['starts_at'] as Date).getTime() / 1_000;
      const found = expected.get(`${String(row['pool_id'])} ${startsAtS}`);
      expect(row).toMatchObject({ open: LONG_PRICE, close: found?.close, volume: found?.volume, aggregate: 1n });
      expected.delete(`${String(row['pool_id'])} ${startsAtS}`);
    }
    expect(expected.size).toBe(0);
  });

  it('read back from JSON lines are the stored ones', async () => {
    await writeCandles(stored);
    await exportTo(join(dir, 'candles.jsonl'), { subject: CANDLES, format: 'jsonl' });
    const lines = readFileSync(join(dir, 'candles.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      stored.map((row) => ({ ...asWritten(row), aggregate: 1 })),
    );
  });

  it('become one QLib file per symbol with a summary; names that differ in case only do not meet', async () => {
    const poolIds = ['solana_AbC', 'solana_aBc', 'polygon_pos_0x1'];
    await writeCandles(poolIds.flatMap((poolId) => [candle(0, 0, { poolId }), candle(0, 1, { poolId })]));
    await writeCandles([candle(0, 0, { poolId: 'solana_AbC', timeframe: 'minute' })]);
    const folder = join(dir, 'qlib');
    const subject: ExportSubject = { kind: 'candles', timeframe: 'hour', aggregate: 1, range: WHOLE };
    expect(await exportTo(folder, { subject, format: 'qlib_folder' })).toMatchObject({ rows: 6, files: 4 });
    expect(readdirSync(folder).toSorted()).toEqual([
      'export_summary.json',
      'polygon_pos_0x1.csv',
      'solana_AbC.csv',
      'solana_aBc__2.csv',
    ]);
    expect(readFileSync(join(folder, 'solana_aBc__2.csv'), 'utf8').split('\n')).toEqual([
      'datetime,symbol,open,high,low,close,volume',
      `2026-01-01 00:00:00,solana_aBc,${LONG_PRICE},2,0.5,1.1,0`,
      `2026-01-01 01:00:00,solana_aBc,${LONG_PRICE},2,0.5,1.2,1`,
      '',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'export_summary.json'), 'utf8'))).toMatchObject({
      symbols_exported: 3,
      total_records: 6,
      date_range: { start: '2026-01-01T00:00:00.000Z', end: '2026-01-01T01:00:00.000Z' },
    });
    expect(await exportTo(join(dir, 'all.csv'), { subject, format: 'qlib_file' })).toMatchObject({ rows: 6, files: 1 });
    expect(readCsv(join(dir, 'all.csv')).map(({ symbol }) => symbol)).toEqual(
      ['polygon_pos_0x1', 'solana_AbC', 'solana_aBc'].flatMap((symbol) => [symbol, symbol]),
    );
  });
});

describe('an export that does not come to its end', () => {
  const many = Array.from({ length: 40_000 }, (_, number) => candle(0, number));

  it.each(['csv', 'parquet', 'qlib_folder'] as const)('leaves no file when it is called off (%s)', async (format) => {
    await writeCandles(many);
    const controller = new AbortController();
    const progress: Progress[] = [];
    const subject: ExportSubject = { kind: 'candles', timeframe: 'hour', aggregate: 1, range: WHOLE };
    const target = join(dir, 'called-off');
    const exporting = exportTo(
      target,
      { subject, format },
      {
        signal: controller.signal,
        onProgress(step) {
          progress.push(step);
          controller.abort(new Error('no longer wanted'));
        },
      },
    );
    await expect(exporting).rejects.toThrow('no longer wanted');
    expect(progress[0]).toMatchObject({ done: 2_000, total: 40_000, unit: 'rows' });
    expect(readdirSync(dir).filter((name) => name.startsWith('called-off'))).toEqual([]);
  });

  it('leaves a file that was there before as it was', async () => {
    writeFileSync(join(dir, 'kept.csv'), 'before');
    await writeCandles(many);
    const controller = new AbortController();
    const work = { signal: controller.signal, onProgress: () => controller.abort(new Error('stop')) };
    await expect(exportTo(join(dir, 'kept.csv'), { subject: CANDLES }, work)).rejects.toThrow('stop');
    expect(readFileSync(join(dir, 'kept.csv'), 'utf8')).toBe('before');
  });

  it('leaves nothing behind when the target cannot be written', async () => {
    await expect(exportTo(join(dir, 'missing', 'pools.csv'), {})).rejects.toThrow(
      `There is no folder ${join(dir, 'missing')}.`,
    );
    expect(leftovers()).toEqual([]);
  });

  it('does not touch a folder with something in it', async () => {
    mkdirSync(join(dir, 'full'));
    writeFileSync(join(dir, 'full', 'mine'), 'mine');
    const subject: ExportSubject = { kind: 'candles', timeframe: 'hour', aggregate: 1, range: WHOLE };
    await expect(exportTo(join(dir, 'full'), { subject, format: 'qlib_folder' })).rejects.toThrow('is not empty');
    expect(readdirSync(join(dir, 'full'))).toEqual(['mine']);
  });

  it('is refused when a limit makes no sense for the table', async () => {
    const subject: ExportSubject = { kind: 'table', table: 'dexes', range: { ...WHOLE, poolIds: ['solana_x'] } };
    await expect(exportTo(join(dir, 'x.csv'), { subject })).rejects.toThrow('cannot be limited to pools');
  });
});
