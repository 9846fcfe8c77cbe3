// What the threads cost: rows per second through the store, divided by raw better-sqlite3 in one plain thread. Fair by the same
// statements, rows, batch size, durability (WAL, synchronous FULL), cache and disk; raw keeps SQLite's own checkpoints (every
// 1,000 pages) and one transaction per batch, and the two take turns in short slices, so that neither inherits the other's disk.
// The pools of a batch lie scattered over the table, as those of an answer sorted by volume do.
// Pool rows are wide (30 values, most of them text); candle rows are what most rows are. What the main thread does meanwhile is
// shown, not promised: 16 to 64 callers and the bench's own changes to the rows are in it. The promise is held by `transport`.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRowWriters } from '../../src/main/storage/worker/rowWriters';
import { openForWriting } from '../../src/main/storage/worker/open';
import type { TableRows } from '../../src/shared/contract/tables';
import type { Store } from '../../src/main/storage/store';
import { mainThreadMs } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { candleRows, openSubject, poolRows, recycledParts } from '../lib/subject';

const PRESENT_POOLS = 18_000;
const SLICES = 6;
/** Batches per slice, and callers that wait for each answer before they send the next: single rows come from many hands at once. */
const SIZES: readonly (readonly [rows: number, batches: number, callers: number])[] = [
  [1, 640, 64],
  [20, 150, 16],
  [100, 60, 16],
  [1_000, 48, 16],
];
const CANDLE_CALLERS = 16;
const CANDLE_BATCHES = 300;

type PartOf = (n: number) => TableRows;

export async function runWorker(run: BenchRun): Promise<BenchResult> {
  const figures: Record<string, number> = {};
  const gates: Gate[] = [];
  const store = await openSubject(run);
  const raw = openForWriting('market', join(run.folder, 'raw.db')).db;
  const pools = createRowWriters(raw, ['pools']).get('pools');
  raw.pragma('wal_autocheckpoint = 1000');
  if (!pools) throw new Error('no statement for pools');
  const storeRaw = (part: TableRows): void =>
    raw.transaction(() => part.rows.forEach((row) => pools.write(row))).immediate();

  for (let first = 0; first < PRESENT_POOLS; first += 1_000) {
    const part = poolRows(first, 1_000, 0);
    storeRaw(part);
    await store.write({ id: `seed${first}`, parts: [part] });
  }
  for (const [rows, batches, callers] of SIZES) {
    const partOf = recycledParts(rows, PRESENT_POOLS);
    let rawMs = 0;
    let storeMs = 0;
    let mainMs = 0;
    for (let slice = 0; slice < SLICES; slice += 1) {
      const startedAtMs = performance.now();
      for (let n = 0; n < batches; n += 1) storeRaw(partOf(n));
      rawMs += performance.now() - startedAtMs;
      const through = await throughStore(store, partOf, batches, callers, `r${rows}-${slice}`);
      storeMs += through.ms;
      mainMs += through.mainMs;
    }
    const total = rows * batches * SLICES;
    figures[`${rows} rows: raw rows/s`] = (total * 1_000) / rawMs;
    figures[`${rows} rows: store rows/s`] = (total * 1_000) / storeMs;
    figures[`${rows} rows: store / raw`] = rawMs / storeMs;
    figures[`${rows} rows: main thread µs/row`] = (mainMs * 1_000) / total;
    gates.push({ figure: `${rows} rows: store / raw`, atLeast: rows === 1 ? 1.5 : 0.85 });
  }
  const candles = candleRows(0, 100, 1);
  const { mainMs } = await throughStore(store, () => candles, CANDLE_BATCHES, CANDLE_CALLERS, 'candles');
  figures['100 candles: main thread µs/row'] = (mainMs * 1_000) / (100 * CANDLE_BATCHES);
  raw.close();
  await store.close();
  return { figures, gates };
}

async function throughStore(store: Store, partOf: PartOf, batches: number, callers: number, prefix: string) {
  const workedBeforeMs = mainThreadMs();
  const startedAtMs = performance.now();
  let next = 0;
  // Making the rows is the bench's work, not the store's.
  let makingMs = 0;
  const caller = async (): Promise<void> => {
    for (let n = next++; n < batches; n = next++) {
      const makingFromMs = performance.now();
      const part = partOf(n);
      makingMs += performance.now() - makingFromMs;
      await store.write({ id: `${prefix}-${n}`, parts: [part] });
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { ms: performance.now() - startedAtMs, mainMs: mainThreadMs() - workedBeforeMs - makingMs };
}
