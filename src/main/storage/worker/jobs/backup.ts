// Makes a whole, checked copy of a database while it is being written. `VACUUM INTO` takes one consistent moment and lets the
// writer go on; the page-by-page backup of SQLite starts over at every foreign commit and never ends on a busy file.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { CopyFigures } from '../../common/protocol';
import { openForReading } from '../open';
import { SCHEMAS } from '../schema';

const READ_BYTES = 1024 * 1024;

/** @throws when the copy is not perfect; nothing is left behind then */
export function backUp(database: DatabaseName, file: string, target: string): CopyFigures {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    const db = openForReading(file);
    try {
      // The connection itself stays read-only; this would count VACUUM's own file as a write.
      db.pragma('query_only = OFF');
      db.prepare('VACUUM INTO ?').run(partial);
    } finally {
      db.close();
    }
    syncFile(partial);
    const figures = verifyCopy(database, partial);
    renameSync(partial, target);
    syncFile(dirname(target));
    return figures;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Proves on a fresh connection that a copy is one of ours and intact. @throws when it is not */
export function verifyCopy(database: DatabaseName, file: string): CopyFigures {
  const db = openForReading(file);
  try {
    if (db.pragma('application_id', { simple: true }) !== SCHEMAS[database].applicationId) {
      throw new Error('the copy is not a database of ours');
    }
    const verdict = db.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(`the copy is damaged: ${String(verdict)}`);
  } finally {
    db.close();
  }
  return { bytes: statSync(file).size, sha256: hashFile(file) };
}

function hashFile(file: string): string {
  const hash = createHash('sha256');
  const block = Buffer.alloc(READ_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    for (let read = readSync(descriptor, block); read > 0; read = readSync(descriptor, block)) {
      hash.update(block.subarray(0, read));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } catch {
    // Folders cannot be synced everywhere; a file that cannot has been refused by the check that follows.
  } finally {
    closeSync(descriptor);
  }
}
