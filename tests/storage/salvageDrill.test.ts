import { existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { RecoveryReport, TableRecovery } from '../../src/shared/domain/database';
import { candle, candleBatch, pool, poolBatch } from './support/sampleRows';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const POOLS = 1_500;
const CANDLES = 6_000;
const PAGE_BYTES = 4_096;

interface Page {
  readonly pageno: number;
  readonly ncell: number;
}

/** Asks SQLite's own statistics which pages hold what, before anything is damaged. */
function pagesOf(file: string, table: string, kind: 'leaf' | 'internal'): readonly Page[] {
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare<[string, string], Page>(
        'SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = ? AND pageno > 1 ORDER BY path',
      )
      .all(table, kind);
  } finally {
    db.close();
  }
}

function destroy(file: string, pages: readonly Page[]): void {
  const descriptor = openSync(file, 'r+');
  for (const { pageno } of pages)
    writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, (pageno - 1) * PAGE_BYTES);
}

function counts(file: string): Readonly<Record<string, number>> {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const count = (table: string): number => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    return { pools: count('pools'), candles: count('candles') };
  } finally {
    db.close();
  }
}

const cells = (pages: readonly Page[]): number => pages.reduce((sum, { ncell }) => sum + ncell, 0);

/** Fills a database, damages it as told, lets it recover, and brings its report and an independent count. */
async function drill(damage: (file: string) => void) {
  const options = storeOptions(temporaryFolder());
  const before = await openTestStore(options);
  for (let first = 0; first < POOLS; first += 500) {
    await before.write(
      poolBatch(
        `p${first}`,
        Array.from({ length: 500 }, (_, n) => pool(first + n)),
      ),
    );
  }
  await before.write(
    candleBatch(
      'c',
      Array.from({ length: CANDLES }, (_, n) => candle(n)),
    ),
  );
  await before.close();
  damage(options.file);
  const store = await openTestStore(options);
  await store.check(false).catch(() => {});
  const report = (): RecoveryReport | undefined =>
    store
      .operations()
      .flatMap((record) => record.report ?? [])
      .at(-1);
  await expect.poll(report, { timeout: 30_000 }).toBeTruthy();
  await statusWhere(store, ({ state, breaker }) => state === 'ok' && breaker.state === 'closed');
  await store.close();
  const found = report();
  const table = (name: string): TableRecovery | undefined => found?.tables.find((one) => one.table === name);
  return { report: found, table, stored: counts(options.file) };
}

describe('salvage without a backup', () => {
  it('walks around destroyed leaf pages: what is missing is exactly what lay on them', async () => {
    let lost = 0;
    const { table, stored } = await drill((file) => {
      const leaves = pagesOf(file, 'pools', 'leaf');
      const hit = [10, 40, 41, 90].flatMap((index) => leaves[index] ?? []);
      expect(hit).toHaveLength(4);
      lost = cells(hit);
      destroy(file, hit);
    });
    expect(lost).toBeGreaterThan(10);
    expect(stored).toEqual({ pools: POOLS - lost, candles: CANDLES });
    // SQLite alone got all of it; the pages were searched for the damaged table only, and brought nothing more.
    expect(table('pools')).toMatchObject({ walked: POOLS - lost, recovered: POOLS - lost, rejected: 0 });
    expect(table('pools')?.scanned).toBeGreaterThanOrEqual(POOLS - lost);
    expect(table('candles')).toMatchObject({ walked: CANDLES, scanned: 0, recovered: CANDLES, alreadyThere: 0 });
  });

  it('finds on the pages what SQLite cannot reach behind a destroyed inner page', async () => {
    const { table, stored } = await drill((file) => {
      const inner = pagesOf(file, 'candles', 'internal');
      const leaves = pagesOf(file, 'candles', 'leaf');
      expect(leaves.length).toBeGreaterThan(10);
      destroy(file, [inner[0] ?? leaves[0]!]);
    });
    // A table without row ids keeps rows in its inner pages, too: those are lost with the page, and only those.
    const candles = table('candles');
    expect(stored['pools']).toBe(POOLS);
    expect(candles?.walked).toBeLessThan(candles?.scanned ?? 0);
    expect(candles?.recovered).toBe(stored['candles']);
    expect(CANDLES - (stored['candles'] ?? 0)).toBeLessThan(200);
  });

  it('works by pages alone where the header is gone, and leaves a report beside the file', async () => {
    const { report, table, stored } = await drill((file) => {
      const descriptor = openSync(file, 'r+');
      writeSync(descriptor, Buffer.alloc(100, 0xff), 0, 100, 0);
    });
    expect(stored).toEqual({ pools: POOLS, candles: CANDLES });
    expect(table('pools')).toMatchObject({ walked: 0, recovered: POOLS });
    expect(table('candles')).toMatchObject({ walked: 0, recovered: CANDLES });
    const folder = report?.quarantine ?? '';
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain(`| pools | 0 | `);
    expect(existsSync(join(folder, 'unsalvaged'))).toBe(false);
  });
});
