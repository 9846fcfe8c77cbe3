// Saves what an open connection still reaches after its files were removed or replaced under it: through the open handles all
// rows are still there, until they are closed.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RescueReport } from '../common/protocol';
import type { SqliteDatabase } from './driver';
import type { FileGuard, GuardCode } from './fileGuard';
import { openForReading } from './open';

/** Closes the connection in every case; afterwards the file can be opened again. */
export function rescue(
  db: SqliteDatabase,
  file: string,
  guard: FileGuard,
  code: GuardCode,
  stamp: number,
): RescueReport {
  switch (code) {
    case 'WAL_GONE':
      // The log's content is still reachable through the handle: move it into the database before that ends. A reader that
      // pins the log prevents it; then only a copy saves the rest.
      if (!movesWholeLog(db)) return putCopyInPlace(db, file, ['', '-wal', '-shm'], stamp);
      db.close();
      return { outcome: 'restored', copy: null };
    case 'WAL_CUT':
      // No checkpoint: it would move zeros. What was written lately is still in the connection's cache.
      return putCopyInPlace(db, file, ['', '-wal', '-shm'], stamp);
    case 'SHM_GONE':
      // No checkpoint: another program may have written under an index of its own by now.
      db.close();
      return { outcome: 'restored', copy: null };
    case 'FILE_GONE':
    case 'FILE_REPLACED':
      // The log and index that are left belong to the file that has gone; over another one they would be poison.
      return putCopyInPlace(db, file, guard.ownParts(), stamp);
  }
}

/** @param parts what lies at the database's place and must go away whole, before anything else may lie there */
function putCopyInPlace(db: SqliteDatabase, file: string, parts: readonly string[], stamp: number): RescueReport {
  const copy = `${file}.rescued-${stamp}`;
  const saved = attempt(() => copyWhole(db, copy));
  db.close();
  // Without a copy, a database that lost its log is still the best there is.
  moveAside(file, saved ? parts : parts.filter((part) => part !== ''), stamp);
  if (!saved) return { outcome: 'none', copy: null };
  if (existsSync(file)) return { outcome: 'kept', copy };
  renameSync(copy, file);
  return { outcome: 'restored', copy: null };
}

function movesWholeLog(db: SqliteDatabase): boolean {
  return attempt(() => {
    const [row] = db.pragma('wal_checkpoint(PASSIVE)') as { readonly log: number; readonly checkpointed: number }[];
    if (!row || row.checkpointed < row.log) throw new Error('a reader pins the log');
  });
}

/** Moves parts of a database into the quarantine folder next to it, together, and returns that folder. */
export function moveAside(file: string, parts: readonly string[], stamp: number): string {
  const folder = join(dirname(file), 'quarantine', `${basename(file)}-${stamp}`);
  if (parts.length > 0) mkdirSync(folder, { recursive: true });
  for (const part of parts) {
    if (existsSync(file + part)) renameSync(file + part, join(folder, basename(file) + part));
  }
  return folder;
}

function copyWhole(db: SqliteDatabase, copy: string): void {
  rmSync(copy, { force: true });
  db.prepare('VACUUM INTO ?').run(copy);
  const check = openForReading(copy);
  try {
    const verdict = check.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(String(verdict));
  } finally {
    check.close();
  }
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
