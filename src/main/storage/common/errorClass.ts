// Sorts what SQLite and its binding throw by what can be done about it. Pure.

/**
 * `transient`: somebody else is busy, try again. `environment`: disk, rights or path; nothing of ours is wrong, keep the rows elsewhere.
 * `corrupt`: the file itself is damaged. `data`: this row can never be stored. `bug`: our mistake.
 */
export const ERROR_CLASSES = ['transient', 'environment', 'corrupt', 'data', 'bug'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

export interface Problem {
  readonly class: ErrorClass;
  /** SQLite's extended result code, or one of ours. */
  readonly code: string;
  readonly message: string;
}

// Most specific first: the short read of an IOERR means a truncated file, a stale snapshot means a deferred transaction.
const CLASS_BY_PREFIX: readonly (readonly [prefix: string, errorClass: ErrorClass])[] = [
  ['SQLITE_BUSY_SNAPSHOT', 'bug'],
  ['SQLITE_IOERR_SHORT_READ', 'corrupt'],
  ['SQLITE_BUSY', 'transient'],
  ['SQLITE_LOCKED', 'transient'],
  ['SQLITE_PROTOCOL', 'transient'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_FULL', 'environment'],
  ['SQLITE_IOERR', 'environment'],
  ['SQLITE_READONLY', 'environment'],
  ['SQLITE_CANTOPEN', 'environment'],
  ['SQLITE_PERM', 'environment'],
  ['SQLITE_NOMEM', 'environment'],
  ['SQLITE_CONSTRAINT', 'data'],
  ['SQLITE_MISMATCH', 'data'],
  ['SQLITE_TOOBIG', 'data'],
  ['SQLITE_RANGE', 'data'],
  ['ADDON', 'environment'],
  ['FILE_REPLACED', 'environment'],
  ['FILE_GONE', 'environment'],
  ['WAL_GONE', 'environment'],
  ['WAL_CUT', 'environment'],
  ['SHM_GONE', 'environment'],
  ['NO_WAL', 'environment'],
  ['NOT_OURS', 'corrupt'],
  ['SCHEMA_MISSING', 'corrupt'],
];

// What the system has against a file (EIO, EACCES, ESTALE); the runtime's own codes begin with ERR_.
const SYSTEM_CODE = /^E[A-Z0-9]+$/;
// The binding refuses a value (boolean, date, wrong count) with one of these, before SQLite sees it.
const BINDING_REFUSES =
  /^SQLite3 can only bind |^The bound string, buffer, or bigint is too big|^Too (?:few|many) parameter values |named parameter/i;

export function classifyCode(code: string): ErrorClass {
  if (SYSTEM_CODE.test(code)) return 'environment';
  return CLASS_BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'bug';
}

/** Anything thrown, as plain data that can cross a port. */
export function describeError(error: unknown): Problem {
  if (!(error instanceof Error)) return { class: 'bug', code: 'UNKNOWN', message: String(error) };
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return { class: classifyCode(code), code, message: error.message };
  // Any other error of these types is a mistake of ours; the row is not to be blamed for it.
  if ((error instanceof TypeError || error instanceof RangeError) && BINDING_REFUSES.test(error.message)) {
    return { class: 'data', code: 'BINDING', message: error.message };
  }
  return { class: 'bug', code: 'UNKNOWN', message: error.message };
}

// What SQLite says when a table or column has gone that a prepared statement names.
const SCHEMA_HAS_CHANGED = /^no such (?:table|column)|has no column named/;

/**
 * For statements that were prepared, and worked, on this very schema: then a table or column that is not there any more is no
 * mistake of ours, another program has dropped it, and the file is not whole.
 */
export function describePreparedError(error: unknown): Problem {
  const problem = describeError(error);
  if (problem.code !== 'SQLITE_ERROR' || !SCHEMA_HAS_CHANGED.test(problem.message)) return problem;
  return { class: classifyCode('SCHEMA_MISSING'), code: 'SCHEMA_MISSING', message: problem.message };
}
