// Entry of the reader thread (built to out/main/storageReader.js): answers named reads on a connection that cannot write,
// and does long jobs when it was started for one.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SqliteDatabase } from './driver';
import { describeError } from '../common/errorClass';
import { Jobs } from './jobs/jobs';
import { openForReading } from './open';
import type { ReaderEvent, ReaderRequest, ReadRequest, ThreadStart } from '../common/protocol';
import { type ReadRunner, createReads } from './reads/reads';
import { USUAL_READS } from './reads/usualReads';
import { nowMs } from '../common/stopwatch';

if (!parentPort) throw new Error('the storage reader runs as a worker thread');
serve(workerData as ThreadStart, parentPort);

function serve(start: ThreadStart, port: MessagePort): void {
  const post = (event: ReaderEvent): void => port.postMessage(event);
  let db: SqliteDatabase | null = null;
  let reads: ReadRunner | null = null;

  /** Opened ahead or at the first read, and again after a failure: the file may be missing or locked for a while. */
  const ready = (): ReadRunner => {
    db ??= openForReading(start.file);
    reads ??= createReads(start.database, db);
    return reads;
  };

  const answer = ({ seq, name, args }: ReadRequest): void => {
    const startedAtMs = nowMs();
    try {
      post({ kind: 'answer', seq, value: ready()(name, args), sqlMs: nowMs() - startedAtMs });
    } catch (error) {
      const problem = describeError(error);
      post({ kind: 'failed', seq, problem });
      if (problem.class === 'environment' || problem.class === 'corrupt') close();
    }
  };

  const openAhead = (): void => {
    try {
      const read = ready();
      for (const { name, args } of USUAL_READS[start.database]) read(name, args);
    } catch {
      // Whatever it is, the next read meets it, too, and says so to somebody.
      close();
    }
  };

  const close = (): void => {
    db?.close();
    db = null;
    reads = null;
  };

  const jobs = new Jobs(start, post);

  port.on('message', (request: ReaderRequest) => {
    if (request.kind === 'job') {
      jobs.run(request.seq, request.job);
      return;
    }
    if (request.kind === 'cancelJob') {
      jobs.cancel();
      return;
    }
    if (request.kind === 'read') {
      answer(request);
      return;
    }
    if (request.kind === 'openAhead') {
      openAhead();
      return;
    }
    close();
    if (request.kind === 'release') {
      post({ kind: 'released' });
      return;
    }
    post({ kind: 'closed' });
    port.close();
  });
}
