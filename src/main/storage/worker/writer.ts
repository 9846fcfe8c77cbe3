// Entry of the writer thread (built to out/main/storageWriter.js).
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadStart } from '../common/protocol';
import { WriterLoop } from './writerLoop';

if (!parentPort) throw new Error('the storage writer runs as a worker thread');
new WriterLoop(workerData as ThreadStart, parentPort).run();
