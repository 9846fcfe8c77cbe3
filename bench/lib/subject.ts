// The store under measurement, as the program itself opens it, and the rows that are fed to it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/main/engine/systemClock';
import { openStore } from '../../src/main/storage/openStore';
import type { Store, StoreOptions } from '../../src/main/storage/store';
import { packRows, TABLE_COLUMNS, type TableRows } from '../../src/shared/contract/tables';
import type { SqlValue } from '../../src/shared/contract/sqlValue';
import type { CandleRow, PoolRow } from '../../src/shared/domain/market';
import type { BenchRun } from './run';

const STARTED_AT_MS = Date.UTC(2026, 0, 1);
/** At least as many as there are callers: a part must not change while it is on its way. */
const PARTS_IN_FLIGHT = 16;
/** Prime, so that every pool has one rank. */
const RANK_STRIDE = 7_919;
const PRICE_COLUMN = TABLE_COLUMNS.pools.indexOf('basePriceUsd');
const OBSERVED_COLUMN = TABLE_COLUMNS.pools.indexOf('observedAtMs');

export function subjectOptions({ folder, root }: BenchRun): StoreOptions {
  const out = join(root, 'out', 'main');
  mkdirSync(folder, { recursive: true });
  return {
    name: 'market',
    file: join(folder, 'market.db'),
    spoolDir: join(folder, 'spool'),
    workers: { writer: join(out, 'storageWriter.js'), reader: join(out, 'storageReader.js') },
    clock: systemClock,
  };
}

export function openSubject(run: BenchRun): Promise<Store> {
  return openStore(subjectOptions(run));
}

/**
 * Observations of pools `first` to `first + count - 1` at step `step`; a later step changes their prices. With `scatteredOver`
 * they are that many pools' neighbours by rank, not by id: they lie all over the table, as the pools of an answer do.
 */
export function poolRows(first: number, count: number, step: number, scatteredOver?: number): TableRows {
  return packRows('pools', poolObjects(first, count, step, scatteredOver));
}

/** The same as a parser hands them over. */
export function poolObjects(first: number, count: number, step: number, scatteredOver?: number): readonly PoolRow[] {
  const rows = Array.from({ length: count }, (_, index) => {
    const rank = first + index;
    const n = scatteredOver === undefined ? rank : (rank * RANK_STRIDE) % scatteredOver;
    const address = `Pool${String(n * 7919).padStart(40, '0')}`;
    return {
      id: `solana_${address}`,
      networkId: 'solana',
      dexId: n % 3 === 0 ? 'raydium' : 'orca',
      address,
      name: `TOKEN${n} / SOL`,
      baseTokenId: `solana_Base${String(n).padStart(40, '0')}`,
      quoteTokenId: 'solana_So11111111111111111111111111111111111111112',
      createdAtMs: STARTED_AT_MS - n * 1000,
      basePriceUsd: `0.0000${(n * 31 + step * 17) % 99991}691542742065`,
      quotePriceUsd: `171.${step % 97}`,
      reserveUsd: `${(n * 13 + step) % 999983}.25`,
      fdvUsd: `${n * 1000}`,
      marketCapUsd: null,
      volumeUsdM5: `${step % 100}.25`,
      volumeUsdH1: `${step % 1000}.5`,
      volumeUsdH6: `${(n + step) % 10000}`,
      volumeUsdH24: `${(n + step) % 100000}`,
      changePctM5: '-0.5',
      changePctH1: '1.25',
      changePctH6: '-3.5',
      buysH1: step % 100,
      sellsH1: n % 100,
      changePctH24: '-12',
      buysH24: step % 1000,
      sellsH24: n % 1000,
      buyersH24: step % 500,
      sellersH24: n % 500,
      feePct: null,
      lockedLiquidityPct: null,
      observedAtMs: STARTED_AT_MS + step,
    };
  });
  return parsed(rows);
}

/**
 * A few parts used over and over, made newer and different each time: keeping thousands of batches alive would measure the
 * garbage collector.
 */
export function recycledParts(rows: number, pools: number): (n: number) => TableRows {
  const made = Array.from({ length: PARTS_IN_FLIGHT }, (_, index) => poolRows(index * 1_009, rows, 1, pools));
  let step = 1;
  return (n) => {
    const part = made[n % made.length];
    if (!part) throw new Error('no part');
    step += 1;
    // In one piece, as a parsed answer has it: a text pasted together would be put in order by whoever sends it first.
    const price = (step / 1e9).toFixed(20);
    for (const row of part.rows as SqlValue[][]) {
      row[PRICE_COLUMN] = price;
      row[OBSERVED_COLUMN] = STARTED_AT_MS + step;
    }
    return part;
  };
}

/** One bar for each of the pools; every step is a new bar. */
export function candleRows(first: number, count: number, step: number): TableRows {
  return packRows('candles', candleObjects(first, count, step));
}

export function candleObjects(first: number, count: number, step: number): readonly CandleRow[] {
  const rows = Array.from({ length: count }, (_, index) => ({
    poolId: `solana_Pool${String((first + index) * 7919).padStart(40, '0')}`,
    timeframe: 'minute' as const,
    aggregate: 1,
    side: 'base' as const,
    currency: 'usd' as const,
    startsAtS: STARTED_AT_MS / 1000 + 60 * step,
    open: '1.1',
    high: '1.25',
    low: '1.05',
    close: `1.${step % 1000}`,
    volume: `${step * 3}.5`,
    observedAtMs: STARTED_AT_MS + step,
  }));
  return parsed(rows);
}

/** As if it had come over the wire: every text in one piece. */
function parsed<T>(rows: readonly T[]): readonly T[] {
  return JSON.parse(JSON.stringify(rows)) as readonly T[];
}
