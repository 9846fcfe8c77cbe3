// Brings in what the original collected: first looks and says what would happen, then stores it through ordinary batches, which
// survive locks, the spool and a crash. Importing the same again changes nothing.
import { Worker } from 'node:worker_threads';
import { dirname, isAbsolute, join } from 'node:path';
import type { ImportArgs, ImportOutcome, ImportReport } from '../../shared/contract/imports';
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { LongWork } from '../../shared/domain/operation';
import type { Clock } from '../../shared/util/clock';
import type { Store } from '../storage/store';
import type { ImportEvent, ImportOrder, ImportRequest } from './importMessages';

export interface ImportOptions {
  readonly args: ImportArgs;
  /** Absolute path of a database, CSV or JSON file (also gzipped), or of a folder of them. */
  readonly path: string;
  /** The market's database. */
  readonly store: Store;
  readonly clock: Clock;
  /** Absolute path of the built importing thread. */
  readonly importer: string;
}

/** One import into a database at a time. Stores nothing. Rejects with a sentence when the source cannot be read, or with the signal's reason. */
export async function previewImport(options: ImportOptions, work: LongWork): Promise<ImportReport> {
  return await inThread(options, work, null);
}

/** What was stored before a failure or a call-off stays; importing again goes on where it matters. */
export async function runImport(options: ImportOptions, work: LongWork): Promise<ImportOutcome> {
  const stored = { inserted: 0, changed: 0, unchanged: 0, waiting: 0 };
  const report = await inThread(options, work, async (batch) => {
    const ack: WriteAck = await options.store.write(batch);
    if (ack.durability !== 'committed')
      stored.waiting += batch.parts.reduce((rows, part) => rows + part.rows.length, 0);
    stored.inserted += ack.inserted;
    stored.changed += ack.changed;
    stored.unchanged += ack.unchanged;
  });
  return { ...report, stored };
}

async function inThread(
  { args, path, store, clock, importer }: ImportOptions,
  work: LongWork,
  write: ((batch: WriteBatch) => Promise<void>) | null,
): Promise<ImportReport> {
  work.signal.throwIfAborted();
  if (!isAbsolute(path)) throw new Error('The place of an import must be a whole path.');
  const pairs = await store.read('pools.tokenPairs', null);
  const watched = await store.read('watchlist.list', { activeOnly: false });
  const request: ImportRequest = {
    args,
    path,
    copies: join(dirname(store.status().path), 'import'),
    stores: write !== null,
    storedPairs: new Map(pairs.map(({ id, baseTokenId, quoteTokenId }) => [id, [baseTokenId, quoteTokenId]])),
    watchedIds: new Set(watched.map(({ id }) => id)),
    nowMs: clock.wallMs(),
  };
  const worker = new Worker(importer, { workerData: request, name: 'import' });
  const order = (message: ImportOrder): void => worker.postMessage(message);
  const cancel = (): void => order({ kind: 'cancel' });
  work.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (event: ImportEvent) => {
        if (event.kind === 'progress') work.onProgress(event.progress);
        else if (event.kind === 'done') resolve(event.report);
        else if (event.kind === 'cancelled') reject(work.signal.reason as Error);
        else if (event.kind === 'failed') reject(new Error(event.message));
        else
          write?.(event.batch).then(
            () => order({ kind: 'stored' }),
            (error: unknown) => {
              cancel();
              reject(error as Error);
            },
          );
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('The importing thread ended before its work was done.')));
    });
  } finally {
    work.signal.removeEventListener('abort', cancel);
  }
}
