// What the files of a running program hold, read by another process over a connection of its own.
import Database from 'better-sqlite3';
import type { RunQuality } from '../../src/shared/domain/runQuality';

/** `rows` of each table, in the order asked for. */
export function storedRows(file: string, tables: readonly string[]): readonly { name: string; rows: number }[] {
  return reading(file, (db) =>
    tables.map((name) => ({ name, rows: Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get()) })),
  );
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RunOfPools extends Span {
  /** That the run handed to the store: one for each pool that it was served. */
  readonly snapshots: number;
}

/** What runs of `top_pools` that began and ended within the span say of themselves, from monitor.db. */
export function runsOfPools(monitorFile: string, { fromMs, toMs }: Span): readonly RunOfPools[] {
  const runs = reading(monitorFile, (db) =>
    db
      .prepare<[number, number], Span & { readonly quality: string }>(
        `SELECT started_at_ms AS fromMs, ended_at_ms AS toMs, quality FROM runs
         WHERE collector_id = 'top_pools' AND started_at_ms > ? AND ended_at_ms < ? ORDER BY started_at_ms`,
      )
      .all(fromMs, toMs),
  );
  return runs.map(({ quality, ...span }) => {
    const { completeness } = JSON.parse(quality) as RunQuality;
    return { ...span, snapshots: completeness.find(({ table }) => table === 'pool_snapshots')?.rows ?? 0 };
  });
}

/** How many snapshots market.db holds of each of the runs. */
export function storedSnapshots(marketFile: string, runs: readonly Span[]): readonly number[] {
  return reading(marketFile, (db) => {
    const count = db
      .prepare<[number, number], number>(
        "SELECT count(*) FROM pool_snapshots WHERE seen_by = 'top_pools' AND observed_at_ms BETWEEN ? AND ?",
      )
      .pluck();
    return runs.map(({ fromMs, toMs }) => count.get(fromMs, toMs) ?? 0);
  });
}

function reading<T>(file: string, read: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}
