// What a slice of retention may do, on a stopwatch that the test moves: a slow machine must only make more slices.
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReads } from '../../../src/main/storage/worker/reads/reads';
import { Retention } from '../../../src/main/storage/worker/retention';
import { SCHEMAS } from '../../../src/main/storage/worker/schema';
import type { TierExtent } from '../../../src/shared/contract/reads';

const OLD_MS = 1_000;
const CUT = { table: 'pool_snapshots', beforeMs: 1_000_000, timeframe: null } as const;
/** 6 ms of work on a machine that takes one for each step of 25 rows. */
const ROWS_PER_SLICE = 6 * 25;

function marketDatabase(): Database.Database {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  for (const { up } of SCHEMAS.market.migrations) up(db);
  return db;
}

function addSnapshots(db: Database.Database, poolKey: number, firstMs: number, count: number): void {
  const insert = db.prepare('INSERT INTO pool_snapshots (pool_key, observed_at_ms, seen_by) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let n = 0; n < count; n += 1) insert.run(poolKey, firstMs + n, 'top_pools');
  })();
}

/** Slices until nothing is left, each on a machine that takes a millisecond for a step; the rows that each deleted. */
function sliceByStopwatch(db: Database.Database, retention: Retention): readonly number[] {
  const rows: number[] = [];
  for (;;) {
    const slice = retention.deleteSome(db);
    rows.push([...slice.deleted.values()].reduce((sum, count) => sum + count, 0));
    retention.ended(slice, 0, 0);
    if (!slice.hasMore) return rows;
  }
}

function stopwatchByStep(): () => number {
  let atMs = 0;
  return () => (atMs += 1);
}

describe('a slice of retention', () => {
  it('ends when its time is used up: a slow machine makes more slices, not longer ones', () => {
    const db = marketDatabase();
    addSnapshots(db, 1, OLD_MS, 1_000);
    addSnapshots(db, 1, CUT.beforeMs, 10);
    const retention = new Retention([CUT], stopwatchByStep());
    const rows = sliceByStopwatch(db, retention);
    expect(Math.max(...rows)).toBe(ROWS_PER_SLICE);
    expect(rows.length).toBeGreaterThanOrEqual(Math.ceil(1_000 / ROWS_PER_SLICE));
    expect(retention.figures(false)).toMatchObject({
      deleted: [{ name: 'pool_snapshots', rows: 1_000 }],
      partitionsDone: 1,
      slices: rows.length,
    });
    expect(db.prepare('SELECT count(*), min(observed_at_ms) FROM pool_snapshots').raw().get()).toEqual([
      10,
      CUT.beforeMs,
    ]);
  });

  it('also ends among hundreds of partitions that hold nothing old, and takes many small ones in one', () => {
    const db = marketDatabase();
    for (let pool = 1; pool <= 300; pool += 1) addSnapshots(db, pool, CUT.beforeMs, 1);
    for (let pool = 301; pool <= 340; pool += 1) addSnapshots(db, pool, OLD_MS, 3);
    const retention = new Retention([CUT], stopwatchByStep());
    const rows = sliceByStopwatch(db, retention);
    expect(retention.figures(false)).toMatchObject({
      deleted: [{ name: 'pool_snapshots', rows: 120 }],
      partitionsDone: 340,
    });
    // Six partitions a slice; those without old rows delete nothing, the others several partitions' rows at once.
    expect(rows.slice(0, 50).every((deleted) => deleted === 0)).toBe(true);
    expect(Math.max(...rows)).toBe(18);
  });

  it('never takes what still lasts, however long ago it began: an open incident, a rule that fires', () => {
    const db = new Database(':memory:');
    onTestFinished(() => void db.close());
    for (const { up } of SCHEMAS.monitor.migrations) up(db);
    const incident = db.prepare(
      "INSERT INTO incidents (id, opened_at_ms, resolved_at_ms, severity, folded_into, body) VALUES (?, 1, ?, 'info', '', '{}')",
    );
    incident.run('open', 0);
    for (let n = 0; n < 60; n += 1) incident.run(`old ${n}`, OLD_MS + n);
    incident.run('new', CUT.beforeMs);
    const instance = db.prepare('INSERT INTO alert_instances (key, at_ms, observed_ms, body) VALUES (?, ?, 0, ?)');
    for (const state of ['inactive', 'firing', 'recovering', 'resolved'])
      instance.run(state, OLD_MS, JSON.stringify({ state }));
    instance.run('damaged', OLD_MS, '{');
    instance.run('new', CUT.beforeMs, JSON.stringify({ state: 'inactive' }));
    const cuts = (['incidents', 'alert_instances'] as const).map((table) => ({ ...CUT, table }));
    sliceByStopwatch(db, new Retention(cuts, stopwatchByStep()));
    expect(db.prepare('SELECT id FROM incidents ORDER BY id').pluck().all()).toEqual(['new', 'open']);
    expect(db.prepare('SELECT key FROM alert_instances ORDER BY key').pluck().all()).toEqual([
      'damaged',
      'firing',
      'new',
      'recovering',
      'resolved',
    ]);
    const extents = createReads('monitor', db)('retention.extents', null) as readonly TierExtent[];
    expect(extents.find(({ table }) => table === 'incidents')).toMatchObject({ oldestAtMs: CUT.beforeMs });
  });
});
