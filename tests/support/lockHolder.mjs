// A foreign program for tests: takes a lock on a database file, says "held", keeps it until told to let go (a line on stdin)
// or for the given milliseconds, says "released". On standby it says "ready" and does nothing until it reads those milliseconds
// from stdin: the start of a process costs the machine more than the lock that is to be measured.
// Usage: node lockHolder.mjs FILE [write|uncommitted|exclusive|owner|read|busy] [HOLD_MS|standby]
import Database from 'better-sqlite3';

const [file, mode = 'write', holdMs] = process.argv.slice(2);
const OWN_DEX = "INSERT OR REPLACE INTO dexes VALUES ('other', 'other', 'Other', 1, 1, 1)";
const begin = {
  write: 'BEGIN IMMEDIATE',
  // A change that nobody has committed yet.
  uncommitted: `BEGIN IMMEDIATE; ${OWN_DEX}`,
  exclusive: 'BEGIN EXCLUSIVE',
  // Keeps everybody out of the file for as long as it is open.
  owner: `PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ${OWN_DEX}`,
  read: 'BEGIN; SELECT count(*) FROM sqlite_schema',
  // Commits again and again, and holds the lock in between only for a moment.
  busy: OWN_DEX,
}[mode];

function hold(forMs) {
  const db = new Database(file, { timeout: 10_000 });
  db.exec(begin);
  const commits = mode === 'busy' ? setInterval(() => db.exec(OWN_DEX), 1) : null;
  process.stdout.write(`held ${Date.now()}\n`);

  const release = () => {
    if (commits) clearInterval(commits);
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
    process.stdout.write(`released ${Date.now()}\n`, () => process.exit(0));
  };
  if (forMs) setTimeout(release, Number(forMs));
  process.stdin.once('data', release);
  process.stdin.once('end', release);
}

if (holdMs === 'standby') {
  // Loads the addon; the file is not touched before the lock is wanted.
  new Database(':memory:').close();
  process.stdin.once('data', (line) => hold(String(line)));
  process.stdin.once('end', () => process.exit(0));
  process.stdout.write('ready\n');
} else hold(holdMs);
