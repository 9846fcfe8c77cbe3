// What the threads cost: rows per second through the store, divided by the same statements in one plain thread with SQLite's own
// checkpoints (every 1,000 pages), same batches, same durability, same disk. Pool rows are wide (21 values, most of them text);
// candle rows are what most rows are.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRowWriters } from '../../src/main/storage/worker/rowWriters';
import { openForWriting } from '../../src/main/storage/worker/open';
import type { TableRows } from '../../src/shared/contract/storage';
import type { Store } from '../../src/main/storage/store';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { candleRows, openSubject, poolRows, recycledParts } from '../lib/subject';

const PRESENT_POOLS = 18_000;
const BATCHES: readonly (readonly [rows: number, batches: number])[] = [
  [1, 1_500],
  [20, 600],
  [100, 200],
  [1_000, 30],
];
/** Callers that wait for each answer before they send the next. */
const CALLERS = 16;
const CANDLE_BATCHES = 300;

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
  for (const [rows, batches] of BATCHES) {
    const partOf = recycledParts(rows, PRESENT_POOLS);
    const startedAtMs = performance.now();
    for (let n = 0; n < batches; n += 1) storeRaw(partOf(n));
    const rawMs = performance.now() - startedAtMs;
    const through = await throughStore(store, partOf, batches, `r${rows}`);
    const ratio = rawMs / through.ms;
    figures[`${rows} rows: store rows/s`] = (rows * batches * 1_000) / through.ms;
    figures[`${rows} rows: store / raw`] = ratio;
    figures[`${rows} rows: main thread µs/row`] = (through.mainMs * 1_000) / (rows * batches);
    gates.push({ figure: `${rows} rows: store / raw`, atLeast: rows === 1 ? 1.5 : 0.85 });
  }
  const candles = candleRows(0, 100, 1);
  const { mainMs } = await throughStore(store, () => candles, CANDLE_BATCHES, 'candles');
  figures['100 candles: main thread µs/row'] = (mainMs * 1_000) / (100 * CANDLE_BATCHES);
  gates.push({ figure: '100 candles: main thread µs/row', atMost: 2 });
  raw.close();
  await store.close();
  return { figures, gates };
}

async function throughStore(store: Store, partOf: (n: number) => TableRows, batches: number, prefix: string) {
  const before = performance.eventLoopUtilization();
  const startedAtMs = performance.now();
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let n = next++; n < batches; n = next++) await store.write({ id: `${prefix}-${n}`, parts: [partOf(n)] });
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { ms: performance.now() - startedAtMs, mainMs: performance.eventLoopUtilization(before).active };
}
