// Another program that does things to a database's files. In a process of its own: opening these files in ours would drop
// SQLite's locks. Usage: node tamperer.mjs COMMAND FILE [ARGUMENT ...]; answers with JSON.
import { closeSync, openSync, readFileSync, statSync, truncateSync, unlinkSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

const PAGE_BYTES = 4_096;

/** Writes into a file at a place without touching the rest. */
function overwrite(file, position, bytes) {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, position);
  closeSync(descriptor);
}

function withDatabase(file, options, action) {
  const db = new Database(file, { timeout: 10_000, ...options });
  try {
    return action(db);
  } finally {
    db.close();
  }
}

const commands = {
  unlink: (file) => unlinkSync(file),
  truncate: (file, bytes) => truncateSync(file, Number(bytes)),
  halve: (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / PAGE_BYTES) * PAGE_BYTES),
  /** 0xFF over the first bytes. */
  header: (file, bytes) => overwrite(file, 0, Buffer.alloc(Number(bytes), 0xff)),
  /** Sets single bytes of the header: position=value pairs. */
  set(file, ...pairs) {
    for (const pair of pairs) {
      const [position, value] = pair.split('=').map(Number);
      overwrite(file, position, Buffer.from([value]));
    }
  },
  /** Destroys one page of a table or index, away from its root. */
  page(file, object) {
    const page = withDatabase(file, { readonly: true }, (db) =>
      db
        .prepare('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY pageno LIMIT 1 OFFSET 1')
        .pluck()
        .get(object, 'leaf'),
    );
    overwrite(file, (page - 1) * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0xff));
  },
  /** Replaces a text by another of the same length, also where only a stale copy of it lies. */
  text(file, before, after) {
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf(before); at >= 0; at = bytes.indexOf(before, at + 1)) {
      overwrite(file, at, Buffer.from(after));
    }
  },
  quickCheck: (file) => withDatabase(file, { readonly: true }, (db) => db.pragma('quick_check', { simple: true })),
  version: (file) => withDatabase(file, { readonly: true }, (db) => db.pragma('user_version', { simple: true })),
  sql: (file, sql) => withDatabase(file, {}, (db) => void db.exec(sql)),
  /** An independent count: every pool with its name, and whether the whole file is sound. */
  rows: (file) =>
    withDatabase(file, { readonly: true }, (db) => ({
      integrity: db.pragma('integrity_check(1)', { simple: true }),
      names: Object.fromEntries(db.prepare('SELECT id, name FROM pools').raw().all()),
    })),
};

const [command, ...rest] = process.argv.slice(2);
process.stdout.write(JSON.stringify(commands[command](...rest) ?? null));
