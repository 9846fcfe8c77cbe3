import {
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Store, StoreOptions } from '../../src/main/storage/store';
import { candle, candleBatch, pool, poolBatch, T0 } from './support/sampleRows';
import { fateWithin, openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const POOLS = 400;
const CANDLES = 2_000;
const LATER_POOLS = 100;
const PAGE_BYTES = 4_096;

const pools = (first: number, count: number) => Array.from({ length: count }, (_, n) => pool(first + n));
const candles = (first: number, count: number) => Array.from({ length: count }, (_, n) => candle(first + n));

function overwrite(file: string, position: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, position);
}

/** A page that holds rows of pools, so that damage to it costs something. */
function pageOfPools(file: string): number {
  const db = new Database(file, { readonly: true });
  const page = db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'pools' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 3")
    .pluck()
    .get() as number;
  db.close();
  return page;
}

const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  [
    'one page is destroyed',
    (file) => overwrite(file, (pageOfPools(file) - 1) * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0xff)),
  ],
  ['the header is destroyed', (file) => overwrite(file, 0, Buffer.alloc(100, 0xff))],
  ['the first page is destroyed', (file) => overwrite(file, 0, Buffer.alloc(PAGE_BYTES, 0x5a))],
  [
    'the file is cut in half',
    (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2 / PAGE_BYTES) * PAGE_BYTES),
  ],
];

async function recovered(store: Store): Promise<readonly string[]> {
  await expect
    .poll(() => details(store).filter((detail) => detail.includes('could be read')), { timeout: 20_000 })
    .toHaveLength(1);
  await statusWhere(store, ({ state, breaker }) => state === 'ok' && breaker.state === 'closed');
  return details(store);
}

const details = (store: Store): readonly string[] =>
  store
    .operations()
    .filter(({ kind }) => kind === 'recovery')
    .map(({ detail }) => detail);

function count(file: string, table: string): number {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  } finally {
    db.close();
  }
}

/** A store that was opened again over a file with all pools, of which there is a backup. */
async function openBackedUp(options: StoreOptions): Promise<Store> {
  const store = await openTestStore(options);
  await store.write(poolBatch('p', pools(0, POOLS)));
  await store.backup();
  await store.close();
  return await openTestStore(options);
}

/** Destroys a page of the pools under an open store, and lets the store find it. */
async function destroyAndCheck(running: Store, file: string): Promise<void> {
  overwrite(file, (pageOfPools(file) - 1) * PAGE_BYTES, Buffer.alloc(PAGE_BYTES, 0xff));
  await expect(running.check(false)).rejects.toThrow();
}

describe('a damaged database file', () => {
  it.each(DAMAGES)('is replaced by the backup plus everything that is still readable: %s', async (_, damage) => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write(poolBatch('p', pools(0, POOLS)));
    await before.write(candleBatch('c', candles(0, CANDLES)));
    expect((await before.backup()).outcome).toBe('ok');
    await before.write(poolBatch('later', pools(POOLS, LATER_POOLS)));
    await before.write(poolBatch('changed', [pool(1, { reserveUsd: '77', observedAtMs: T0 + 5 })]));
    await before.close();
    damage(options.file);

    const store = await openTestStore(options);
    // Some damage shows only where somebody looks.
    await store.check(false).catch(() => {});
    const wrote = await store.write(poolBatch('meanwhile', [pool(9_999)]));
    expect(wrote.durability).not.toBe('volatile');
    const report = await recovered(store);
    expect(report[0]).toMatch(/replaced by the backup of .*; the damaged one is kept in /);
    const brought = Number(/; (\d+) of them were missing/.exec(report.at(-1) ?? '')?.[1]);
    await store.close();

    const stored = count(options.file, 'pools');
    expect(count(options.file, 'candles')).toBe(CANDLES);
    const has = (n: number): boolean => query(options.file, `SELECT 1 FROM pools WHERE id = '${pool(n).id}'`) === 1;
    expect(has(9_999)).toBe(true);
    // Everything up to the backup is back; of what came later, what the damage did not hit.
    expect(stored).toBeGreaterThanOrEqual(POOLS + 1);
    expect(stored).toBeLessThanOrEqual(POOLS + LATER_POOLS + 1);
    const changed = query(options.file, `SELECT reserve_usd FROM pools WHERE id = '${pool(1).id}'`);
    expect([brought, changed]).toEqual([stored - POOLS - 1 + (changed === '77' ? 1 : 0), changed]);
    expect(readdirSync(join(options.file, '..', 'quarantine'))).toHaveLength(1);
  });

  it('without a backup, is rebuilt from what is still readable', async () => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write(poolBatch('p', pools(0, POOLS)));
    await before.write(candleBatch('c', candles(0, CANDLES)));
    await before.close();
    overwrite(options.file, 0, Buffer.alloc(100, 0xff));
    const store = await openTestStore(options);
    const report = await recovered(store);
    expect(report[0]).toContain('replaced by an empty database');
    await store.close();
    expect([count(options.file, 'pools'), count(options.file, 'candles')]).toEqual([POOLS, CANDLES]);
  });

  it('is salvaged at the next start when the program ended too early for it', async () => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write(poolBatch('p', pools(0, POOLS)));
    await before.close();
    overwrite(options.file, 0, Buffer.alloc(100, 0xff));
    await (await openTestStore(options)).close();
    const again = await openTestStore(options);
    await statusWhere(again, ({ tables }) => tables.some(({ rows }) => rows === POOLS));
    await recovered(again);
  });

  it('is found by a check while the program runs, and writes go on meanwhile', async () => {
    const options = storeOptions(temporaryFolder());
    const running = await openBackedUp(options);
    await destroyAndCheck(running, options.file);
    const write = running.write(poolBatch('meanwhile', [pool(9_999)]));
    await recovered(running);
    expect((await write).durability).not.toBe('volatile');
    await running.close();
    expect(count(options.file, 'pools')).toBe(POOLS + 1);
  });
});

describe('a database that could not be recovered by itself', () => {
  it('can be restored by hand once what was in the way is gone', async () => {
    const options = storeOptions(temporaryFolder());
    const running = await openBackedUp(options);
    const quarantine = join(options.file, '..', 'quarantine');
    writeFileSync(quarantine, 'in the way');
    await destroyAndCheck(running, options.file);
    await statusWhere(running, ({ cause }) => cause?.includes('could not be replaced') ?? false);
    expect((await running.write(poolBatch('meanwhile', [pool(9_999)]))).durability).toBe('spooled');

    // Only a restore puts another file in place of the damaged one.
    await expect(running.compact()).rejects.toMatchObject({ code: 'BUSY' });
    rmSync(quarantine);
    const [backup] = await running.backups();
    expect((await running.restore(backup?.name ?? '', true)).outcome).toBe('ok');
    await recovered(running);
    await running.close();
    expect(count(options.file, 'pools')).toBe(POOLS + 1);
  });
});

describe('reads of a database that could not be recovered', () => {
  it('are answered or refused, the one of that moment too, and do not set off the next attempt', async () => {
    const options = storeOptions(temporaryFolder());
    const running = await openBackedUp(options);
    writeFileSync(join(options.file, '..', 'quarantine'), 'in the way');
    await destroyAndCheck(running, options.file);
    const readEveryPool = () => running.read('pools.figures', { ids: pools(0, POOLS).map(({ id }) => id) });
    const held = fateWithin(readEveryPool(), 5_000);
    await statusWhere(running, ({ cause }) => cause?.includes('could not be replaced') ?? false);
    expect(await held).not.toBe('pending');
    for (let n = 0; n < 3; n += 1) expect(await fateWithin(readEveryPool(), 2_000)).not.toBe('pending');
    expect(running.status().state).toBe('failed');
    expect(details(running)).toHaveLength(1);
  });
});

describe('an empty or missing file where there was a database', () => {
  it.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['missing', (file: string) => rmSync(file)],
  ])('is restored from the backup, never begun anew (%s)', async (_, damage) => {
    const options = storeOptions(temporaryFolder());
    const before = await openTestStore(options);
    await before.write(poolBatch('p', pools(0, POOLS)));
    await before.backup();
    await before.close();
    damage(options.file);
    const store = await openTestStore(options);
    expect(store.status().tables).toContainEqual({ name: 'pools', rows: POOLS });
    expect(details(store)[0]).toContain('missing or empty');
  });
});

describe('backups', () => {
  it('hold every row, carry their hash, and are made while writes go on', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, POOLS)));
    const [{ outcome, detail }] = await Promise.all([
      store.backup(),
      ...Array.from({ length: 50 }, (_, n) => store.write(poolBatch(`during${n}`, [pool(POOLS + n)]))),
    ]);
    expect(outcome).toBe('ok');
    const path = /made: (.*)\.$/.exec(detail)?.[1] ?? '';
    expect(count(path, 'pools')).toBeGreaterThanOrEqual(POOLS);
    expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('that have rotted are passed over for an older one', async () => {
    const options = storeOptions(temporaryFolder());
    const store = await openTestStore(options);
    await store.write(poolBatch('p', pools(0, 10)));
    const first = await store.backup();
    const good = /made: (.*)\.$/.exec(first.detail)?.[1] ?? '';
    await store.close();
    const rotten = join(good, '..', 'market-20990101T000000Z.db');
    copyFileSync(good, rotten);
    writeFileSync(
      `${rotten}.json`,
      JSON.stringify({ ...JSON.parse(readFileSync(`${good}.json`, 'utf8')), atMs: 4e12 }),
    );
    overwrite(rotten, 3 * PAGE_BYTES + 200, Buffer.from('rot'));
    writeFileSync(options.file, '');
    const again = await openTestStore(options);
    expect(again.status().tables).toContainEqual({ name: 'pools', rows: 10 });
    expect(details(again)[0]).not.toContain('2096');
  });
});

function query(file: string, sql: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
}
