// Brings rows out of a quarantined database: first through SQLite, as far as it still reads the file, then page by page, from the
// file and from its log, for the tables that it does not read whole. Deleted or older versions may come out of pages as well:
// they are stored through the same upserts as everything else, which keep the newest.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { SqlValue } from '../../../../shared/contract/sqlValue';
import type { TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import { salvagedTables } from '../../common/databaseTables';
import type { SalvagedRows } from '../../common/protocol';
import { type KeyTable, recognise } from './recognise';
import { recordsOfPage } from './sqliteRecords';
import { progress } from './steps';
import { walkFile } from './walkFile';

const DEFAULT_PAGE_BYTES = 4_096;
const WAL_HEADER_BYTES = 32;
const WAL_FRAME_HEADER_BYTES = 24;
const FILE_HEADER_BYTES = 100;
const ROWS_PER_CHUNK = 500;

export type SalvageSteps = Generator<SalvagedRows, null>;

/** Yields rows in batches of one table each. */
export function* salvage(database: DatabaseName, file: string): SalvageSteps {
  const walk = walkFile(database, file);
  let walked = 0;
  for (;;) {
    const { value, done } = walk.next();
    if (done) {
      const left = new Set(salvagedTables(database).filter((table) => !value.has(table)));
      if (left.size > 0) yield* scan(database, file, left);
      return null;
    }
    walked += value.rows.length;
    yield { method: 'walk', part: value, progress: progress(`reading ${value.table}`, walked, null, 'rows') };
  }
}

/** Reads the files twice: keys first, so that rows can be told what they belong to. */
function* scan(database: DatabaseName, file: string, wanted: ReadonlySet<TableName>): Generator<SalvagedRows> {
  const pageBytes = pageSizeOf(file);
  const keys: Readonly<Record<KeyTable, Map<number, readonly SqlValue[]>>> = {
    candle_series: new Map(),
    pool_keys: new Map(),
  };
  if (database === 'market') {
    for (const { found } of recognised(database, file, pageBytes)) {
      if (found.kind === 'key') keys[found.of].set(found.key, found.columns);
    }
  }
  const pages = Math.ceil((sizeOf(file) + sizeOf(`${file}-wal`)) / pageBytes);
  const chunks = new Map<TableName, (readonly SqlValue[])[]>();
  const chunkOf = (table: TableName, rows: readonly (readonly SqlValue[])[], page: number): SalvagedRows => {
    chunks.delete(table);
    return { method: 'scan', part: { table, rows }, progress: progress('scanning pages', page, pages, 'pages') };
  };
  for (const { found, page } of recognised(database, file, pageBytes)) {
    if (found.kind === 'key' || !wanted.has(found.table)) continue;
    const owner = found.kind === 'keyed' ? keys[found.of].get(found.key) : undefined;
    if (found.kind === 'keyed' && !owner) continue;
    const rows = chunks.get(found.table) ?? [];
    rows.push(found.kind === 'row' ? found.row : [...(owner ?? []), ...found.columns]);
    if (rows.length < ROWS_PER_CHUNK) chunks.set(found.table, rows);
    else yield chunkOf(found.table, rows, page);
  }
  for (const [table, rows] of [...chunks]) yield chunkOf(table, rows, pages);
}

function* recognised(database: DatabaseName, file: string, pageBytes: number) {
  let number = 0;
  for (const { page, headerOffset } of pagesOf(file, pageBytes)) {
    number += 1;
    for (const record of recordsOfPage(page, headerOffset)) {
      const found = recognise(database, record);
      if (found) yield { found, page: number };
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

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function pageSizeOf(file: string): number {
  const [header] = blocks(file, 0, FILE_HEADER_BYTES, 0);
  const size = header?.readUInt16BE(16) ?? 0;
  return size >= 512 && (size & (size - 1)) === 0 ? size : DEFAULT_PAGE_BYTES;
}
