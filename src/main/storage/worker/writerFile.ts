// The writer's open database with everything that hangs on its connection.
import type { FileStats, ThreadStart } from '../common/protocol';
import { DATABASE_TABLES } from '../common/databaseTables';
import { Checkpointer } from './checkpointer';
import type { SqliteDatabase, SqliteStatement } from './driver';
import { FileGuard } from './fileGuard';
import { RowCounts } from './fileStats';
import { GroupCommit } from './groupCommit';
import { openForWriting } from './open';

export interface WriterFile {
  readonly db: SqliteDatabase;
  readonly group: GroupCommit;
  readonly counts: RowCounts;
  readonly guard: FileGuard;
  readonly checkpointer: Checkpointer;
  readonly begin: SqliteStatement;
  readonly commit: SqliteStatement;
  readonly rollback: SqliteStatement;
}

export interface OpenedWriterFile {
  /** Null when the file must not be written; it is closed again then. */
  readonly file: WriterFile | null;
  readonly schemaVersion: number;
  readonly readOnlyReason: string | null;
  readonly stats: FileStats;
}

/** @throws whatever `openForWriting` throws */
export function openWriterFile({ database, file: path }: ThreadStart): OpenedWriterFile {
  const { db, schemaVersion, readOnlyReason } = openForWriting(database, path);
  try {
    const tables = DATABASE_TABLES[database];
    const counts = new RowCounts(db, tables);
    const stats = counts.stats(path);
    if (readOnlyReason) {
      db.close();
      return { file: null, schemaVersion, readOnlyReason, stats };
    }
    const checkpointer = new Checkpointer(db);
    const file: WriterFile = {
      db,
      counts,
      guard: new FileGuard(path, Number(db.pragma('page_size', { simple: true })), () => checkpointer.frames()),
      group: new GroupCommit(db, tables),
      checkpointer,
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      rollback: db.prepare('ROLLBACK'),
    };
    return { file, schemaVersion, readOnlyReason, stats };
  } catch (error) {
    // A damaged file can open and still fail to be counted.
    if (db.open) db.close();
    throw error;
  }
}

/** Empties the log and closes. Everything is committed before: whatever fails here, the next opening finds it in the log. */
export function closeWriterFile({ db, checkpointer }: WriterFile): ReturnType<Checkpointer['runFinal']> {
  try {
    const figures = checkpointer.runFinal();
    db.pragma('analysis_limit = 400');
    db.pragma('optimize');
    return figures;
  } finally {
    db.close();
  }
}
