// Reads rows straight out of SQLite pages, for files that SQLite itself refuses (https://www.sqlite.org/fileformat2.html).
// Needs no header and no schema; skips whatever does not add up. Pure.
import type { SqlValue } from '../../../../shared/contract/sqlValue';

export type PageKind = 'table' | 'index';

export interface RawRecord {
  readonly kind: PageKind;
  /** Null in an index tree, which is also where tables without row ids live. */
  readonly rowid: number | null;
  readonly values: readonly SqlValue[];
}

const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;
const MAX_COLUMNS = 100;

/** @param headerOffset 100 on the first page of a file, else 0 */
export function recordsOfPage(page: Buffer, headerOffset: number): readonly RawRecord[] {
  const type = page[headerOffset];
  if (type !== TABLE_LEAF && type !== INDEX_LEAF && type !== INDEX_INTERIOR) return [];
  const cells = page.readUInt16BE(headerOffset + 3);
  const pointers = headerOffset + (type === INDEX_INTERIOR ? 12 : 8);
  const records: RawRecord[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    const at = pointers + cell * 2;
    if (at + 2 > page.length) break;
    const record = recordOfCell(page, page.readUInt16BE(at), type);
    if (record) records.push(record);
  }
  return records;
}

function recordOfCell(page: Buffer, start: number, type: number): RawRecord | null {
  const reader = new Reader(page, type === INDEX_INTERIOR ? start + 4 : start);
  const payloadBytes = reader.varint();
  const rowid = type === TABLE_LEAF ? reader.varint() : null;
  if (payloadBytes === null || (type === TABLE_LEAF && rowid === null)) return null;
  // What does not fit its page goes on elsewhere; rows of ours are far smaller.
  const local = type === TABLE_LEAF ? page.length - 35 : Math.floor(((page.length - 12) * 64) / 255) - 23;
  const end = reader.offset + payloadBytes;
  if (payloadBytes > local || end > page.length) return null;
  const values = decodeRecord(page.subarray(reader.offset, end));
  return values && { kind: type === TABLE_LEAF ? 'table' : 'index', rowid, values };
}

/** A record in SQLite's own encoding, or null when it is not one. */
export function decodeRecord(payload: Buffer): readonly SqlValue[] | null {
  const header = new Reader(payload, 0);
  const headerBytes = header.varint();
  if (headerBytes === null || headerBytes > payload.length) return null;
  const types: number[] = [];
  while (header.offset < headerBytes) {
    const type = header.varint();
    if (type === null || types.length >= MAX_COLUMNS) return null;
    types.push(type);
  }
  const values: SqlValue[] = [];
  let offset = headerBytes;
  for (const type of types) {
    const bytes = contentBytes(type);
    if (bytes === null || offset + bytes > payload.length) return null;
    const value = decodeValue(payload, offset, type, bytes);
    if (value === undefined) return null;
    values.push(value);
    offset += bytes;
  }
  return offset === payload.length ? values : null;
}

const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

function contentBytes(type: number): number | null {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return FIXED_BYTES[type] ?? null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeValue(payload: Buffer, offset: number, type: number, bytes: number): SqlValue | undefined {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return payload.readDoubleBE(offset);
  if (type === 6) return Number(payload.readBigInt64BE(offset));
  if (type < 6) return payload.readIntBE(offset, bytes);
  // Even numbers are blobs; no column of ours holds one.
  if (type % 2 === 0) return undefined;
  try {
    return utf8.decode(payload.subarray(offset, offset + bytes));
  } catch {
    return undefined;
  }
}

class Reader {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  /** Null at the end of the bytes, or for a number that is larger than anything sensible. */
  varint(): number | null {
    let value = 0n;
    for (let read = 0; read < 9; read += 1) {
      const byte = this.#bytes[this.offset];
      if (byte === undefined) return null;
      this.offset += 1;
      if (read === 8) {
        value = (value << 8n) | BigInt(byte);
        break;
      }
      value = (value << 7n) | BigInt(byte & 0x7f);
      if (byte < 0x80) break;
    }
    const number = Number(BigInt.asIntN(64, value));
    return Number.isSafeInteger(number) && number >= 0 ? number : null;
  }
}
