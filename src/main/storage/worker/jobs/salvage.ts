// Brings rows out of a quarantined database, page by page, from the file and from its log. Deleted or older versions may come
// out as well: they are stored through the same upserts as everything else, which keep the newest.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SqlValue, TableRows } from '../../../../shared/contract/storage';
import type { TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import { type KeyTable, recognise } from './recognise';
import { recordsOfPage } from './sqliteRecords';

const DEFAULT_PAGE_BYTES = 4_096;
const WAL_HEADER_BYTES = 32;
const WAL_FRAME_HEADER_BYTES = 24;
const FILE_HEADER_BYTES = 100;
const ROWS_PER_CHUNK = 500;

/** Yields rows in batches. Reads the files twice: keys first, so that rows can be told what they belong to. */
export function* salvage(database: DatabaseName, file: string): Generator<readonly TableRows[]> {
  const pageBytes = pageSizeOf(file);
  const keys: Readonly<Record<KeyTable, Map<number, readonly SqlValue[]>>> = {
    candle_series: new Map(),
    pool_keys: new Map(),
  };
  if (database === 'market') {
    for (const found of recognised(database, file, pageBytes)) {
      if (found.kind === 'key') keys[found.of].set(found.key, found.columns);
    }
  }
  let chunk = new Map<TableName, (readonly SqlValue[])[]>();
  let rows = 0;
  for (const found of recognised(database, file, pageBytes)) {
    if (found.kind === 'key') continue;
    const owner = found.kind === 'keyed' ? keys[found.of].get(found.key) : undefined;
    if (found.kind === 'keyed' && !owner) continue;
    const row = found.kind === 'row' ? found.row : [...(owner ?? []), ...found.columns];
    chunk.set(found.table, [...(chunk.get(found.table) ?? []), row]);
    rows += 1;
    if (rows < ROWS_PER_CHUNK) continue;
    yield partsOf(chunk);
    chunk = new Map();
    rows = 0;
  }
  if (rows > 0) yield partsOf(chunk);
}

function partsOf(chunk: ReadonlyMap<TableName, readonly (readonly SqlValue[])[]>): readonly TableRows[] {
  return [...chunk].map(([table, rows]) => ({ table, rows }));
}

function* recognised(database: DatabaseName, file: string, pageBytes: number) {
  for (const { page, headerOffset } of pagesOf(file, pageBytes)) {
    for (const record of recordsOfPage(page, headerOffset)) {
      const found = recognise(database, record);
      if (found) yield found;
    }
  }
}

function* pagesOf(file: string, pageBytes: number) {
  let headerOffset = FILE_HEADER_BYTES;
  for (const page of blocks(file, 0, pageBytes, 0)) {
    yield { page, headerOffset };
    headerOffset = 0;
  }
  for (const page of blocks(`${file}-wal`, WAL_HEADER_BYTES, pageBytes, WAL_FRAME_HEADER_BYTES)) {
    yield { page, headerOffset: 0 };
  }
}

/** Pieces of a file that each follow a header of their own; a missing file has none. */
function* blocks(file: string, start: number, bytes: number, headerBytes: number): Generator<Buffer> {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return;
  }
  try {
    const { size } = fstatSync(descriptor);
    for (let at = start + headerBytes; at + bytes <= size; at += headerBytes + bytes) {
      const block = Buffer.alloc(bytes);
      readSync(descriptor, block, 0, bytes, at);
      yield block;
    }
  } finally {
    closeSync(descriptor);
  }
}

function pageSizeOf(file: string): number {
  const [header] = blocks(file, 0, FILE_HEADER_BYTES, 0);
  const size = header?.readUInt16BE(16) ?? 0;
  return size >= 512 && (size & (size - 1)) === 0 ? size : DEFAULT_PAGE_BYTES;
}
