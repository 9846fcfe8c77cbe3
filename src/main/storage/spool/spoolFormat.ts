// The bytes of a spool file: a header, then records that are each found and proved without their neighbours.
//   header  "PWSPOOL" 0x01
//   record  u32 mark | u32 payload length | u32 CRC-32 of sequence and payload | u64 sequence | payload
// The payload is V8's own serialisation: it keeps numbers exactly, which JSON does not. Pure.
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { WriteBatch } from '../../../shared/contract/storage';

export const SPOOL_HEADER = Buffer.from('PWSPOOL\u0001', 'latin1');
const MARK = Buffer.from([0x8f, 0x50, 0x57, 0xb1]);
const RECORD_HEADER_BYTES = 20;
/** What a disk writes whole or not at all, at the least. */
const SECTOR_BYTES = 512;

export interface SpoolContent extends SpoolEnd {
  readonly batches: readonly WriteBatch[];
}

export interface SpoolEnd {
  /**
   * Records that cannot be read though all of their bytes were written: they were promised and are lost. A torn end was never
   * promised. A file with neither a header nor a record counts as one.
   */
  readonly damaged: number;
  /** Where the last good record ends; everything after is a torn end. */
  readonly goodBytes: number;
}

export function encodeRecord(batch: WriteBatch, sequence: number): Buffer {
  const payload = serialize({ id: batch.id, parts: batch.parts });
  const record = Buffer.allocUnsafe(RECORD_HEADER_BYTES + payload.length);
  MARK.copy(record, 0);
  record.writeUInt32LE(payload.length, 4);
  record.writeBigUInt64LE(BigInt(sequence), 12);
  payload.copy(record, RECORD_HEADER_BYTES);
  record.writeUInt32LE(crc32(record.subarray(12)), 8);
  return record;
}

/** Reads whatever can be proved, also behind a header that cannot. */
export function decodeSpool(bytes: Buffer): SpoolContent {
  const batches: WriteBatch[] = [];
  const payloads = walkSpool(bytes);
  for (;;) {
    const { done, value } = payloads.next();
    if (done) return { batches, ...value };
    batches.push(decodePayload(value));
  }
}

/** What is in a file without taking the batches apart, which is nearly all of the work. */
export function measureSpool(bytes: Buffer): SpoolEnd & { readonly batches: number } {
  let batches = 0;
  const payloads = walkSpool(bytes);
  for (;;) {
    const { done, value } = payloads.next();
    if (done) return { batches, ...value };
    batches += 1;
  }
}

/** Each batch when it is asked for: a whole file at once would hold up everything else on the thread. */
export function* batchesOf(bytes: Buffer): Generator<WriteBatch, void> {
  for (const payload of walkSpool(bytes)) yield decodePayload(payload);
}

function decodePayload(payload: Buffer): WriteBatch {
  return deserialize(payload) as WriteBatch;
}

function* walkSpool(bytes: Buffer): Generator<Buffer, SpoolEnd> {
  let goodBytes = Math.min(bytes.length, SPOOL_HEADER.length);
  let damaged = 0;
  let found = 0;
  for (let start = goodBytes; start < bytes.length;) {
    const end = recordEnd(bytes, start);
    if (end !== null) {
      yield bytes.subarray(start + RECORD_HEADER_BYTES, end);
      found += 1;
      goodBytes = end;
      start = end;
      continue;
    }
    const next = nextRecord(bytes, start + 1);
    if (next === null) {
      damaged += Number(!isTorn(bytes, start));
      break;
    }
    damaged += 1;
    start = next;
  }
  // The header was synced before anything was promised: without it, this is not the torn end of a first record.
  const isUnknown =
    found === 0 && !bytes.subarray(0, SPOOL_HEADER.length).equals(SPOOL_HEADER.subarray(0, bytes.length));
  return { damaged: isUnknown ? 1 : damaged, goodBytes };
}

/** Where the record that starts here ends, or null when it is not whole. */
function recordEnd(bytes: Buffer, start: number): number | null {
  if (start + RECORD_HEADER_BYTES > bytes.length) return null;
  if (!bytes.subarray(start, start + MARK.length).equals(MARK)) return null;
  const end = start + RECORD_HEADER_BYTES + bytes.readUInt32LE(start + 4);
  if (end > bytes.length) return null;
  return crc32(bytes.subarray(start + 12, end)) === bytes.readUInt32LE(start + 8) ? end : null;
}

/** The record that starts here, the last one, was not written to its end. */
function isTorn(bytes: Buffer, start: number): boolean {
  if (start + RECORD_HEADER_BYTES > bytes.length) return true;
  // A record that lacks nothing but its right length is whole.
  const isWhole = crc32(bytes.subarray(start + 12)) === bytes.readUInt32LE(start + 8);
  const end = start + RECORD_HEADER_BYTES + bytes.readUInt32LE(start + 4);
  if (bytes.subarray(start, start + MARK.length).equals(MARK) && end > bytes.length) return !isWhole;
  return hasEmptySector(bytes, start);
}

/** The file has grown, and what belongs there was not written: a part of it, up to the end of a sector, is nothing but zeros. */
function hasEmptySector(bytes: Buffer, start: number): boolean {
  for (let from = start; from < bytes.length;) {
    const to = Math.min(bytes.length, from - (from % SECTOR_BYTES) + SECTOR_BYTES);
    if (bytes.subarray(from, to).every((byte) => byte === 0)) return true;
    from = to;
  }
  return false;
}

function nextRecord(bytes: Buffer, from: number): number | null {
  for (let start = bytes.indexOf(MARK, from); start >= 0; start = bytes.indexOf(MARK, start + 1)) {
    if (recordEnd(bytes, start) !== null) return start;
  }
  return null;
}
