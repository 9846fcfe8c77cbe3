// Makes a whole, checked copy of a database while it is being written. `VACUUM INTO` takes one consistent moment and lets the
// writer go on; the page-by-page backup of SQLite starts over at every foreign commit and never ends on a busy file.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { CopyFigures } from '../../common/protocol';
import type { SqliteDatabase } from '../driver';
import { openForReading } from '../open';
import { SCHEMAS } from '../schema';
import { checkTables, tableNames } from './checkTables';
import { type JobSteps, progress } from './steps';

const READ_BYTES = 4 * 1024 * 1024;

/** Nothing is left behind unless the copy is perfect. @throws when it is not */
export function* backUp(database: DatabaseName, file: string, target: string): JobSteps<CopyFigures> {
  const partial = `${target}.partial`;
  try {
    const figures = yield* copyVerified(database, file, partial);
    renameSync(partial, target);
    syncFile(dirname(target));
    return figures;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Leaves a compact copy in `target`, proved on a fresh connection. @throws when it is not perfect */
export function* copyVerified(database: DatabaseName, file: string, target: string): JobSteps<CopyFigures> {
  rmSync(target, { force: true });
  // The last chance to be called off until SQLite is through.
  yield progress('copying', 0, null, 'bytes');
  const db = openForReading(file);
  try {
    // The connection itself stays read-only; this would count VACUUM's own file as a write.
    db.pragma('query_only = OFF');
    db.prepare('VACUUM INTO ?').run(target);
  } finally {
    db.close();
  }
  syncFile(target);
  return yield* verifyCopy(database, target);
}

/** Proves on a fresh connection that a copy is one of ours and intact. @throws when it is not */
export function* verifyCopy(database: DatabaseName, file: string): JobSteps<CopyFigures> {
  const db = openForReading(file);
  let tables: CopyFigures['tables'];
  try {
    if (db.pragma('application_id', { simple: true }) !== SCHEMAS[database].applicationId) {
      throw new Error('the copy is not a database of ours');
    }
    const [problem] = yield* checkTables(db, false);
    if (problem !== undefined) throw new Error(`the copy is damaged: ${problem}`);
    tables = countRows(db);
  } finally {
    db.close();
  }
  const { size } = statSync(file);
  return { bytes: size, sha256: yield* hashFile(file, size), tables };
}

export function countRows(db: SqliteDatabase): CopyFigures['tables'] {
  return tableNames(db).map((name) => ({
    name,
    rows: Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get()),
  }));
}

function* hashFile(file: string, bytes: number): JobSteps<string> {
  const hash = createHash('sha256');
  const block = Buffer.alloc(READ_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    let done = 0;
    for (let read = readSync(descriptor, block); read > 0; read = readSync(descriptor, block)) {
      hash.update(block.subarray(0, read));
      done += read;
      yield progress('reading it back', done, bytes, 'bytes');
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } catch {
    // Folders cannot be synced everywhere; a file that cannot has been refused by the check that follows.
  } finally {
    closeSync(descriptor);
  }
}
