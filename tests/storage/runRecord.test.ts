// What monitor.db keeps of runs, and what becomes of a record that an earlier version of the program wrote.
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { awaitSpool } from '../../src/main/engine/awaitSpool';
import { loadHistory } from '../../src/main/engine/history';
import { systemClock } from '../../src/main/engine/systemClock';
import { Spool } from '../../src/main/storage/spool/spool';
import type { Store } from '../../src/main/storage/store';
import { monitor10 } from '../../src/main/storage/worker/migrations/monitor10';
import { SCHEMAS } from '../../src/main/storage/worker/schema';
import { packRows } from '../../src/shared/contract/tables';
import type { DatabaseStatus } from '../../src/shared/domain/database';
import { FakeClock } from '../support/fakeClock';
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

describe('a record of which a part waits in the spool', () => {
  it('is read when all of it is there', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    const spool = new Spool({ folder: options.spoolDir, prefix: 'monitor', limitBytes: 1e9 });
    await spool.open();
    const many = Array.from({ length: 500 }, (_, n) => ({ id: `${n}`, atMs: T0, body: '' }));
    for (let n = 0; n < 12; n += 1) await spool.append({ id: `many${n}`, parts: [packRows('baselines', many)] });
    const slot = { collectorId: 'dexes', slotAtMs: T0, outcome: 'ok', runId: null, detail: null, turn: 0, slots: 1 };
    await spool.append({ id: 'slot', parts: [packRows('slots', [{ ...slot, untilMs: null }])] });
    await spool.close();
    const store = await openTestStore(options);
    await awaitSpool(store, systemClock);
    expect((await loadHistory(store, ['dexes'])).get('dexes')?.lastExpectedMs).toBe(T0);
  });

  it('is read without it when it cannot come home, and after a while when it takes too long', async () => {
    const store = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    const clock = new FakeClock(T0);
    const stuck = (state: DatabaseStatus['breaker']['state']): Pick<Store, 'status' | 'onStatus'> => ({
      status: () => ({ ...store.status(), breaker: { ...store.status().breaker, state } }),
      onStatus: (listener) => store.onStatus(listener),
    });
    await awaitSpool(stuck('open'), clock);
    const wait = awaitSpool(stuck('half_open'), clock);
    await clock.advance(3_000);
    await wait;
  });
});

describe('a record of the version before', () => {
  it('is brought up to date with every slot and run in place, and the scheduler goes on from it', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    makeVersion10(options.file);
    const store = await openTestStore(options);
    expect(store.status()).toMatchObject({ state: 'ok', schemaVersion: 50 });
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
