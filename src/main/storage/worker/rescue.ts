// Saves what an open connection still reaches after its files were removed or replaced under it: through the open handles all
// rows are still there, until they are closed.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeError, type Problem } from '../common/errorClass';
import type { RescueReport } from '../common/protocol';
import type { SqliteDatabase } from './driver';
import type { FileGuard, GuardCode, GuardError } from './fileGuard';
import { openForReading } from './open';

/** The copy could not be written. What cannot be read any more cannot be read later either. */
const NO_ROOM = /^(?:SQLITE_(?:FULL|CANTOPEN|READONLY|IOERR_(?:WRITE|FSYNC|DIR_FSYNC|TRUNCATE))|E[A-Z]+$)/;

/** The disk does not let it now. The connection is still open: what it reaches is not lost yet. */
class UnsavedError extends Error {
  /** What it reaches, whole, in a file beside the database; null when not even that could be written. */
  readonly copy: string | null;

  constructor(cause: unknown, copy: string | null) {
    super(describeError(cause).message, { cause });
    this.copy = copy;
  }
}

export interface Rescue {
  /** Null: nothing could be put back yet, and the connection stays open for another attempt. Otherwise it is closed. */
  readonly report: RescueReport | null;
  readonly problem: Problem;
}

/** @param isLast nobody can wait for another attempt */
export function rescue(
  db: SqliteDatabase,
  file: string,
  guard: FileGuard,
  changed: GuardError,
  isLast: boolean,
): Rescue {
  const problem = describeError(changed);
  try {
    return { report: save(db, file, guard, changed.code, Date.now()), problem };
  } catch (error) {
    if (!(error instanceof UnsavedError)) throw error;
    const { copy, message } = error;
    if (isLast) {
      db.close();
      return { report: { outcome: copy === null ? 'none' : 'kept', copy }, problem };
    }
    if (copy !== null) rmSync(copy, { force: true });
    // Without the names of files, which are others with each attempt.
    const [why] = message.split(', ');
    const told = `${problem.message}; what it held is still open here and cannot be put back yet (${why})`;
    return { report: null, problem: { ...problem, class: 'environment', message: told } };
  }
}

/** Closes the connection, so that the file can be opened again. @throws UnsavedError */
function save(db: SqliteDatabase, file: string, guard: FileGuard, code: GuardCode, stamp: number): RescueReport {
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
  const saved = savesCopy(db, copy);
  // There an open file cannot be moved; what it holds is in the copy by now.
  if (process.platform === 'win32') db.close();
  try {
    // Without a copy, a database that lost its log is still the best there is.
    moveAside(file, saved ? parts : parts.filter((part) => part !== ''), stamp);
  } catch (error) {
    throw db.open ? new UnsavedError(error, saved ? copy : null) : error;
  }
  db.close();
  if (!saved) return { outcome: 'none', copy: null };
  if (existsSync(file)) return { outcome: 'kept', copy };
  renameSync(copy, file);
  return { outcome: 'restored', copy: null };
}

/** False when there is nothing that could be saved. @throws UnsavedError when there is no room for it now, say */
function savesCopy(db: SqliteDatabase, copy: string): boolean {
  try {
    copyWhole(db, copy);
    return true;
  } catch (error) {
    rmSync(copy, { force: true });
    if (NO_ROOM.test(describeError(error).code)) throw new UnsavedError(error, null);
    return false;
  }
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
