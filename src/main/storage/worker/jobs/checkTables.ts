// Looks for damage table by table, so that a check of a large file can be called off between two of them. Always on a fresh
// connection: the page cache of a live one hides damage on disk.
import type { SqliteDatabase } from '../driver';
import { type JobSteps, progress } from './steps';

const REPORTED_PROBLEMS = 20;
/** Stands for the schema and for the list of free pages. */
const SCHEMA_TABLE = 'sqlite_schema';

/** @returns what is wrong, in SQLite's words */
export function* checkTables(db: SqliteDatabase, thorough: boolean): JobSteps<readonly string[]> {
  const pragma = thorough ? 'integrity_check' : 'quick_check';
  const tables = [SCHEMA_TABLE, ...tableNames(db)];
  // Table by table SQLite cannot see that two tables share a page; a thorough check ends with a look at the whole file.
  const steps = tables.length + (thorough ? 1 : 0);
  const problems: string[] = [];
  for (const [index, table] of tables.entries()) {
    yield progress(`checking ${table}`, index, steps, 'steps');
    problems.push(...findings(db, `${pragma}(${quoted(table)})`));
    if (problems.length >= REPORTED_PROBLEMS) return problems;
  }
  if (thorough) {
    yield progress('checking the pages of the whole file', tables.length, steps, 'steps');
    problems.push(...findings(db, `quick_check(${REPORTED_PROBLEMS})`));
  }
  return [...new Set(problems)];
}

export function tableNames(db: SqliteDatabase): readonly string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
  return db.prepare<[], string>(sql).pluck().all();
}

function findings(db: SqliteDatabase, check: string): readonly string[] {
  const lines = db.prepare<[], string>(`PRAGMA ${check}`).pluck().all();
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines;
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
