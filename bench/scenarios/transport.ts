// What rows cost the main thread on their way into the store: CPU time from the objects in a caller's hand to the settled promise,
// with the share of packing shown by itself; and, for comparison, what the forms cost in which rows could travel. One caller that
// waits for each answer: nothing is merged, so a batch's own price is in every figure.
import { Worker } from 'node:worker_threads';
import { packRows, type TableRows } from '../../src/shared/contract/tables';
import type { Store } from '../../src/main/storage/store';
import { mainThreadMs, wait } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { candleObjects, openSubject, poolObjects } from '../lib/subject';

const ROWS_MEASURED = 60_000;
/** Enough for the engine to have compiled what it will run: the program runs for days. */
const ROWS_WARM_UP = 20_000;
const PROMISED_US_PER_ROW = 2;
/** At 20 rows a batch's own price counts for as much as the rows: shown, not promised. */
const SIZES = [20, 100, 1_000] as const;
const PROMISED_FROM_ROWS = 100;
const RECEIVER =
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => parentPort.postMessage(1));";

interface Subject {
  readonly name: string;
  readonly rows: number;
  pack(): TableRows;
}

export async function runTransport(run: BenchRun): Promise<BenchResult> {
  const figures: Record<string, number> = await formFigures();
  const gates: Gate[] = [];
  const store = await openSubject(run);
  for (const rows of SIZES) {
    const pools = poolObjects(0, rows, 1);
    await measure(store, { name: `${rows} pools`, rows, pack: () => packRows('pools', pools) }, figures, gates);
  }
  const candles = candleObjects(0, 100, 1);
  await measure(store, { name: '100 candles', rows: 100, pack: () => packRows('candles', candles) }, figures, gates);
  await store.close();
  return { figures, gates };
}

async function measure(
  store: Store,
  { name, rows, pack }: Subject,
  figures: Record<string, number>,
  gates: Gate[],
): Promise<void> {
  let batch = 0;
  const write = (part: TableRows): Promise<unknown> => store.write({ id: `${name}-${batch++}`, parts: [part] });
  const packed = pack();
  const packing = await usPerRow(rows, () => void pack());
  const sending = await usPerRow(rows, () => write(packed));
  const inAll = await usPerRow(rows, () => write(pack()));
  figures[`${name}: packing µs/row`] = packing;
  figures[`${name}: packed rows to answer µs/row`] = sending;
  figures[`${name}: main thread in all µs/row`] = inAll;
  if (rows >= PROMISED_FROM_ROWS)
    gates.push({ figure: `${name}: main thread in all µs/row`, atMost: PROMISED_US_PER_ROW });
}

/** Only posting and being answered, by a thread that only receives. */
async function formFigures(): Promise<Record<string, number>> {
  const rows = 1_000;
  const objects = poolObjects(0, rows, 1);
  const packed = packRows('pools', objects).rows;
  const worker = new Worker(RECEIVER, { eval: true });
  const send = (make: () => unknown) => (): Promise<void> =>
    new Promise((resolve) => {
      worker.once('message', () => resolve());
      worker.postMessage(make());
    });
  const figures = {
    'posting arrays µs/row': await usPerRow(
      rows,
      send(() => packed),
    ),
    'posting objects µs/row': await usPerRow(
      rows,
      send(() => objects),
    ),
    'posting JSON µs/row': await usPerRow(
      rows,
      send(() => JSON.stringify(packed)),
    ),
  };
  await worker.terminate();
  return figures;
}

/** @param once handles so many rows */
async function usPerRow(rows: number, once: () => unknown): Promise<number> {
  for (let n = 0; n < ROWS_WARM_UP / rows; n += 1) await once();
  const beforeMs = await bookedMainThreadMs();
  for (let n = 0; n < ROWS_MEASURED / rows; n += 1) await once();
  return (((await bookedMainThreadMs()) - beforeMs) * 1_000) / ROWS_MEASURED;
}

/** A running thread's time is booked when it is next put to sleep: a moment's sleep makes the figure exact. */
async function bookedMainThreadMs(): Promise<number> {
  await wait(2);
  return mainThreadMs();
}
