// The text of a file, gunzipped where it is compressed, decoded from whatever it was written in, in pieces. Refuses what would grow
// without end.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceRefusal } from './source';

const MAX_TEXT_BYTES = 4 * 1024 * 1024 * 1024;
/** Backups shrink to a tenth; what shrinks to a hundredth was made to hurt. */
const MAX_INFLATION = 100;
const SURELY_HARMLESS_BYTES = 32 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\u0003\u0004');

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface TextFile {
  readonly path: string;
  readonly encoding: Encoding;
  readonly compressed: boolean;
}

/** Reads it once to the end. @throws SourceRefusal for archives and for text that never ends */
export async function inspectText(path: string): Promise<TextFile> {
  const head = await headOf(path);
  if (head.subarray(0, 4).equals(ZIP)) throw new SourceRefusal(`${path} is a zip archive; unpack it first.`);
  const compressed = head.subarray(0, 2).equals(GZIP);
  let encoding: Encoding | null = null;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of bytesOf({ path, compressed })) {
      encoding ??= encodingOf(bytes);
      if (encoding !== 'utf-8') break;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    encoding = 'windows-1252';
  }
  return { path, compressed, encoding: encoding ?? 'utf-8' };
}

/** Without a byte order mark. */
export async function* textOf({ path, compressed, encoding }: TextFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of bytesOf({ path, compressed })) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* bytesOf({ path, compressed }: { path: string; compressed: boolean }): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      const inflated = compressed && bytes > SURELY_HARMLESS_BYTES && bytes > size * MAX_INFLATION;
      if (inflated)
        done(new SourceRefusal(`${path} unpacks to more than ${MAX_INFLATION} times its size and is not read.`));
      else if (bytes > MAX_TEXT_BYTES) done(new SourceRefusal(`${path} is larger than 4 GB and is not read.`));
      else done(null, chunk);
    },
  });
  const ignore = (): void => undefined;
  if (compressed) pipeline(createReadStream(path), createGunzip(), counted, ignore);
  else pipeline(createReadStream(path), counted, ignore);
  for await (const chunk of counted) yield chunk as Buffer;
}

function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}
