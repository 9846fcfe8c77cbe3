// The incident for which this program was written, lived through again: another program takes the write lock and keeps it, while
// collectors come round in the rhythm of that morning. Its times are read from a fixture outside the project; without it the replay
// is skipped, and says so. Only the pace differs: half an hour of it passes in seconds.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer } from '../../src/main/demo/httpServer';
import { systemClock } from '../../src/main/engine/systemClock';
import { TABLE_COLUMNS, type TableRows } from '../../src/shared/contract/tables';
import type { Incident } from '../../src/shared/domain/alerts';
import type { CollectorId } from '../../src/shared/domain/collector';
import type { Settings } from '../../src/shared/domain/settings';
import { collectorsEvery, QUICK_SETTINGS, settled, startBench, until, type EngineBench } from '../support/engineBench';
import { fastClock } from '../support/fastClock';
import { takeForeignLock } from '../support/foreignLock';

const FIXTURE = resolve(import.meta.dirname, '../../../shared/fixtures/incident-2025-09-15/incident_2025_09_15.csv');
const present = existsSync(FIXTURE);

/** The lock, and the time from run to run, pass so much faster than on that morning. */
const PACE = 600;
/** Collecting and judging run faster than the world; the databases and the lock do not. */
const SPEED = 6;
const COLLECTED: readonly CollectorId[] = ['networks', 'dexes', 'top_pools', 'new_pools', 'trades'];

/** What the fixture tells, in seconds since the first run of that morning. */
interface Story {
  readonly firstWaitS: number;
  readonly firstErrorS: number;
  readonly firstAlertS: number;
  readonly lastS: number;
  /** From run to run of the collector that suffered. */
  readonly intervalS: number;
  readonly answers: number;
  readonly failedWrites: number;
  readonly waitedS: number;
  readonly alerts: number;
  readonly unverifiedRecoveries: number;
}

function readStory(): Story {
  // What is needed of a line stands before its only free text.
  const events = readFileSync(FIXTURE, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([, atS, , collector, , event, , , waitS]) => ({ atS: Number(atS), collector, event, waitS: Number(waitS) }));
  const all = (...names: readonly string[]) => events.filter(({ event }) => names.includes(event ?? ''));
  const firstOf = (...names: readonly string[]): number => all(...names)[0]?.atS ?? Number.NaN;
  const failed = all('DB_WRITE_FAILED');
  const [first, second] = all('JOB_FIRED').filter(({ collector }) => collector === 'top_pools_solana');
  return {
    firstWaitS: (failed[0]?.atS ?? Number.NaN) - (failed[0]?.waitS ?? Number.NaN),
    firstErrorS: firstOf('DB_WRITE_FAILED'),
    firstAlertS: firstOf('ALERT_WARNING', 'ALERT_CRITICAL'),
    lastS: events.at(-1)?.atS ?? Number.NaN,
    intervalS: Math.round((second?.atS ?? Number.NaN) - (first?.atS ?? Number.NaN)),
    answers: all('HTTP_200').length,
    failedWrites: failed.length,
    waitedS: failed.reduce((sum, { waitS }) => sum + waitS, 0),
    alerts: all('ALERT_WARNING', 'ALERT_CRITICAL', 'HEALTH_CHECK_UNHEALTHY').length,
    unverifiedRecoveries: all('RECOVERY_DECLARED_COMPLETE').length,
  };
}

/** Snapshots that the store took responsibility for: `<time of the answer>` → how many. */
class Acknowledged {
  readonly byMoment = new Map<number, number>();
  batches = 0;
  volatile = 0;
  readonly #writes: { readonly begunMs: number; endedMs: number }[] = [];

  constructor({ engine: { market } }: EngineBench) {
    const write = market.write.bind(market);
    market.write = async (batch) => {
      const call = { begunMs: performance.now(), endedMs: Number.POSITIVE_INFINITY };
      this.#writes.push(call);
      const ack = await write(batch);
      call.endedMs = performance.now();
      this.batches += 1;
      if (ack.durability === 'volatile') this.volatile += 1;
      for (const part of batch.parts) this.#add(part);
      return ack;
    };
  }

  #add({ table, rows }: TableRows): void {
    if (table !== 'pool_snapshots') return;
    const column = TABLE_COLUMNS.pool_snapshots.indexOf('observedAtMs');
    for (const row of rows) {
      const moment = Number(row[column]);
      this.byMoment.set(moment, (this.byMoment.get(moment) ?? 0) + 1);
    }
  }

  /** When the first write had to wait for a lock that was taken then. */
  firstWaitMs(heldMs: number): number {
    const waiting = this.#writes.filter(({ endedMs }) => endedMs > heldMs);
    return Math.max(heldMs, Math.min(...waiting.map(({ begunMs }) => begunMs)));
  }

  /** Of those, how many are not in the file. */
  missingIn(file: string): number {
    const db = new Database(file, { readonly: true });
    const count = db.prepare<[number], number>('SELECT count(*) FROM pool_snapshots WHERE observed_at_ms = ?').pluck();
    const missing = [...this.byMoment].map(([moment, rows]) => Math.max(0, rows - (count.get(moment) ?? 0)));
    db.close();
    return missing.reduce((sum, rows) => sum + rows, 0);
  }
}

function settingsFor({ intervalS }: Story): Settings {
  // On the clock of collecting, so that a run comes round as often within the lock as it did.
  const intervalMs = ((intervalS * 1_000) / PACE) * SPEED;
  return {
    ...QUICK_SETTINGS,
    networks: [{ id: 'solana', dexIds: ['raydium', 'pumpswap'] }],
    collectors: collectorsEvery(intervalMs),
    topPools: { maxPages: 1, minReserveUsd: 0 },
  };
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;

/** For whoever reads the log of the tests: what it was like, and what it is like. */
function printTable(lines: readonly (readonly [string, string, string])[]): void {
  const text = lines.map(([what, before, after]) => `${what.padEnd(42)}${before.padStart(28)}${after.padStart(34)}`);
  process.stdout.write(`\n${text.join('\n')}\n`);
}

describe('the incident of 15 September 2025', () => {
  beforeEach(({ skip }) => {
    if (!present) skip('the fixture of the incident is not here');
  });

  it('is one incident, opened within a second, which names who holds the lock and ends with a stored row', async () => {
    const story = readStory();
    const dir = mkdtempSync(join(tmpdir(), 'poolwatch-replay-'));
    const server = await createMarketServer({
      seed: 7,
      port: 0,
      cacheTtlMs: 0,
      rateLimit: { capacity: 10_000, refillMs: 1 },
    });
    const bench = await startBench(dir, server.baseUrl, settingsFor(story), {
      clock: fastClock(SPEED),
      storageClock: systemClock,
      collectors: createCollectors().filter(({ id }) => COLLECTED.includes(id)),
    });
    const { alerts, market, scheduler } = bench.engine;
    // A busy machine holds the program up, and it says so: true, and not what is broken here.
    const isHere = ({ root }: Incident): boolean => root.kind !== 'app';
    const open = (): readonly Incident[] => alerts.view().incidents.filter(isHere);
    try {
      await until('everything was collected once, and everything is judged', () => {
        const haveSucceeded = scheduler.slices().every(({ lastSuccessAtMs }) => lastSuccessAtMs !== null);
        return haveSucceeded && alerts.view().settlingUntilMs === null;
      });
      await settled(market);
      expect(open()).toEqual([]);

      const { path } = market.status();
      const acknowledged = new Acknowledged(bench);
      const holder = await takeForeignLock(path, 'write');
      const heldMs = performance.now();
      const runsBefore = bench.slots.length;
      const commitsUnderLock = market.status().commits;
      await until('an incident', () => open().length > 0);
      const openedMs = performance.now();
      const title = `market.db is locked by node (process ${holder.pid})`;
      await until('the name of the program', () => open()[0]?.title === title);
      const namedMs = performance.now();
      const [incident] = open();

      const lastsMs = ((story.lastS - story.firstWaitS) * 1_000) / PACE;
      await new Promise((done) => setTimeout(done, Math.max(0, lastsMs - (performance.now() - heldMs))));
      const runs = bench.slots.slice(runsBefore).filter(({ run }) => run !== null);
      expect(open().map(({ id }) => id)).toEqual([incident?.id]);
      expect(market.status()).toMatchObject({ state: 'spooling', commits: commitsUnderLock });

      await holder.release();
      const releasedMs = performance.now();
      await until('no incident', () => open().length === 0);
      const overMs = performance.now();
      const commitsWhenOver = market.status().commits;
      await settled(market);
      const missing = acknowledged.missingIn(path);
      const told = await alerts.incidents({ state: 'all', beforeMs: null, limit: 100 });
      const notices = await alerts.inbox(null, 100);
      const ofIncident = notices.filter(({ incidentId, suppressed }) => incidentId === incident?.id && !suppressed);
      const waitedSinceMs = acknowledged.firstWaitMs(heldMs);

      printTable([
        ['15 September 2025, 06:46 to 07:15', 'before', 'now'],
        [
          `the lock lasted (now ${PACE} times as fast)`,
          seconds((story.lastS - story.firstWaitS) * 1_000),
          seconds(lastsMs),
        ],
        [
          'first word of the fault, after the first wait',
          seconds((story.firstErrorS - story.firstWaitS) * 1_000),
          seconds(Math.max(0, openedMs - waitedSinceMs)),
        ],
        [
          'first alert, after the first wait',
          seconds((story.firstAlertS - story.firstWaitS) * 1_000),
          seconds(Math.max(0, openedMs - waitedSinceMs)),
        ],
        ['who held the lock, named after', 'never', `${seconds(namedMs - waitedSinceMs)} (process ${holder.pid})`],
        [
          'alerts and warnings',
          String(story.alerts),
          `${told.filter(isHere).length} incident, ${ofIncident.length} notices`,
        ],
        ['writes that failed', String(story.failedWrites), String(acknowledged.volatile)],
        ['time spent waiting in writes', seconds(story.waitedS * 1_000), 'none: rows go to the spool'],
        ['answers of the API kept', `0 of ${story.answers}`, `all of ${acknowledged.batches} batches`],
        ['acknowledged rows lost', 'whatever was collected', String(missing)],
        [
          'recovery',
          `declared ${story.unverifiedRecoveries} time, unverified`,
          `${seconds(overMs - releasedMs)} after the release, verified`,
        ],
      ]);

      expect(told.filter(isHere).map(({ id }) => id)).toEqual([incident?.id]);
      expect(incident).toMatchObject({ root: { kind: 'database', id: 'market' }, rootRuleId: 'database-locked' });
      expect(openedMs - waitedSinceMs).toBeLessThan(1_000);
      expect(namedMs - waitedSinceMs).toBeLessThan(1_000);
      expect(runs.length).toBeGreaterThan(COLLECTED.length);
      expect(runs.map(({ outcome }) => outcome)).not.toContain('failed');
      expect(commitsWhenOver).toBeGreaterThan(commitsUnderLock);
      expect(acknowledged.byMoment.size).toBeGreaterThan(0);
      expect({ missing, volatile: acknowledged.volatile }).toEqual({ missing: 0, volatile: 0 });
      expect(market.status()).toMatchObject({ state: 'ok', spool: { batches: 0, lost: 0 } });
    } finally {
      await bench.engine.stop();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
