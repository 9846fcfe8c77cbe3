// Just enough of tar, zip and asar to unpack the fallback runtime without any tool on the machine. Not general readers:
// no zip64, no encryption, no links.
import { inflateRawSync } from 'node:zlib';

const TAR_BLOCK_BYTES = 512;
const ZIP_END_SIGNATURE = 0x06054b50;
const ZIP_END_BYTES = 22;
const ZIP_CENTRAL_BYTES = 46;
const ZIP_LOCAL_BYTES = 30;
const ZIP_DEFLATED = 8;

/**
 * The content of the first file in a tar whose name ends so.
 * @param {Buffer} tar
 * @param {string} ending
 */
export function fileInTar(tar, ending) {
  for (let at = 0; at + TAR_BLOCK_BYTES <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const content = at + TAR_BLOCK_BYTES;
    if (name.endsWith(ending)) return tar.subarray(content, content + size);
    at = content + Math.ceil(size / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
  }
  throw new Error(`no file ending in ${ending}`);
}

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} mode POSIX permission bits
 * @property {() => Buffer} read
 */

/**
 * @param {Buffer} zip
 * @returns {ZipEntry[]}
 */
export function zipEntries(zip) {
  let end = zip.length - ZIP_END_BYTES;
  while (end >= 0 && zip.readUInt32LE(end) !== ZIP_END_SIGNATURE) end -= 1;
  if (end < 0) throw new Error('not a zip file');
  /** @type {ZipEntry[]} */
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = zip.readUInt16LE(at + 10);
    const packedBytes = zip.readUInt32LE(at + 20);
    const nameBytes = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + ZIP_CENTRAL_BYTES, at + ZIP_CENTRAL_BYTES + nameBytes);
    entries.push({
      name,
      mode: (zip.readUInt32LE(at + 38) >>> 16) & 0o777,
      read: () => {
        const start = local + ZIP_LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
        const packed = zip.subarray(start, start + packedBytes);
        return method === ZIP_DEFLATED ? inflateRawSync(packed) : packed;
      },
    });
    at += ZIP_CENTRAL_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * An asar archive of flat files: two nested length-prefixed headers, then the contents one after another.
 * @param {Readonly<Record<string, Buffer>>} files
 */
export function asarOf(files) {
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const index = {};
  for (const [name, content] of Object.entries(files)) {
    index[name] = { size: content.length, offset: String(offset) };
    offset += content.length;
  }
  const json = Buffer.from(JSON.stringify({ files: index }));
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4);
  json.copy(padded);
  const header = Buffer.concat([uint32(4 + padded.length), uint32(json.length), padded]);
  return Buffer.concat([uint32(4), uint32(header.length), header, ...Object.values(files)]);
}

/** @param {number} value */
function uint32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
