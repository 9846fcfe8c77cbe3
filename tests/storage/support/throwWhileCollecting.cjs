// Throws SQLite errors beside statements that nobody holds any more, in a heap so small that the collector runs all the time.
const Database = require('better-sqlite3');

const db = new Database(':memory:');
const failing = db.prepare("SELECT json_extract('nonsense', '$')");
const endMs = Date.now() + 3_000;
let thrown = 0;
let kept = [];

function turn() {
  for (let n = 0; n < 2_000; n += 1) {
    try {
      failing.get();
    } catch {
      thrown += 1;
    }
    if (n % 200 === 0) {
      db.prepare('SELECT 1');
      kept.push(Array.from({ length: 50 + (thrown % 13) }, () => 0.5));
      if (kept.length > 15_000) kept = [];
    }
  }
  if (Date.now() < endMs) setImmediate(turn);
  else process.stdout.write(`${thrown}\n`);
}

turn();
