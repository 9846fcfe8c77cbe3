// A file that is there whole or not at all: written beside its place in blocks, synced, then renamed. Synchronous: for threads.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const BLOCK_CHARS = 64 * 1024;

export class OutputFile {
  readonly #path: string;
  readonly #partial: string;
  readonly #descriptor: number;
  #isOpen = true;
  #text = '';
  bytes = 0;

  /** @throws when the folder does not exist or may not be written */
  constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.part`;
    this.#descriptor = openSync(this.#partial, 'w');
  }

  writeText(text: string): void {
    this.#text += text;
    if (this.#text.length >= BLOCK_CHARS) this.#flush();
  }

  writeBytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
    this.bytes += bytes.length;
  }

  /** The file is at its place, and on the disk. */
  finish(): void {
    this.#flush();
    fsyncSync(this.#descriptor);
    this.#close();
    renameSync(this.#partial, this.#path);
    syncFolder(dirname(this.#path));
  }

  /** Leaves nothing behind, also after a `finish` that failed; what was at its place before stays as it was. */
  abandon(): void {
    this.#close();
    rmSync(this.#partial, { force: true });
  }

  /** Once: the number is given to the next file that somebody opens. */
  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  #flush(): void {
    if (this.#text !== '') this.writeBytes(Buffer.from(this.#text));
    this.#text = '';
  }
}

/** Where folders cannot be synced (Windows) the rename is as durable as the system makes it. */
function syncFolder(path: string): void {
  try {
    const descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    return;
  }
}
