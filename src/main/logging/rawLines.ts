// The lines of the files of one stream, forwards or backwards from any place, a block at a time. Knows nothing of what they say.
import { type FileHandle, open } from 'node:fs/promises';
import type { LogFile, LogStream } from './logFiles';
import type { FilePlace } from './logPlace';

const BLOCK_BYTES = 64 * 1_024;
/** A longer line is no line of ours; it is passed over. */
const MAX_LINE_BYTES = 1_024 * 1_024;
const NEWLINE = 10;

export interface RawLine {
  readonly text: string;
  readonly start: FilePlace;
  /** Behind its end of line. */
  readonly end: FilePlace;
}

/** Whole lines before `from` (null: before the end), newest first. What has no end of line yet is not told. */
export async function* linesBefore({ files }: LogStream, from: FilePlace | null): AsyncGenerator<RawLine> {
  for (const file of files.toReversed()) {
    if (from !== null && file.number > from.file) continue;
    const limit = from?.file === file.number ? from.offset : Infinity;
    yield* reading(file, (handle) => backwards(file, handle, limit));
  }
}

/** Whole lines from `from` on (null: from the beginning), oldest first. */
export async function* linesAfter({ files }: LogStream, from: FilePlace | null): AsyncGenerator<RawLine> {
  for (const file of files) {
    if (from !== null && file.number < from.file) continue;
    const offset = from?.file === file.number ? from.offset : 0;
    yield* reading(file, (handle) => forwards(file, handle, offset));
  }
}

async function* reading(
  { path }: LogFile,
  read: (handle: FileHandle) => AsyncGenerator<RawLine>,
): AsyncGenerator<RawLine> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    // Rotation has removed it since it was listed.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    yield* read(handle);
  } finally {
    await handle.close();
  }
}

async function* backwards({ number }: LogFile, handle: FileHandle, limit: number): AsyncGenerator<RawLine> {
  let at = Math.min((await handle.stat()).size, limit);
  /** What is known of the line whose beginning lies before `at`. */
  let rest: Buffer = Buffer.alloc(0);
  let passingOver = false;
  while (at > 0) {
    const length = Math.min(BLOCK_BYTES, at);
    at -= length;
    const block = Buffer.concat([await readBlock(handle, at, length), rest]);
    let end = block.length;
    for (let before = newlineBefore(block, end); before !== -1; before = newlineBefore(block, end)) {
      const line = passingOver ? null : lineOf(number, block.subarray(before + 1, end), at + before + 1);
      passingOver = false;
      if (line) yield line;
      end = before + 1;
    }
    rest = block.subarray(0, end);
    if (rest.length > MAX_LINE_BYTES) {
      rest = Buffer.alloc(0);
      passingOver = true;
    }
  }
  const first = passingOver ? null : lineOf(number, rest, 0);
  if (first) yield first;
}

/** The end of the line before the one that ends at `end`. */
function newlineBefore(block: Buffer, end: number): number {
  return end < 2 ? -1 : block.lastIndexOf(NEWLINE, end - 2);
}

async function* forwards({ number }: LogFile, handle: FileHandle, offset: number): AsyncGenerator<RawLine> {
  let at = offset;
  let rest: Buffer = Buffer.alloc(0);
  let passingOver = false;
  for (;;) {
    const block = await readBlock(handle, at + rest.length, BLOCK_BYTES);
    if (block.length === 0) return;
    const known = Buffer.concat([rest, block]);
    let start = 0;
    for (let end = known.indexOf(NEWLINE); end !== -1; end = known.indexOf(NEWLINE, start)) {
      const line = passingOver ? null : lineOf(number, known.subarray(start, end + 1), at + start);
      passingOver = false;
      start = end + 1;
      if (line) yield line;
    }
    rest = known.subarray(start);
    at += start;
    if (rest.length > MAX_LINE_BYTES) {
      at += rest.length;
      rest = Buffer.alloc(0);
      passingOver = true;
    }
  }
}

async function readBlock(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const block = Buffer.alloc(length);
  const { bytesRead } = await handle.read(block, 0, length, at);
  return block.subarray(0, bytesRead);
}

/** Null for half a line. */
function lineOf(file: number, bytes: Buffer, offset: number): RawLine | null {
  if (bytes.length < 2 || bytes.at(-1) !== NEWLINE) return null;
  return {
    text: bytes.toString('utf8', 0, bytes.length - 1),
    start: { file, offset },
    end: { file, offset: offset + bytes.length },
  };
}
