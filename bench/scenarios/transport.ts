// What rows cost the main thread on their way into the store: CPU time from the objects in a caller's hand to the settled promise,
// with the share of packing shown by itself; and, for comparison, what the forms cost in which rows could travel.
import { Worker } from 'node:worker_threads';
import { packRows, type TableRows } from '../../src/shared/contract/tables';
import type { Store } from '../../src/main/storage/store';
import { mainThreadMs, wait } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { candleObjects, openSubject, poolObjects } from '../lib/subject';

const ROWS_MEASURED = 200_000;
/** Enough for the engine to have compiled what it will run: the program runs for days. */
const ROWS_WARM_UP = 20_000;
const PROMISED_US_PER_ROW = 2;
/** As many as a busy program has; what they send at the same time shares a message. */
const CALLERS = 4;
/** An empty message is measured as often as one of so many rows. */
const EMPTY_WEIGHT = 50;
/** At 20 rows, sending a message at all costs as much as the rows in it: shown, not promised. */
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
  const take = async (subject: Subject): Promise<void> => {
    Object.assign(figures, await measure(store, subject));
    if (subject.rows < PROMISED_FROM_ROWS) return;
    gates.push({ figure: `${subject.name}: main thread in all µs/row`, atMost: PROMISED_US_PER_ROW });
  };
  for (const rows of SIZES) {
    const pools = poolObjects(0, rows, 1);
    await take({ name: `${rows} pools`, rows, pack: () => packRows('pools', pools) });
  }
  const candles = candleObjects(0, 100, 1);
  await take({ name: '100 candles', rows: 100, pack: () => packRows('candles', candles) });
  await store.close();
  return { figures, gates };
}

async function measure(store: Store, { name, rows, pack }: Subject): Promise<Record<string, number>> {
  let batch = 0;
  const write = (part: TableRows): Promise<unknown> => store.write({ id: `${name}-${batch++}`, parts: [part] });
  const packed = pack();
  return {
    [`${name}: packing µs/row`]: await usPerRow(rows, 1, () => void pack()),
    [`${name}: packed rows to answer µs/row`]: await usPerRow(rows, CALLERS, () => write(packed)),
    [`${name}: main thread in all µs/row`]: await usPerRow(rows, CALLERS, () => write(pack())),
    [`${name}: in all, one caller µs/row`]: await usPerRow(rows, 1, () => write(pack())),
  };
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
      1,
      send(() => packed),
    ),
    'posting objects µs/row': await usPerRow(
      rows,
      1,
      send(() => objects),
    ),
    'posting JSON µs/row': await usPerRow(
      rows,
      1,
      send(() => JSON.stringify(packed)),
    ),
    'an empty message and its answer µs':
      (await usPerRow(
        EMPTY_WEIGHT,
        1,
        send(() => null),
      )) * EMPTY_WEIGHT,
  };
  await worker.terminate();
  return figures;
}

/**
 * @param callers how many wait for their answers at the same time
 * @param once handles so many rows
 */
async function usPerRow(rows: number, callers: number, once: () => unknown): Promise<number> {
  await repeat(Math.ceil(ROWS_WARM_UP / rows), callers, once);
  const times = Math.ceil(ROWS_MEASURED / rows);
  const beforeMs = await bookedMainThreadMs();
  await repeat(times, callers, once);
  return (((await bookedMainThreadMs()) - beforeMs) * 1_000) / (times * rows);
}

async function repeat(times: number, callers: number, once: () => unknown): Promise<void> {
  let left = times;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await once();
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

/** A running thread's time is booked when it is next put to sleep: a moment's sleep makes the figure exact. */
async function bookedMainThreadMs(): Promise<number> {
  await wait(2);
  return mainThreadMs();
}
