// What it costs the main thread to hand rows to another thread, by the form they travel in, and through the whole store (checked,
// queued, sent, answered). The receiver only receives.
import { Worker } from 'node:worker_threads';
import { TABLE_COLUMNS } from '../../src/shared/contract/tables';
import { mainThreadMs } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, poolRows } from '../lib/subject';

const ROWS = 1_000;
const MESSAGES = 60;
const WARM_UP = 10;
const PROMISED_US_PER_ROW = 2;
const RECEIVER =
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => parentPort.postMessage(1));";

export async function runTransport(run: BenchRun): Promise<BenchResult> {
  const part = poolRows(0, ROWS, 1);
  const objects = part.rows.map((row) =>
    Object.fromEntries(TABLE_COLUMNS.pools.map((column, index) => [column, row[index]])),
  );
  const worker = new Worker(RECEIVER, { eval: true });
  const send = (make: () => unknown) => (): Promise<void> =>
    new Promise((resolve) => {
      worker.once('message', () => resolve());
      worker.postMessage(make());
    });
  const arrays = await usPerRow(send(() => part.rows));
  const asObjects = await usPerRow(send(() => objects));
  const json = await usPerRow(send(() => JSON.stringify(part.rows)));
  await worker.terminate();

  const store = await openSubject(run);
  let batch = 0;
  const through = await usPerRow(async () => void (await store.write({ id: `b${batch++}`, parts: [part] })));
  await store.close();
  return {
    figures: {
      'arrays: main thread µs/row': arrays,
      'objects: main thread µs/row': asObjects,
      'JSON: main thread µs/row': json,
      'store, all included: main thread µs/row': through,
    },
    gates: [
      { figure: 'arrays: main thread µs/row', atMost: PROMISED_US_PER_ROW },
      { figure: 'store, all included: main thread µs/row', atMost: PROMISED_US_PER_ROW },
    ],
  };
}

async function usPerRow(send: () => Promise<void>): Promise<number> {
  for (let n = 0; n < WARM_UP; n += 1) await send();
  const beforeMs = mainThreadMs();
  for (let n = 0; n < MESSAGES; n += 1) await send();
  return ((mainThreadMs() - beforeMs) * 1_000) / (MESSAGES * ROWS);
}
