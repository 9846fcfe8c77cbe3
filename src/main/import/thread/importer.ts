// Entry of the importing thread (built to out/main/importer.js): reads, repairs and counts; hands batches to the main thread, one
// at a time. It writes nothing but its own copy of a foreign database.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ImportEvent, ImportOrder, ImportRequest } from '../importMessages';
import { readRows } from '../readRows';
import { openSource } from './openSource';

class Cancelled extends Error {}

if (!parentPort) throw new Error('the importer runs as a worker thread');
await serve(workerData as ImportRequest, parentPort);

async function serve(request: ImportRequest, port: MessagePort): Promise<void> {
  const post = (event: ImportEvent): void => port.postMessage(event);
  let cancelled = false;
  let stored: () => void = () => undefined;
  port.on('message', (order: ImportOrder) => {
    if (order.kind === 'cancel') cancelled = true;
    stored();
  });
  const throwIfCancelled = (): void => {
    if (cancelled) throw new Cancelled();
  };
  try {
    const source = await openSource(request.path);
    try {
      const report = await readRows(source, {
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
              throwIfCancelled();
              const answered = new Promise<void>((resolve) => (stored = resolve));
              post({ kind: 'batch', batch });
              await answered;
              throwIfCancelled();
            }
          : null,
      });
      post({ kind: 'done', report });
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof Cancelled) post({ kind: 'cancelled' });
    else post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  } finally {
    port.close();
  }
}
