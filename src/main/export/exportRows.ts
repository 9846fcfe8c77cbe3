// Writes rows of a database to a file, in a thread of its own: exactly what was stored at one moment, whole range, the same memory
// however much it is. A failed or cancelled export leaves nothing behind.
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { isAbsolute } from 'node:path';
import type { ExportArgs, ExportFigures, ExportFormat } from '../../shared/contract/exports';
import type { LongWork } from '../../shared/domain/operation';
import type { Store } from '../storage/store';
import type { ExportEvent, ExportRequest } from './exportRequest';

/** Rows are short-lived: a small nursery keeps the process from growing with what is garbage already. Row groups live longer. */
function heapFor(format: ExportFormat): ResourceLimits {
  return { maxYoungGenerationSizeMb: format === 'parquet' ? 24 : 3, maxOldGenerationSizeMb: 256 };
}

export interface ExportOptions extends ExportArgs {
  /** The database that holds the subject. */
  readonly store: Store;
  /** Absolute path of the file or folder to make. A file that is there is replaced once the new one is whole. */
  readonly target: string;
  /** Absolute path of the built exporting thread. */
  readonly exporter: string;
}

/** Rejects with a readable Error when it cannot be read or written, and with the signal's reason when it is called off. */
export async function exportRows(options: ExportOptions, work: LongWork): Promise<ExportFigures> {
  const { store, target, exporter, subject, format, byteOrderMark } = options;
  work.signal.throwIfAborted();
  if (!isAbsolute(target)) throw new Error('The place of an export must be a whole path.');
  if (format.startsWith('qlib') && subject.kind !== 'candles')
    throw new Error('QLib files hold candles of one kind of bar: choose a timeframe.');
  const cancelled = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const request: ExportRequest = {
    subject,
    format,
    byteOrderMark,
    file: store.status().path,
    target,
    cancelled,
  };
  const cancel = (): void => void Atomics.store(new Int32Array(cancelled), 0, 1);
  work.signal.addEventListener('abort', cancel, { once: true });
  const endRead = store.noteLongRead('An export');
  try {
    return await inThread(exporter, request, work);
  } finally {
    endRead();
    work.signal.removeEventListener('abort', cancel);
  }
}

function inThread(exporter: string, request: ExportRequest, work: LongWork): Promise<ExportFigures> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(exporter, {
      workerData: request,
      name: 'export',
      resourceLimits: heapFor(request.format),
    });
    worker.on('message', (event: ExportEvent) => {
      if (event.kind === 'progress')
        work.onProgress({ done: event.rows, total: event.expectedRows, unit: 'rows', step: null });
      else if (event.kind === 'done') resolve(event.figures);
      else if (event.kind === 'cancelled') reject(work.signal.reason as Error);
      else reject(new Error(event.message));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The exporting thread ended before its work was done.')));
  });
}
