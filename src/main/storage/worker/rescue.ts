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
      // The log's content is still reachable through the handle: move it into the database before that ends.
      attempt(() => db.pragma('wal_checkpoint(PASSIVE)'));
      db.close();
      return { outcome: 'restored', copy: null };
    case 'SHM_GONE':
      // No checkpoint: another program may have written under an index of its own by now.
      db.close();
      return { outcome: 'restored', copy: null };
    case 'FILE_GONE':
    case 'FILE_REPLACED': {
      const copy = `${file}.rescued-${stamp}`;
      const saved = attempt(() => copyWhole(db, copy));
      db.close();
      // The log and index that are left belong to the file that has gone; over another one they would be poison.
      moveAside(file, guard.ownParts(), stamp);
      if (!saved) return { outcome: 'none', copy: null };
      if (existsSync(file)) return { outcome: 'kept', copy };
      renameSync(copy, file);
      return { outcome: 'restored', copy: null };
    }
  }
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
