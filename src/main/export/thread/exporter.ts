// Entry of the exporting thread (built to out/main/exporter.js): reads one snapshot and writes one file or folder, then ends.
// Everything here is synchronous; it looks at a shared word now and then to see whether it is still wanted.
import { existsSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportFigures, ExportFormat } from '../../../shared/contract/exports';
import { openSnapshot, type Snapshot } from '../../storage/worker/exportSnapshot';
import { CsvSink } from '../csvSink';
import type { ExportEvent, ExportRequest } from '../exportRequest';
import { fileTrouble } from '../fileTrouble';
import { JsonLinesSink } from '../jsonLinesSink';
import { ParquetSink } from '../parquetSink';
import { QlibFileSink, QlibFolderSink } from '../qlibSink';
import { JOINS_DECIMALS, type Sink, type SinkStart } from '../sinks';

const LOOK_EVERY_ROWS = 2_000;
/** While we read, the writer's log cannot be emptied: an export must not fill the disk with it. */
const MAX_LOG_GROWTH_BYTES = 1024 * 1024 * 1024;

class Cancelled extends Error {}

if (!parentPort) throw new Error('the exporter runs as a worker thread');
const port = parentPort;
const post = (event: ExportEvent): void => port.postMessage(event);

const request = workerData as ExportRequest;
try {
  post({ kind: 'done', figures: run(request) });
} catch (error) {
  if (error instanceof Cancelled) post({ kind: 'cancelled' });
  else post({ kind: 'failed', message: fileTrouble(error, request.target) });
}

function run(wanted: ExportRequest): ExportFigures {
  const snapshot = openSnapshot(wanted.file, wanted.subject, JOINS_DECIMALS[wanted.format]);
  try {
    return writeAll(wanted, snapshot);
  } finally {
    snapshot.close();
  }
}

function writeAll(wanted: ExportRequest, snapshot: Snapshot): ExportFigures {
  const { lead, columns, expectedRows } = snapshot;
  const { byteOrderMark, target } = wanted;
  const look = watchful(wanted);
  const sink = openSink(wanted.format, { lead, columns, target, byteOrderMark });
  let rows = 0;
  try {
    for (const group of snapshot.groups()) {
      sink.beginGroup(group.lead);
      for (const row of group.rows) {
        sink.row(row);
        rows += 1;
        if (rows % LOOK_EVERY_ROWS !== 0) continue;
        look();
        post({ kind: 'progress', rows, expectedRows });
      }
    }
    look();
    return { rows, ...sink.finish() };
  } catch (error) {
    sink.abandon();
    throw error;
  }
}

function openSink(format: ExportFormat, start: SinkStart): Sink {
  switch (format) {
    case 'csv':
      return new CsvSink(start);
    case 'jsonl':
      return new JsonLinesSink(start);
    case 'parquet':
      return new ParquetSink(start);
    case 'qlib_folder':
      return new QlibFolderSink(start);
    case 'qlib_file':
      return new QlibFileSink(start);
  }
}

/** Throws when the export is called off or does harm. */
function watchful({ cancelled, file }: ExportRequest): () => void {
  const flag = new Int32Array(cancelled);
  const logBytes = (): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0);
  const logAtStart = logBytes();
  return () => {
    if (Atomics.load(flag, 0) !== 0) throw new Cancelled();
    if (logBytes() - logAtStart > MAX_LOG_GROWTH_BYTES)
      throw new Error('The export was called off: it took so long that the log of the database grew by 1 GB.');
  };
}
