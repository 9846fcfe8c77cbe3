// A foreign program for tests: takes a lock on a database file, says "held", keeps it until told to let go (a line on stdin)
// or for the given milliseconds, says "released". Usage: node lockHolder.mjs FILE [write|exclusive|read] [HOLD_MS]
import Database from 'better-sqlite3';

const [file, mode = 'write', holdMs] = process.argv.slice(2);
const db = new Database(file, { timeout: 10_000 });
const begin = { write: 'BEGIN IMMEDIATE', exclusive: 'BEGIN EXCLUSIVE', read: 'BEGIN' }[mode];
db.exec(begin);
if (mode === 'read') db.prepare('SELECT count(*) FROM sqlite_schema').get();
process.stdout.write(`held ${Date.now()}\n`);

function release() {
  db.exec('ROLLBACK');
  process.stdout.write(`released ${Date.now()}\n`, () => process.exit(0));
}
if (holdMs) setTimeout(release, Number(holdMs));
process.stdin.once('data', release);
process.stdin.once('end', release);
