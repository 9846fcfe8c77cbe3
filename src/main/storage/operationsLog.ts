// What the storage layer did and suffered, one line each, in a file next to the database: the answer to "what happened last
// night" must not depend on the database that it happened to.
import { readFileSync, statSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import type { OperationRecord } from '../../shared/domain/database';

const KEPT_IN_MEMORY = 200;
const ROTATE_BYTES = 1024 * 1024;
/** What lines of earlier versions do not say. */
const OLDER_RECORD: Partial<OperationRecord> = { holder: null, report: null };

export class OperationsLog {
  readonly #file: string;
  readonly #recent: OperationRecord[];
  #bytes: number;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
    this.#recent = readRecords(file).slice(-KEPT_IN_MEMORY);
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Newest last. */
  recent(): readonly OperationRecord[] {
    return this.#recent;
  }

  add(record: OperationRecord): void {
    this.#recent.push(record);
    if (this.#recent.length > KEPT_IN_MEMORY) this.#recent.shift();
    const line = `${JSON.stringify(record)}\n`;
    // In order, and never in anybody's way: a log that cannot be written is the smallest of the troubles it tells of.
    this.#lastWrite = this.#lastWrite.then(() => this.#write(line)).catch(() => {});
  }

  /** Resolves when everything added so far is written. */
  flushed(): Promise<void> {
    return this.#lastWrite;
  }

  async #write(line: string): Promise<void> {
    if (this.#bytes > ROTATE_BYTES) {
      await rename(this.#file, `${this.#file}.1`);
      this.#bytes = 0;
    }
    await appendFile(this.#file, line);
    this.#bytes += Buffer.byteLength(line);
  }
}

function readRecords(file: string): OperationRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [{ ...OLDER_RECORD, ...(JSON.parse(line) as OperationRecord) }];
    } catch {
      // The last line of a killed process can be half a line.
      return [];
    }
  });
}
