// A diagnosis with everything around it as one ZIP that may be shown to strangers: every part passes redaction, every part has its
// cap, and the file is there whole or not at all. Sends nothing anywhere.
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { LongWork } from '../../shared/domain/operation';

/** Of one part before it is compressed: with logs and all the file stays below what a mail or an issue takes. */
const MAX_PART_BYTES = 6 * 1_024 * 1_024;
const CUT_MARK = '\n(cut short)\n';
const OWNER_ONLY = 0o100600;

export interface BundlePart {
  /** Its name in the ZIP, with forward slashes. */
  readonly name: string;
  /** The newest at the end, as it is cut at its beginning when there is too much; text of one piece is cut at its end. */
  readonly keeps: 'beginning' | 'end';
  read(): Promise<string>;
}

export interface BundleOptions {
  readonly path: string;
  readonly parts: readonly BundlePart[];
  /** Takes every secret out of a text. */
  readonly clean: (text: string) => string;
  readonly atMs: number;
}

/** Resolves with the size of the file. Rejects, and leaves nothing behind, when it is called off or cannot be written. */
export async function writeBundle({ path, parts, clean, atMs }: BundleOptions, work: LongWork): Promise<number> {
  const partial = `${path}.part`;
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(partial, { mode: 0o600 }), { signal: work.signal });
  // Whoever fails first is told of below.
  written.catch(() => undefined);
  try {
    for (const [done, { name, keeps, read }] of parts.entries()) {
      work.signal.throwIfAborted();
      work.onProgress({ done, total: parts.length, unit: 'files', step: name });
      const text = clean(await readOrSayWhy(read));
      zip.addBuffer(Buffer.from(cutTo(text, keeps)), name, { mtime: new Date(atMs), mode: OWNER_ONLY });
    }
    zip.end();
    await written;
    work.signal.throwIfAborted();
    await syncFile(partial);
    await rename(partial, path);
    return (await stat(path)).size;
  } catch (error) {
    zip.end();
    await written.catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

/** What cannot be read is no reason to do without the rest: a bundle is made when something is wrong. */
async function readOrSayWhy(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    return `This could not be read: ${error instanceof Error ? error.message : String(error)}\n`;
  }
}

function cutTo(text: string, keeps: BundlePart['keeps']): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_PART_BYTES) return text;
  const decoder = new TextDecoder();
  if (keeps === 'beginning')
    return decoder.decode(bytes.subarray(0, MAX_PART_BYTES)).replace(/\uFFFD+$/, '') + CUT_MARK;
  const end = decoder.decode(bytes.subarray(-MAX_PART_BYTES));
  return CUT_MARK.trimStart() + end.slice(end.indexOf('\n') + 1);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
