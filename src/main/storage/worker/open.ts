// Opens a database file for its one writer: asserts what it is, brings the schema up to date, sets the pragmas.
// Must not repair anything, and never creates a schema in a file that is not empty.
import { existsSync } from 'node:fs';
import type { DatabaseName } from '../../../shared/domain/database';
import { openConnection, type SqliteDatabase } from './driver';
import { newestVersion, SCHEMAS, type Schema } from './schema';

const WRITER_CACHE_KIB = 16_000;
const READER_CACHE_KIB = 64_000;
const READER_WAIT_MS = 50;
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;
/** Only a safety net: the writer checkpoints between commits, see checkpointer.ts. */
const AUTOCHECKPOINT_PAGES = 16_000;

export class OpenError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface OpenedDatabase {
  readonly db: SqliteDatabase;
  readonly schemaVersion: number;
  /** One sentence when the file may be read but must not be written. */
  readonly readOnlyReason: string | null;
}

/** @throws OpenError, AddonError or SqliteError; the connection is closed again in every case */
export function openForWriting(database: DatabaseName, file: string): OpenedDatabase {
  const schema = SCHEMAS[database];
  const db = openConnection(file, { readonly: false, waitMs: 0 });
  try {
    const version = identify(db, schema, file);
    const newest = newestVersion(schema);
    if (version > newest) {
      db.close();
      return openNewer(file, version, newest);
    }
    setWriterPragmas(db, version === 0);
    migrate(db, schema, version);
    assertTables(db, schema);
    return { db, schemaVersion: newest, readOnlyReason: null };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A connection that cannot write, for reads and for checks. */
export function openForReading(file: string): SqliteDatabase {
  if (!existsSync(file)) throw new OpenError('FILE_GONE', 'the database file does not exist');
  const db = openConnection(file, { readonly: true, waitMs: READER_WAIT_MS });
  db.pragma('query_only = ON');
  db.pragma(`cache_size = -${READER_CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('mmap_size = 0');
  db.pragma('trusted_schema = OFF');
  return db;
}

/** Returns the schema version; 0 means an empty file that may become ours. */
function identify(db: SqliteDatabase, schema: Schema, file: string): number {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = Number(db.pragma('user_version', { simple: true }));
  const objects = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (applicationId === schema.applicationId) return version;
  if (applicationId === 0 && version === 0 && objects === 0) return 0;
  throw new OpenError('NOT_OURS', `${file} is a database of another program`);
}

function openNewer(file: string, version: number, newest: number): OpenedDatabase {
  return {
    db: openForReading(file),
    schemaVersion: version,
    readOnlyReason: `The file was written by a newer version of Poolwatch (schema ${version}; this one knows ${newest}), so it is only read.`,
  };
}

function setWriterPragmas(db: SqliteDatabase, isNew: boolean): void {
  // mmap stays off: a file truncated by somebody else would otherwise end the process with SIGBUS.
  db.pragma('mmap_size = 0');
  if (isNew) db.pragma('page_size = 4096');
  const journalMode = db.pragma('journal_mode = WAL', { simple: true });
  if (journalMode !== 'wal') throw new OpenError('NO_WAL', `the journal mode stays "${String(journalMode)}"`);
  // With group commit FULL costs next to nothing, and only then does "acknowledged" mean "survives a power cut".
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
  db.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
}

function migrate(db: SqliteDatabase, schema: Schema, version: number): void {
  for (const migration of schema.migrations) {
    if (migration.version <= version) continue;
    db.transaction(() => {
      migration.up(db);
      db.pragma(`application_id = ${schema.applicationId}`);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

function assertTables(db: SqliteDatabase, schema: Schema): void {
  const present = new Set(db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  const missing = schema.allTables.filter((table) => !present.has(table));
  if (missing.length > 0) throw new OpenError('SCHEMA_MISSING', `tables are missing: ${missing.join(', ')}`);
}
