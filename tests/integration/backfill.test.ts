// Candles and their gaps against the stand-in market: what is stored equals what was served, bar by bar, and nothing is asked for
// twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candleTargets } from '../../src/main/collectors/candleTargets';
import { readGaps } from '../../src/main/collectors/backfill/seriesGaps';
import { backfillCollector } from '../../src/main/collectors/backfill';
import { ohlcvCollector } from '../../src/main/collectors/ohlcv';
import { topPoolsCollector } from '../../src/main/collectors/topPools';
import { parseDecimal } from '../../src/shared/util/decimal';
import { openWatchBench, START_MS, type WatchBench, WATCH_SETTINGS } from '../support/watchBench';

let folder: string;
let bench: WatchBench;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-watch-'));
  bench = await openWatchBench(folder);
  await bench.run(topPoolsCollector);
  await bench.watchQuietPool();
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

interface StoredBar {
  readonly pool_id: string;
  readonly timeframe: string;
  readonly aggregate: number;
  readonly side: string;
  readonly currency: string;
  readonly starts_at_s: number;
  readonly open: string;
  readonly close: string;
  readonly volume: string;
}

/** Every stored bar under the name that the server's ledger gives it. */
function storedBars(): ReadonlyMap<string, readonly [string, string, string]> {
  const db = new Database(join(folder, 'market.db'), { readonly: true });
  const rows = db.prepare<[], StoredBar>('SELECT * FROM candles c JOIN candle_series s ON s.key = c.series_key').all();
  db.close();
  return new Map(
    rows.map((row) => [
      [row.pool_id.replace('_', '/'), row.timeframe, row.aggregate, row.side, row.currency, row.starts_at_s].join('/'),
      [row.open, row.close, row.volume],
    ]),
  );
}

function servedBars(): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    Object.entries(bench.market.ledger().candles).map(([key, bar]) => [
      key,
      [bar[0], bar[3], bar[4]].map((value) => parseDecimal(value)),
    ]),
  );
}

async function gapFigures() {
  const { clock, client, store } = bench;
  const read: typeof store.read = (name, args) => store.read(name, args);
  const tools = { clock, read, settings: WATCH_SETTINGS, planDays: client.historyDays };
  return Promise.all((await candleTargets(read, WATCH_SETTINGS)).map((target) => readGaps(tools, target)));
}

describe('backfill', () => {
  it('stores the history bar by bar as it was served, asks for nothing twice, and leaves no gap', async () => {
    expect((await bench.run(ohlcvCollector)).outcome).toBe('ok');
    expect((await gapFigures()).some(({ missing }) => missing > 200)).toBe(true);
    const calls = await bench.backfillAll();
    expect(calls).toBeGreaterThan(1);
    expect(storedBars()).toEqual(servedBars());
    const gaps = await gapFigures();
    for (const { expected, missing, omitted, present } of gaps) {
      expect(missing).toBe(0);
      expect(present + omitted).toBe(expected);
      expect(expected).toBeGreaterThan(1_000);
    }
    // Intervals without a trade were asked about once; they are no gaps and are not asked about again.
    expect(gaps.some(({ omitted }) => omitted > 100)).toBe(true);
    expect(await bench.backfillAll()).toBe(0);
  });

  it('goes on where it was after it was cut off in the middle, and ends with the same', async () => {
    const stop = new AbortController();
    const cut = bench.run(
      {
        ...backfillCollector,
        async *collect(context) {
          for await (const page of backfillCollector.collect(context)) {
            yield page;
            stop.abort(new Error('killed'));
          }
        },
      },
      WATCH_SETTINGS,
      stop.signal,
    );
    expect((await cut).outcome).toBe('cancelled');
    const half = storedBars().size;
    expect(half).toBeGreaterThan(0);
    const { clock } = bench;
    await bench.close();

    bench = await openWatchBench(folder, clock);
    await bench.backfillAll();
    const bars = storedBars();
    const served = servedBars();
    // What the first session stored was not asked for again; a call about a minute without trades gives the bar before it.
    expect(half + served.size - bars.size).toBeLessThan(5);
    expect(new Map([...bars].filter(([key]) => served.has(key)))).toEqual(served);
    await bench.run(ohlcvCollector);
    expect((await gapFigures()).map(({ missing }) => missing)).toEqual([0, 0]);
  });

  it('fetches again what it does not have, when the program was away for longer than one answer holds', async () => {
    await bench.run(ohlcvCollector);
    await bench.backfillAll();
    await bench.clock.advance(50 * 3_600_000);
    await bench.run(ohlcvCollector);
    await bench.backfillAll();
    expect((await gapFigures()).map(({ missing }) => missing)).toEqual([0, 0]);
    expect(storedBars()).toEqual(servedBars());
  });
});

describe('the newest candles', () => {
  it('follow the open bar until it has closed', async () => {
    await bench.run(ohlcvCollector);
    const open = Math.floor(START_MS / 60_000) * 60;
    await bench.clock.advance(20_000);
    const second = await bench.run(ohlcvCollector);
    expect(second.changed).toBeGreaterThan(0);
    await bench.clock.advance(5 * 60_000);
    expect(await bench.run(ohlcvCollector)).toMatchObject({ outcome: 'ok', error: null });
    expect(storedBars()).toEqual(servedBars());
    expect([...storedBars().keys()].some((key) => key.endsWith(`/${open}`))).toBe(true);
  });

  it('costs few rows once the history is there', async () => {
    const first = await bench.run(ohlcvCollector);
    expect(first.fetched).toBeGreaterThan(500);
    await bench.clock.advance(5 * 60_000);
    const second = await bench.run(ohlcvCollector);
    expect(second.fetched).toBeLessThan(100);
  });
});
