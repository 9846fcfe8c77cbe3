// Where batches are kept, durably, while the database cannot take them: append-only files of one database, each append synced
// before it is acknowledged. Reads them back in order; must not know what a batch means.
import { type FileHandle, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteBatch } from '../../../shared/contract/storage';
import { syncFolder } from './durableFolder';
import { batchesOf, encodeRecord, measureSpool, SPOOL_HEADER } from './spoolFormat';

/** Small enough to be read back whole. */
const ROTATE_BYTES = 4 * 1024 * 1024;
/** Making the bytes keeps the thread busy: about 3 ms for so many. */
const MAX_SYNC_BYTES = 512 * 1024;
/** Callers wait while so much is read back and sent: a few hundredths of a second. */
const SHORT_BYTES = 256 * 1024;
const SHORT_QUEUE = 100;
export const DEFAULT_SPOOL_LIMIT_BYTES = 2 * 1024 * 1024 * 1024;

export class SpoolFullError extends Error {
  readonly code = 'SPOOL_FULL';
}

export interface SpoolOptions {
  readonly folder: string;
  /** Files of several databases can share a folder. */
  readonly prefix: string;
  readonly limitBytes: number;
}

interface SpoolFile {
  readonly path: string;
  bytes: number;
  batches: number;
}

interface ActiveFile {
  readonly file: SpoolFile;
  readonly handle: FileHandle;
  readonly inode: number;
}

interface QueuedAppend {
  readonly batch: WriteBatch;
  resolve(): void;
  reject(error: Error): void;
}

export class Spool {
  readonly #options: SpoolOptions;
  /** Oldest first; the last may be the one that is appended to. */
  #files: SpoolFile[] = [];
  #active: ActiveFile | null = null;
  #queue: QueuedAppend[] = [];
  #flushing: Promise<void> | null = null;
  /** Settles, without ever failing, when nobody writes to a file or closes one. */
  #turn: Promise<void> = Promise.resolve();
  #sequence = 0;
  #fileNumber = 0;
  /** Batches that were promised and are not going to be in the database: damaged on disk, or refused for good. */
  lost = 0;

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  get batches(): number {
    return this.#files.reduce((sum, file) => sum + file.batches, 0);
  }

  get bytes(): number {
    return this.#files.reduce((sum, file) => sum + file.bytes, 0);
  }

  get isEmpty(): boolean {
    // What is being written just now is neither in the queue nor in a file yet.
    return this.#files.length === 0 && this.#queue.length === 0 && this.#flushing === null;
  }

  /** So little is left that one can wait for its end. */
  get isShort(): boolean {
    return this.bytes <= SHORT_BYTES && this.#queue.length <= SHORT_QUEUE;
  }

  /** Finds what an earlier life left behind. */
  async open(): Promise<void> {
    const { folder, prefix } = this.#options;
    await mkdir(folder, { recursive: true });
    const pattern = new RegExp(`^${prefix}-(\\d+)\\.spool(\\.damaged)?$`);
    const found = (await readdir(folder)).flatMap((name) => {
      const match = pattern.exec(name);
      return match ? [{ number: Number(match[1]), isPutAside: match[2] !== undefined }] : [];
    });
    for (const { number, isPutAside } of found.sort((a, b) => a.number - b.number)) {
      // A number that is taken again would one day put its own damaged file in the place of the one that is kept.
      this.#fileNumber = number;
      if (isPutAside) continue;
      const path = this.#path(number);
      const bytes = await readFile(path);
      const { batches, damaged } = measureSpool(bytes);
      if (batches > 0 || damaged > 0) {
        this.lost += damaged;
        this.#files.push({ path, bytes: bytes.length, batches });
      } else {
        await unlink(path);
      }
    }
  }

  /** Resolves once the batch is on disk; rejects when it is not (disk full, folder gone, limit reached). */
  append(batch: WriteBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /**
   * What comes next starts a new file; everything that has been acknowledged can be read back and removed. Does not wait for what is
   * still queued: under callers that never pause there is always something.
   */
  seal(): Promise<void> {
    return this.#inTurn(() => this.#seal());
  }

  /** Resolves when nothing is queued. */
  async flushed(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  /** Files that are no longer appended to, oldest first. */
  sealedFiles(): readonly string[] {
    return this.#files.filter((file) => file !== this.#active?.file).map((file) => file.path);
  }

  /**
   * What can be read of a sealed file, each batch when its turn comes; a file that has vanished is empty, and its batches count
   * as lost.
   */
  async read(path: string): Promise<Iterable<WriteBatch>> {
    const bytes = await readFile(path).catch(ignoreMissing);
    if (bytes) return batchesOf(bytes);
    this.lost += this.#files.find((file) => file.path === path)?.batches ?? 0;
    return [];
  }

  /** Call only when every batch of the file is durable in the database. A damaged file is put aside, not deleted. */
  async remove(path: string): Promise<void> {
    const bytes = await readFile(path).catch(ignoreMissing);
    // Off the list first: whoever reads the list meanwhile must not take the file for one that has vanished.
    this.#files = this.#files.filter((file) => file.path !== path);
    if (bytes) {
      await (measureSpool(bytes).damaged > 0 ? rename(path, `${path}.damaged`) : unlink(path));
      await syncFolder(this.#options.folder);
    }
  }

  /** Keeps a batch that the database refuses for good in a file of its own, for a person to look at. */
  async putAside(batch: WriteBatch): Promise<void> {
    const path = join(this.#options.folder, `${this.#options.prefix}-unstorable.kept`);
    const handle = await open(path, 'a', 0o600);
    try {
      const { size } = await handle.stat();
      if (size === 0) await handle.appendFile(SPOOL_HEADER);
      await handle.appendFile(encodeRecord(batch, this.#sequence++));
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.lost += 1;
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.seal();
  }

  async #seal(): Promise<void> {
    if (!this.#active) return;
    const { handle } = await this.#activeFile();
    this.#active = null;
    await handle.close();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #flush(): Promise<void> {
    // Everything that is spooled in the same turn of the loop shares one sync.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#inTurn(() => this.#flushSome());
    this.#flushing = null;
  }

  async #flushSome(): Promise<void> {
    const records: Buffer[] = [];
    let bytes = 0;
    try {
      for (const { batch } of this.#queue) {
        const record = encodeRecord(batch, this.#sequence++);
        records.push(record);
        bytes += record.length;
        if (bytes >= MAX_SYNC_BYTES) break;
      }
      await this.#write(Buffer.concat(records, bytes), records.length);
      for (const append of this.#queue.splice(0, records.length)) append.resolve();
    } catch (error) {
      // Whatever came after it as well: nothing may be kept that is newer than what is not.
      for (const append of this.#queue.splice(0)) append.reject(error as Error);
    }
  }

  async #write(bytes: Buffer, batches: number): Promise<void> {
    if (this.bytes + bytes.length > this.#options.limitBytes) {
      throw new SpoolFullError(`the spool has reached its limit of ${this.#options.limitBytes} bytes`);
    }
    const { file, handle } = await this.#activeFile();
    try {
      await writeFully(handle, bytes, file.bytes);
      await handle.datasync();
    } catch (error) {
      // What was half written is a torn end; the next append must not come after it.
      this.#active = null;
      await handle.truncate(file.bytes).catch(() => {});
      await handle.close().catch(() => {});
      throw error;
    }
    file.bytes += bytes.length;
    file.batches += batches;
  }

  async #activeFile(): Promise<ActiveFile> {
    const active = this.#active;
    if (active && (await this.#isInPlace(active))) {
      if (active.file.bytes < ROTATE_BYTES) return active;
      this.#active = null;
      await active.handle.close();
      return await this.#startFile(SPOOL_HEADER, 0);
    }
    if (!active) return await this.#startFile(SPOOL_HEADER, 0);
    // Somebody removed or replaced the file under us; through the open handle its batches can still be saved.
    const { file, handle } = active;
    const bytes = Buffer.alloc(file.bytes);
    await handle.read(bytes, 0, bytes.length, 0);
    const rescued = await this.#startFile(bytes, file.batches);
    this.#files = this.#files.filter((other) => other !== file);
    await handle.close();
    return rescued;
  }

  async #isInPlace({ file, inode }: ActiveFile): Promise<boolean> {
    return (await stat(file.path).catch(() => null))?.ino === inode;
  }

  async #startFile(content: Buffer, batches: number): Promise<ActiveFile> {
    const { folder } = this.#options;
    this.#fileNumber += 1;
    const path = this.#path(this.#fileNumber);
    await mkdir(folder, { recursive: true });
    const handle = await open(path, 'wx+', 0o600);
    try {
      await writeFully(handle, content, 0);
      await handle.datasync();
      await syncFolder(folder);
      const file = { path, bytes: content.length, batches };
      this.#active = { file, handle, inode: (await handle.stat()).ino };
      this.#files.push(file);
      return this.#active;
    } catch (error) {
      await handle.close();
      await unlink(path).catch(() => {});
      throw error;
    }
  }

  #path(number: number): string {
    return join(this.#options.folder, `${this.#options.prefix}-${String(number).padStart(8, '0')}.spool`);
  }
}

async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
