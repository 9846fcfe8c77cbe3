// Rewrites a database without its free pages. The writer is stopped meanwhile: first a verified copy is made beside the file
// (reads go on), then, with nobody on the file, the copy takes its place in one rename. Whatever fails, the old file stays.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { CopyFigures, JobAnswers } from '../../common/protocol';
import { openConnection } from '../driver';
import { openForReading } from '../open';
import { copyVerified, countRows, syncFile } from './backup';
import { type JobSteps, progress } from './steps';

/** The copy stays in `target` for `compactSwap`. */
export function* compactCopy(database: DatabaseName, file: string, target: string): JobSteps<CopyFigures> {
  let isWhole = false;
  try {
    const figures = yield* copyVerified(database, file, target);
    yield progress('comparing the copy', 0, null, 'rows');
    const counts = countRowsOf(file);
    const differing = figures.tables.find(({ name, rows }) => counts.get(name) !== rows);
    if (differing || counts.size !== figures.tables.length) {
      throw new Error(`the copy differs in ${differing?.name ?? 'its tables'}; the file was left as it is`);
    }
    isWhole = true;
    return figures;
  } finally {
    if (!isWhole) rmSync(target, { force: true });
  }
}

/** No connection of ours may be open. @throws when another program has the file open, and leaves everything as it was */
export function* compactSwap(file: string, target: string): JobSteps<JobAnswers['compactSwap']> {
  try {
    yield progress('putting it in place', 0, 1, 'steps');
    const beforeBytes = statSync(file).size;
    endLog(file);
    renameSync(target, file);
    syncFile(dirname(file));
    return { beforeBytes, afterBytes: statSync(file).size };
  } finally {
    rmSync(target, { force: true });
  }
}

/** A log that is left would be replayed over the new file. SQLite removes it when the last one closes, and only then. */
function endLog(file: string): void {
  const db = openConnection(file, { readonly: false, waitMs: 0 });
  try {
    // Granted only while nobody else has the file open.
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  } finally {
    db.close();
  }
  if (existsSync(`${file}-wal`)) throw new Error('the write-ahead log could not be ended');
  // An index of nobody's: the exclusive lock proved that no other connection exists, and it was not used for it.
  rmSync(`${file}-shm`, { force: true });
}

function countRowsOf(file: string): ReadonlyMap<string, number> {
  const db = openForReading(file);
  try {
    return new Map(countRows(db).map(({ name, rows }) => [name, rows]));
  } finally {
    db.close();
  }
}
