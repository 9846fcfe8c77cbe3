// What keeping rows costs, against real tables: the estimate of a size is compared with the pages that SQLite itself counts.
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/main/engine/handlers/retentionHandlers';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import { keptTiers } from '../../../src/main/storage/recovery/retentionCuts';
import { createReads } from '../../../src/main/storage/worker/reads/reads';
import { createRowWriters } from '../../../src/main/storage/worker/rowWriters';
import { SCHEMAS } from '../../../src/main/storage/worker/schema';
import type { TierExtent } from '../../../src/shared/contract/reads';
import { packRows, type TableRows } from '../../../src/shared/contract/tables';
import { signal, snapshot, trade } from '../../storage/support/historyRows';
import { candle, T0 } from '../../storage/support/sampleRows';

const ROWS = 2_000;
const DAY_MS = 24 * 60 * 60_000;
const numbers = Array.from({ length: ROWS }, (_, n) => n);

let db: Database.Database;
let extents: readonly TierExtent[];
beforeAll(() => {
  db = new Database(':memory:');
  for (const { up } of SCHEMAS.market.migrations) up(db);
  const parts: readonly TableRows[] = [
    packRows(
      'candles',
      numbers.flatMap((n) => [candle(n), candle(n, { timeframe: 'hour', side: n % 2 === 0 ? 'base' : 'quote' })]),
    ),
    packRows(
      'pool_snapshots',
      numbers.map((n) => snapshot(n, { observedAtMs: T0 + n * 60_000 })),
    ),
    packRows(
      'pool_signals',
      numbers.map((n) => signal(n)),
    ),
    packRows(
      'trades',
      numbers.map((n) => trade(n)),
    ),
  ];
  const writers = createRowWriters(db, ['pools', 'candles', 'pool_snapshots', 'pool_signals', 'trades']);
  db.transaction(() => {
    for (const { table, rows } of parts) for (const row of rows) writers.get(table)?.write(row);
    for (const writer of writers.values()) writer.beforeCommit?.();
  })();
  extents = createReads('market', db)('retention.extents', null) as readonly TierExtent[];
  return () => void db.close();
});

const extent = (table: string, timeframe: string | null = null): TierExtent | undefined =>
  extents.find((found) => found.table === table && found.timeframe === timeframe);

describe('what there is of each tier', () => {
  it('says how many partitions there are and between which times their rows lie', () => {
    expect(extent('pool_snapshots')).toMatchObject({
      partitions: 20,
      oldestAtMs: T0,
      newestAtMs: T0 + (ROWS - 1) * 60_000,
    });
    expect(extent('trades')).toMatchObject({ partitions: 20, oldestAtMs: T0, newestAtMs: T0 + (ROWS - 1) * 1_000 });
    expect(extent('discovery_polls')).toMatchObject({ partitions: 0, oldestAtMs: null, newestAtMs: null, rowBytes: 0 });
  });

  it('tells candles apart by their timeframe', () => {
    const ends = { oldestAtMs: T0, newestAtMs: T0 + (ROWS - 1) * 60_000 };
    expect(extent('candles', 'minute')).toMatchObject({ partitions: 1, rows: ROWS, ...ends });
    expect(extent('candles', 'hour')).toMatchObject({ partitions: 2, rows: ROWS, ...ends });
    expect(extent('candles', 'day')).toBeUndefined();
  });

  it.each([
    ['candles', 2 * ROWS],
    ['pool_snapshots', ROWS],
    ['pool_signals', ROWS],
    ['trades', ROWS],
  ])('estimates what %s takes with its indexes to within a third of what it really takes', (table, rows) => {
    const pages = `SELECT sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name WHERE s.tbl_name = ?`;
    const taken = db.prepare<[string], number>(pages).pluck().get(table) ?? 0;
    const estimated = (extents.find((found) => found.table === table)?.rowBytes ?? 0) * rows;
    expect(estimated / taken).toBeGreaterThan(2 / 3);
    expect(estimated / taken).toBeLessThan(4 / 3);
  });

  it('steps over the partitions of monitor.db the same way, also where the clock was set back', () => {
    const monitor = new Database(':memory:');
    for (const { up } of SCHEMAS.monitor.migrations) up(monitor);
    const insert = monitor.prepare("INSERT INTO slots VALUES (?, ?, 'ok', NULL, NULL, ?, 1, NULL, 0)");
    for (const [collector, slotAtMs, turn] of [
      ['dexes', 5_000, 0],
      ['dexes', 9_000, 0],
      ['dexes', 7_000, 1],
      ['ohlcv', 4_000, 0],
    ])
      insert.run(collector, slotAtMs, turn);
    monitor.exec("INSERT INTO collector_events VALUES ('e', 3000, 'paused', NULL, NULL, 'by hand', 0)");
    const found = createReads('monitor', monitor)('retention.extents', null) as readonly TierExtent[];
    monitor.close();
    const filled = found.filter(({ oldestAtMs }) => oldestAtMs !== null);
    expect(filled.map(({ table, partitions, oldestAtMs }) => [table, partitions, oldestAtMs])).toEqual([
      ['slots', 2, 4_000],
      ['collector_events', 1, 3_000],
    ]);
    // Every table that is cut by age has its line, also while it is empty.
    expect(new Set(found.map(({ table }) => table))).toEqual(
      new Set(keptTiers('monitor', DEFAULT_SETTINGS.retention).map(({ table }) => table)),
    );
  });
});

describe('what a tier costs', () => {
  const tier = { table: 'trades', timeframe: null, days: 30 } as const;
  const ends = { oldestAtMs: T0, newestAtMs: T0 + 4 * DAY_MS };
  const four: TierExtent = { table: 'trades', timeframe: null, partitions: 3, ...ends, rows: null, rowBytes: 250 };

  it('is what a day adds on average, times as many days as are kept', () => {
    expect(costOf(tier, four, 8_000)).toEqual({
      ...{ table: 'trades', timeframe: null, keepDays: 30, rows: 8_000, partitions: 3, ...ends },
      estimatedBytes: 2_000_000,
      perDay: { rows: 2_000, estimatedBytes: 500_000 },
      whenFull: { rows: 60_000, estimatedBytes: 15_000_000 },
    });
  });

  it('has no end where rows are kept for ever, and no pace before an hour is stored', () => {
    expect(costOf({ ...tier, days: null }, four, 8_000)).toMatchObject({ perDay: { rows: 2_000 }, whenFull: null });
    const young = { ...four, newestAtMs: T0 + 59 * 60_000 };
    expect(costOf(tier, young, 8_000)).toMatchObject({ estimatedBytes: 2_000_000, perDay: null, whenFull: null });
  });
});
