// The real storage threads, with every problem that they report written down as well: the status shows sentences, the matrix
// promises codes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerFiles } from '../../../../src/main/storage/store';
import { BUILT_WORKERS } from '../../support/storeFixture';

export interface TappedWorkers {
  readonly workers: WorkerFiles;
  /** Codes of everything that went wrong so far. */
  codes(): readonly string[];
}

export function tappedWorkers(folder: string): TappedWorkers {
  const log = join(folder, 'problems.log');
  const tap = (name: keyof WorkerFiles): string => {
    const file = join(folder, `${name}.tapped.mjs`);
    writeFileSync(
      file,
      `import { appendFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       const post = parentPort.postMessage.bind(parentPort);
       parentPort.postMessage = (event) => {
         if (event.problem) appendFileSync(${JSON.stringify(log)}, event.problem.code + '\\n');
         post(event);
       };
       await import(${JSON.stringify(pathToFileURL(BUILT_WORKERS[name]).href)});
      `,
    );
    return file;
  };
  return {
    workers: { writer: tap('writer'), reader: tap('reader') },
    codes: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
