// An exported file holds exactly what the filter shows, and nothing that a spreadsheet would run.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/main/engine/systemClock';
import { exportPoolsCsv } from '../../src/main/export/poolsCsv';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { packRows } from '../../src/shared/contract/tables';
import type { PoolFilter } from '../../src/shared/contract/queries';
import type { PoolRow } from '../../src/shared/domain/market';
import { WORKERS } from '../support/engineBench';

const LONG_PRICE = '0.0000566673284218277368707532612867396024960039002528290815078515286';
const ALL: PoolFilter = { networkId: null, dexId: null, search: null, minReserveUsd: null };

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

async function exported(rows: readonly PoolRow[], filter = ALL): Promise<Record<string, string>[]> {
  await store.write({ id: 'pools', parts: [packRows('pools', rows)] });
  const path = join(dir, 'pools.csv');
  const count = await exportPoolsCsv(store, { filter, sortBy: 'reserveUsd', descending: true }, path);
  const records = parse(readFileSync(path, 'utf8'), { columns: true }) as Record<string, string>[];
  expect(records).toHaveLength(count);
  return records;
}

describe('exportPoolsCsv', () => {
  it('writes the whole range over many pages, sorted, with decimals untouched and times in UTC', async () => {
    const records = await exported(Array.from({ length: 1_203 }, (_, number) => pool(number)));
    expect(records).toHaveLength(1_203);
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

  it('writes exactly what the filter shows', async () => {
    const rows = Array.from({ length: 10 }, (_, number) => pool(number));
    const records = await exported(rows, { ...ALL, dexId: 'orca' });
    expect(records.map((record) => record['dex'])).toEqual(Array.from({ length: 5 }, () => 'orca'));
  });

  it('keeps hostile names as text: quotes, line breaks, formulas, right-to-left marks', async () => {
    const names = ['=HYPERLINK("x")', '+1', '-2+3', '@SUM(A1)', '\tx', ' =1', 'a,"b"\r\nc', '\u202Eevil', 'plain'];
    const records = await exported(names.map((name, number) => pool(100 - number, { name })));
    expect(records.map((record) => record['name'])).toEqual([
      `'=HYPERLINK("x")`,
      `'+1`,
      `'-2+3`,
      `'@SUM(A1)`,
      `'\tx`,
      `' =1`,
      'a,"b"\r\nc',
      '\u202Eevil',
      'plain',
    ]);
  });

  it('leaves no half file behind when the target cannot be written', async () => {
    const path = join(dir, 'missing', 'pools.csv');
    await expect(exportPoolsCsv(store, { filter: ALL, sortBy: 'name', descending: false }, path)).rejects.toThrow(
      'ENOENT',
    );
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
