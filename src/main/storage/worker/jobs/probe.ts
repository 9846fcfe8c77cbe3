// Looks at a database from outside, step by step, each time on fresh connections: can it be opened, read, and its write lock be
// had. Changes no row and no page, whoever else has the file open or nobody: it must be safe on a file that waits for its owner.
import type { DatabaseName } from '../../../../shared/domain/database';
import type {
  ConnectivityFigures,
  DatabaseProbe,
  FileFacts,
  ProbeFailure,
  ProbeStep,
} from '../../../../shared/domain/health';
import { Histogram } from '../../../../shared/util/histogram';
import { describeError, type ErrorClass } from '../../common/errorClass';
import type { JobAnswers } from '../../common/protocol';
import { nowMs } from '../../common/stopwatch';
import { openConnection, type SqliteDatabase } from '../driver';
import { openForReading } from '../open';
import { newestVersion, SCHEMAS } from '../schema';
import { tableNames } from './checkTables';
import { type JobSteps, progress } from './steps';

/** The owner's commits take milliseconds; whoever holds the lock longer than this is in the way. Blocks only the job's thread. */
const LOCK_PATIENCE_MS = 250;
const PAUSE_MS = 20;
/** By then it is known. */
const ENOUGH_FAILURES = 3;

const KIND_BY_CLASS: Readonly<Record<ErrorClass, ProbeFailure['kind']>> = {
  transient: 'locked',
  environment: 'environment',
  corrupt: 'damaged',
  data: 'other',
  bug: 'other',
};

/** Never throws for what it finds. */
export function* probe(database: DatabaseName, file: string, rounds: number): JobSteps<JobAnswers['probe']> {
  const first = look(database, file);
  if (rounds === 1) return { first, rounds: null };
  const tally = new Tally();
  tally.add(first);
  while (tally.rounds < rounds && tally.failed < ENOUGH_FAILURES) {
    yield progress('opening it again', tally.rounds, rounds, 'steps');
    pause();
    tally.add(look(database, file));
  }
  return { first, rounds: tally.figures() };
}

function look(database: DatabaseName, file: string): DatabaseProbe {
  const ms: Record<ProbeStep, number | null> = { open: null, read: null, write: null };
  let step: ProbeStep = 'open';
  let facts: FileFacts | null = null;
  let wal: DatabaseProbe['wal'] = null;
  let reading: SqliteDatabase | null = null;
  const timed = <T>(next: ProbeStep, action: () => T): T => {
    step = next;
    const startedAtMs = nowMs();
    const value = action();
    ms[next] = nowMs() - startedAtMs;
    return value;
  };
  try {
    const db = timed('open', () => (reading = openForReading(file)));
    step = 'read';
    facts = factsOf(db, database);
    timed('read', () => readEveryTable(db));
    wal = walOf(db);
    step = 'write';
    ms.write = askForWriteLock(file);
    return { ms, failure: null, facts, wal };
  } catch (error) {
    const { class: errorClass, code, message } = describeError(error);
    return { ms, failure: { step, code, kind: KIND_BY_CLASS[errorClass], message }, facts, wal };
  } finally {
    (reading as SqliteDatabase | null)?.close();
  }
}

function factsOf(db: SqliteDatabase, database: DatabaseName): FileFacts {
  const schema = SCHEMAS[database];
  const numberOf = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  return {
    journalMode: String(db.pragma('journal_mode', { simple: true })),
    pageBytes: numberOf('page_size'),
    pages: numberOf('page_count'),
    freePages: numberOf('freelist_count'),
    isOurs: numberOf('application_id') === schema.applicationId,
    schemaVersion: numberOf('user_version'),
    knownSchemaVersion: newestVersion(schema),
  };
}

function readEveryTable(db: SqliteDatabase): void {
  for (const table of tableNames(db)) db.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}" LIMIT 1`).get();
}

function walOf(db: SqliteDatabase): DatabaseProbe['wal'] {
  const [row] = db.pragma('wal_checkpoint(NOOP)') as readonly {
    readonly busy: number;
    readonly log: number;
    readonly checkpointed: number;
  }[];
  // A file that is not in WAL mode answers with -1.
  return row && row.log >= 0 ? { busy: row.busy !== 0, log: row.log, checkpointed: row.checkpointed } : null;
}

/**
 * The caller's connection stays open meanwhile, so that this one is never the last: the last one moves the log into the database
 * when it is closed.
 * @returns how long it took to get the lock and give it back, without opening
 */
function askForWriteLock(file: string): number {
  const db = openConnection(file, { readonly: false, waitMs: LOCK_PATIENCE_MS, mustExist: true });
  try {
    db.pragma('mmap_size = 0');
    const startedAtMs = nowMs();
    db.exec('BEGIN IMMEDIATE');
    db.exec('ROLLBACK');
    return nowMs() - startedAtMs;
  } finally {
    db.close();
  }
}

class Tally {
  rounds = 0;
  failed = 0;
  readonly #steps: Readonly<Record<ProbeStep, Histogram>> = {
    open: new Histogram(),
    read: new Histogram(),
    write: new Histogram(),
  };

  add({ ms, failure }: DatabaseProbe): void {
    this.rounds += 1;
    if (failure) this.failed += 1;
    for (const step of ['open', 'read', 'write'] as const) {
      const took = ms[step];
      if (took !== null) this.#steps[step].record(took);
    }
  }

  figures(): ConnectivityFigures {
    const { open, read, write } = this.#steps;
    const { rounds, failed } = this;
    return { rounds, failed, open: open.summary(), read: read.summary(), write: write.summary() };
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
