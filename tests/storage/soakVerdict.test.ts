// The books of an endurance run: what is planted wrong is found, and what is right passes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MadeFault } from '../../bench/soak/alarms';
import { Audit, type Books } from '../../bench/soak/audit';
import type { Sample } from '../../bench/soak/growth';
import { judge } from '../../bench/soak/verdict';

const START_MS = Date.UTC(2026, 10, 28, 12);
const MINUTE_MS = 60_000;
const LOCK: MadeFault = { id: 'lock', fromMs: START_MS, toMs: START_MS + 30_000 };
const SLEEP: MadeFault = { id: 'sleep', fromMs: START_MS + 5 * MINUTE_MS, toMs: START_MS + 6 * MINUTE_MS };

const LATER = 'market.db is locked by node (process 8)';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-books-'));
  mkdirSync(join(dir, 'logs'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function acknowledged(...batches: readonly (readonly [id: string, rows: number, durability: string])[]): void {
  const lines = batches.map(([batchId, rows, durability]) =>
    JSON.stringify({
      level: 'debug',
      time: '2026-11-28T12:00:00.000Z',
      batchId,
      rows,
      durability,
      msg: 'rows were stored',
    }),
  );
  writeFileSync(join(dir, 'logs', 'poolwatch.1.log'), `${lines.join('\n')}\n`);
}

function stored(...batches: readonly (readonly [id: string, inserted: number])[]): void {
  const db = new Database(join(dir, 'market.db'));
  db.exec(
    `CREATE TABLE applied_batches (seq INTEGER PRIMARY KEY, id TEXT, inserted INT, changed INT, unchanged INT, rejected TEXT)`,
  );
  const insert = db.prepare(
    "INSERT INTO applied_batches (id, inserted, changed, unchanged, rejected) VALUES (?, ?, 0, 1, '[{}]')",
  );
  for (const batch of batches) insert.run(...batch);
  db.close();
}

/** One every 15 s. */
function slotsUntil(endMs: number): readonly (readonly [atMs: number, outcome: string])[] {
  return Array.from({ length: (endMs - START_MS) / 15_000 }, (_, n) => [START_MS + n * 15_000, 'ok'] as const);
}

/** With the columns that are read, as the program makes them. */
function monitored(
  slots: readonly (readonly [atMs: number, outcome: string])[],
  incidents: readonly (readonly [atMs: number, node: string, title: string])[],
) {
  const db = new Database(join(dir, 'monitor.db'));
  db.exec(`CREATE TABLE slots (collector_id TEXT, turn INT, slot_at_ms INT, until_ms INT, outcome TEXT, slots INT);
           CREATE TABLE runs (collector_id TEXT, slot_at_ms INT, trigger TEXT);
           CREATE TABLE incidents (id TEXT, opened_at_ms INT, resolved_at_ms INT, folded_into TEXT, body TEXT);
           CREATE TABLE incident_events (incident_id TEXT, at_ms INT, kind TEXT, text TEXT);
           CREATE TABLE notices (incident_id TEXT, at_ms INT, kind TEXT, suppressed TEXT, body TEXT);
           CREATE TABLE alert_transitions (key TEXT, to_state TEXT, at_ms INT)`);
  for (const slot of slots) db.prepare("INSERT INTO slots VALUES ('trades', 0, ?, NULL, ?, 1)").run(...slot);
  for (const [atMs, node, title] of incidents) {
    const incident = { title, cause: null, rootRuleId: 'any', members: [{ key: title }] };
    db.prepare("INSERT INTO incidents VALUES (?, ?, ?, '', ?)").run(
      title,
      atMs,
      atMs + 1_000,
      JSON.stringify({ node, incident }),
    );
    db.prepare("INSERT INTO alert_transitions VALUES (?, 'firing', ?)").run(title, atMs);
    const line = db.prepare('INSERT INTO incident_events VALUES (?, ?, ?, ?)');
    line.run(title, atMs, 'opened', title);
    const notice = db.prepare("INSERT INTO notices VALUES (?, ?, 'fired', '', ?)");
    notice.run(title, atMs + 400_000, JSON.stringify({ title: LATER, body: 'It is said too late.' }));
    line.run(title, atMs + 32_000, 'resolved', `${title}: over.`);
  }
  db.close();
}

async function books(): Promise<Books> {
  const audit = new Audit(dir, dir);
  await audit.look();
  await audit.look();
  return audit.books();
}

async function verdict(faults: readonly MadeFault[], samples: readonly Sample[] = []) {
  return judge({ books: await books(), faults, samples, intervalMs: 15_000, deaths: 0, exitCode: 0 }, dir);
}

describe('the books of a soak', () => {
  it('finds a batch that is lost, one that is there twice and one with other rows, and counts what was never promised apart', async () => {
    acknowledged(
      ['a/1', 5, 'committed'],
      ['a/2', 5, 'spooled'],
      ['a/3', 9, 'committed'],
      ['a/4', 7, 'volatile'],
      ['a/5', 4, 'committed'],
    );
    stored(['a/1', 3], ['a/3', 3], ['a/5', 2], ['a/5', 2]);
    expect(await books()).toEqual({
      batches: 4,
      rows: 23,
      lostBatches: ['a/2'],
      lostRows: 5,
      appliedTwice: 1,
      withOtherRows: 1,
      volatile: 1,
    });
  });

  it('passes what is right: told faults, and slots that nobody was there for', async () => {
    acknowledged(['a/1', 5, 'committed']);
    stored(['a/1', 3], ['of a killed run, never acknowledged', 3]);
    monitored(
      [...slotsUntil(SLEEP.fromMs), [SLEEP.fromMs + 20_000, 'skipped_asleep']],
      [[START_MS + 1_000, 'database/market#access', 'market.db is locked by node (process 4711)']],
    );
    const { failures, figures } = await verdict([LOCK, SLEEP]);
    // A notice long after it was over, about what was not there.
    expect(failures).toEqual([`said and not so: 12:06:41 ${LATER}. It is said too late.`]);
    expect(figures).toMatchObject({
      slots: 21,
      'slots missed while it was away': 1,
      'faults told, each by its own': 1,
      'slowest recovery told s': 3,
    });
  });

  it('finds a fault that nobody was told of, an incident without a cause, a slot without a reason, and growth', async () => {
    acknowledged(['a/1', 5, 'committed']);
    stored(['a/1', 3]);
    monitored(
      [[START_MS + 2 * MINUTE_MS + 30_000, 'missed']],
      [[SLEEP.fromMs + 10 * MINUTE_MS, 'collector/trades', 'A wolf']],
    );
    const samples = Array.from({ length: 120 }, (_, n) => ({
      pid: 1,
      ageMs: n * 10_000,
      rssBytes: 2e8 + n * 1e6,
      handles: 50 + n,
      threads: 20 + n,
    }));
    const { failures } = await verdict([LOCK, SLEEP], samples);
    expect(failures).toEqual([
      '1 slots were missed without a reason',
      'nobody was told of 12:00:00 lock for 30 s',
      'told without a cause: 12:15:00 A wolf',
      expect.stringMatching(/^RSS grew by 6\d\.\d MB$/),
      expect.stringMatching(/^7\d more file handles$/),
      expect.stringMatching(/^7\d more threads$/),
    ]);
  });
});
