// A short measurement of what this disk and this file can do. Commits go into a scratch file of its own beside the database (same
// disk, same durability, nobody's data, no lock that anybody waits for); reads are of the database itself, one short snapshot each.
import { rmSync } from 'node:fs';
import type { LatencySummary } from '../../../../shared/domain/database';
import type { PerformanceFigures } from '../../../../shared/domain/health';
import { Histogram } from '../../../../shared/util/histogram';
import { nowMs } from '../../common/stopwatch';
import { openConnection, type SqliteDatabase, type SqliteStatement } from '../driver';
import { openForReading } from '../open';
import { type JobSteps, progress } from './steps';

const COMMITS = 100;
const READS = 400;
/** On a slow disk fewer commits must do. */
const TIME_CAP_MS = 1_500;
const ROWS_PER_GROUP = 100;
/** About what a row of collected data has. */
const ROW_BYTES = 160;
const PARTS = ['', '-wal', '-shm', '-journal'] as const;

/** Leaves nothing behind. @throws what SQLite says when the scratch file cannot be written or the database not be read */
export function* measure(file: string, scratch: string): JobSteps<PerformanceFigures> {
  const remove = (): void => PARTS.forEach((part) => rmSync(scratch + part, { force: true }));
  remove();
  try {
    const db = openScratch(scratch);
    try {
      const commitOneRow = yield* commits(db, 1);
      const commitHundredRows = yield* commits(db, ROWS_PER_GROUP);
      const { p50Ms } = commitHundredRows;
      const rowsPerSecond = p50Ms > 0 ? Math.round((ROWS_PER_GROUP * 1_000) / p50Ms) : 0;
      return { commitOneRow, commitHundredRows, rowsPerSecond, ...(yield* randomReads(file)) };
    } finally {
      db.close();
    }
  } finally {
    remove();
  }
}

/** With the pragmas of the real thing that a commit's time depends on. */
function openScratch(scratch: string): SqliteDatabase {
  const db = openConnection(scratch, { readonly: false, waitMs: 0 });
  db.pragma('mmap_size = 0');
  db.pragma('page_size = 4096');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE scratch (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  return db;
}

/** From BEGIN to the end of COMMIT, fsync included. */
function* commits(db: SqliteDatabase, rows: number): JobSteps<LatencySummary> {
  const insert = db.prepare('INSERT INTO scratch (body) VALUES (randomblob(?))');
  const histogram = new Histogram();
  const store = db.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(ROW_BYTES);
  });
  const startedAtMs = nowMs();
  while (histogram.count < COMMITS && nowMs() - startedAtMs < TIME_CAP_MS) {
    const beganAtMs = nowMs();
    store.immediate();
    histogram.record(nowMs() - beganAtMs);
    if (histogram.count % 10 === 0) yield progress(`commits of ${rows}`, histogram.count, COMMITS, 'steps');
  }
  return histogram.summary();
}

function* randomReads(file: string): JobSteps<Pick<PerformanceFigures, 'read' | 'readFrom'>> {
  const db = openForReading(file);
  try {
    const tables = rowReaders(db);
    const histogram = new Histogram();
    const startedAtMs = nowMs();
    while (histogram.count < READS && nowMs() - startedAtMs < TIME_CAP_MS) {
      const reader = tables[histogram.count % tables.length];
      if (!reader) return { read: null, readFrom: null };
      const beganAtMs = nowMs();
      reader.statement.get(Math.ceil(Math.random() * reader.newest));
      histogram.record(nowMs() - beganAtMs);
      if (histogram.count % 100 === 0) yield progress('reads', histogram.count, READS, 'steps');
    }
    return { read: histogram.summary(), readFrom: tables.map(({ table }) => table).join(', ') };
  } finally {
    db.close();
  }
}

interface RowReader {
  readonly table: string;
  readonly statement: SqliteStatement;
  readonly newest: number;
}

function rowReaders(db: SqliteDatabase): readonly RowReader[] {
  const tables = db.pragma('table_list') as readonly {
    readonly name: string;
    readonly type: string;
    readonly wr: number;
  }[];
  // Random rows are drawn by their row id, which not every table has.
  const withRowId = tables.filter(({ name, type, wr }) => type === 'table' && wr === 0 && !name.startsWith('sqlite_'));
  return withRowId.flatMap(({ name }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const newest = Number(db.prepare(`SELECT max(rowid) FROM ${quoted}`).pluck().get() ?? 0);
    if (newest < 1) return [];
    return { table: name, newest, statement: db.prepare(`SELECT * FROM ${quoted} WHERE rowid >= ? LIMIT 1`) };
  });
}
