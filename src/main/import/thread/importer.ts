// Entry of the importing thread (built to out/main/importer.js): reads, repairs and counts; hands batches to the main thread, one
// at a time. It writes nothing but its own copy of a foreign database.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ImportReport } from '../../../shared/contract/imports';
import type { ImportEvent, ImportOrder, ImportRequest } from '../importMessages';
import { readRows } from '../readRows';
import { openSource } from './openSource';

/** The writer commits several at once. */
const MAX_BATCHES_UNDER_WAY = 4;

class Cancelled extends Error {}

async function serve(request: ImportRequest, port: MessagePort): Promise<void> {
  const post = (event: ImportEvent): void => port.postMessage(event);
  const batches = new BatchesUnderWay();
  let cancelled = false;
  port.on('message', (order: ImportOrder) => {
    if (order.kind === 'cancel') cancelled = true;
    batches.answered(cancelled);
  });
  const throwIfCancelled = (): void => {
    if (cancelled) throw new Cancelled();
  };
  try {
    const source = await openSource(request.path, request.copies);
    let report: ImportReport;
    try {
      report = await readRows(source, {
        ...request,
        async onProgress(done, total) {
          post({
            kind: 'progress',
            progress: { done, total, unit: 'rows', step: total === null ? 'Looking' : 'Reading' },
          });
          // Lets messages in: a database is read without ever waiting.
          await new Promise(setImmediate);
          throwIfCancelled();
        },
        store: request.stores
          ? async (batch) => {
              await batches.atMost(MAX_BATCHES_UNDER_WAY - 1);
              throwIfCancelled();
              batches.sent();
              post({ kind: 'batch', batch });
            }
          : null,
      });
      await batches.atMost(0);
      throwIfCancelled();
    } finally {
      await source.close();
    }
    // Not before the copies are gone: whoever hears it may look.
    post({ kind: 'done', report });
  } catch (error) {
    if (error instanceof Cancelled) post({ kind: 'cancelled' });
    else post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  } finally {
    port.close();
  }
}

/** Counts batches that the main thread has not stored yet. */
class BatchesUnderWay {
  #count = 0;
  #wake: () => void = () => undefined;
  #released = false;

  sent(): void {
    this.#count += 1;
  }

  /** @param released from now on nobody waits any more */
  answered(released: boolean): void {
    this.#count -= 1;
    this.#released = released;
    this.#wake();
  }

  async atMost(count: number): Promise<void> {
    while (this.#count > count && !this.#released) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

if (!parentPort) throw new Error('the importer runs as a worker thread');
await serve(workerData as ImportRequest, parentPort);
