// What monitor.db keeps of runs, and what becomes of a record that an earlier version of the program wrote.
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { loadHistory } from '../../src/main/engine/history';
import { monitor10 } from '../../src/main/storage/worker/migrations/monitor10';
import { SCHEMAS } from '../../src/main/storage/worker/schema';
import { T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const INTERVAL_MS = 60_000;

/** Two good runs, then a failed one and a skipped slot. */
function makeVersion10(file: string): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  monitor10.up(db);
  db.pragma(`application_id = ${SCHEMAS.monitor.applicationId}`);
  db.pragma('user_version = 10');
  ['ok', 'ok', 'failed'].forEach((outcome, index) => {
    const atMs = T0 + index * INTERVAL_MS;
    db.prepare('INSERT INTO slots VALUES (?, ?, ?, ?, NULL, 0)').run('dexes', atMs, outcome, `run-${index}`);
    db.prepare(
      `INSERT INTO runs VALUES (?, 'dexes', ?, ?, ?, 5.5, 'schedule', ?, 1, 1, 1, 0, 0, 0, 1, 0, NULL, NULL, 0)`,
    ).run(`run-${index}`, atMs, atMs, atMs + 5, outcome);
  });
  db.prepare("INSERT INTO slots VALUES ('dexes', ?, 'skipped_paused', NULL, NULL, 0)").run(T0 + 3 * INTERVAL_MS);
  db.close();
}

describe('a record of the version before', () => {
  it('is brought up to date with every slot and run in place, and the scheduler goes on from it', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    makeVersion10(options.file);
    const store = await openTestStore(options);
    expect(store.status()).toMatchObject({ state: 'ok', schemaVersion: 30 });
    const history = (await loadHistory(store, ['dexes', 'ohlcv'])).get('dexes');
    expect(history?.ticks.map(({ outcome, slots }) => `${outcome} ${slots}`)).toEqual([
      ...['ok 1', 'ok 1', 'failed 1', 'skipped_paused 1'],
    ]);
    expect(history).toMatchObject({
      lastRun: { id: 'run-2', outcome: 'failed', durationMs: 5.5 },
      lastSuccessAtMs: T0 + INTERVAL_MS + 5,
      recovery: { failures: 1, successes: 0 },
      lastPlace: { untilMs: T0 + 3 * INTERVAL_MS, turn: 0 },
      lastExpectedMs: T0 + 3 * INTERVAL_MS,
    });
  });
});
