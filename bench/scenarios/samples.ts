// Series of measurements: ten thousand samples a second into monitor.db while the market is written as usual, then charts of thirty
// days of series that are sampled every ten seconds, through the recorder, the upkeep and the reads of the program itself.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/main/engine/systemClock';
import { SampleRecorder } from '../../src/main/monitoring/sampleRecorder';
import { SampleUpkeep } from '../../src/main/monitoring/sampleUpkeep';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { packRows } from '../../src/shared/contract/tables';
import type { Reading } from '../../src/shared/domain/metrics';
import type { Clock } from '../../src/shared/util/clock';
import { mainThreadMs, quantile, wait } from '../lib/measure';
import { fillPools, writePaced } from '../lib/pace';
import type { BenchResult, BenchRun } from '../lib/run';
import { openSubject, subjectOptions } from '../lib/subject';

const SERIES = 10_000;
const SECONDS = 60;
const QUICK_SECONDS = 10;
const MARKET_BATCHES_PER_SECOND = 20;

const HOUR_MS = 3_600_000;
const DAYS = 30;
const TICKS_PER_HOUR = 360;
const CHART_POINTS = 1_000;
const QUERIES = 200;

export async function runSamples(run: BenchRun): Promise<BenchResult> {
  const market = await openSubject(run);
  await fillPools(market);
  const flood = await withMonitor(run, 'flood', (monitor) => measureFlood(run, market, monitor));
  await market.close();
  const charts = await withMonitor(run, 'charts', (monitor, file) => measureCharts(monitor, file));
  return {
    figures: { ...flood, ...charts },
    gates: [
      { figure: 'samples/s', atLeast: 9_900 },
      { figure: 'samples lost', atMost: 0 },
      { figure: 'tick until durable p99 (ms)', atMost: 1_000 },
      { figure: 'read of 30 days p95 (ms)', atMost: 50 },
      { figure: 'bytes per packed sample', atMost: 2 },
    ],
  };
}

async function withMonitor<T>(
  run: BenchRun,
  name: string,
  measure: (monitor: Store, file: string) => Promise<T>,
): Promise<T> {
  const file = join(run.folder, `${name}.db`);
  const monitor = await openStore({
    ...subjectOptions(run),
    name: 'monitor',
    file,
    spoolDir: join(run.folder, `spool-${name}`),
    // The journal is cut, as it is once a day.
    retention: () => DEFAULT_SETTINGS.retention,
  });
  try {
    return await measure(monitor, file);
  } finally {
    await monitor.close();
  }
}

async function measureFlood(run: BenchRun, market: Store, monitor: Store): Promise<Readonly<Record<string, number>>> {
  const seconds = run.quick ? QUICK_SECONDS : SECONDS;
  const durableMs: number[] = [];
  const writes: Promise<void>[] = [];
  let volatile = 0;
  const recorder = new SampleRecorder(systemClock, {
    async write(batch) {
      const sentAtMs = performance.now();
      const written = monitor.write(batch);
      writes.push(
        written.then(({ durability }) => {
          durableMs.push(performance.now() - sentAtMs);
          if (durability === 'volatile') volatile += 1;
        }),
      );
      return await written;
    },
  });
  let isOver = false;
  // Ticks are told apart by the second: half of one may pass before one is taken for the next.
  await wait(1_000 - (Date.now() % 1_000));
  const besides = writePaced(market, MARKET_BATCHES_PER_SECOND, 'beside', () => isOver);
  let mainMs = 0;
  const startedAtMs = performance.now();
  for (let second = 0; second < seconds; second += 1) {
    await wait(Math.max(0, startedAtMs + second * 1_000 - performance.now()));
    const readings = readingsAt(second);
    const workedMs = mainThreadMs();
    recorder.record(readings);
    recorder.tick();
    mainMs += mainThreadMs() - workedMs;
  }
  await Promise.all(writes);
  const tookS = Math.max(seconds, (performance.now() - startedAtMs) / 1_000);
  isOver = true;
  const { tookMs } = await besides;
  const sealing = performance.now();
  const hourLater: Clock = { ...systemClock, wallMs: () => Date.now() + HOUR_MS };
  await new SampleUpkeep(hourLater, monitor).run();
  const sealedMs = performance.now() - sealing;
  const stored = (await monitor.read('samples.cost', null)).find(({ tier }) => tier === 'journal')?.rows ?? 0;
  return {
    'samples/s': (stored * SERIES) / tookS,
    'samples lost': (seconds - stored + volatile) * SERIES,
    'tick until durable p99 (ms)': quantile(durableMs, 0.99),
    'main thread µs/sample': (mainMs * 1_000) / (SERIES * seconds),
    'market batch p95 beside (ms)': quantile(tookMs, 0.95),
    'sealing (s)': sealedMs / 1_000,
  };
}

function readingsAt(second: number): readonly Reading[] {
  return Array.from({ length: SERIES }, (_, index) => ({
    metric: 'host.latencyP95' as const,
    target: { kind: 'host' as const, id: `host${index}` },
    value: latency(index + second * 31),
    atMs: 0,
    detail: null,
  }));
}

/** What the program measures looks like this: mostly steady, growing, or scattered over two powers of ten. */
const CHARTED: readonly (readonly [name: string, valueAt: (tick: number) => number])[] = [
  ['database.lockWaitP95 database/market', (tick) => (tick % 40 === 0 ? latency(tick) : 0.1)],
  ['database.commitP95 database/market', latency],
  ['database.walBytes database/market', (tick) => ((tick * 37_888) % 4_194_304) + 4_096],
  ['database.sizeBytes database/market', (tick) => 100_000_000 + 4_096 * Math.floor(tick / 7)],
  ['database.rowsPerSecond database/market', (tick) => Math.round(1_000 * (2 + Math.sin(tick / 500))) / 100],
  ['database.queuedBatches database/market', (tick) => (tick % 97 === 0 ? 3 : 0)],
  ['collector.staleBy collector/top_pools', (tick) => (tick % 1_000 < 20 ? 10_000 * (tick % 1_000) : 0)],
  ['collector.failureStreak collector/top_pools', (tick) => (tick % 5_000 < 50 ? 2 : 0)],
  ['host.quotaUsed host/api', (tick) => Math.round(10_000 * (0.5 + 0.3 * Math.sin(tick / 90))) / 10_000],
  ['app.rssBytes app/main', (tick) => 150_000_000 + 65_536 * (tick % 37)],
];

/** Milliseconds to a tenth, from 1 to 100. */
function latency(tick: number): number {
  return Math.round(10 * 10 ** (2 * Math.abs(Math.sin(tick * tick * 12.9898)))) / 10;
}

async function measureCharts(monitor: Store, file: string): Promise<Readonly<Record<string, number>>> {
  const toMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const fromMs = toMs - DAYS * 24 * HOUR_MS;
  const names = JSON.stringify(CHARTED.map(([name]) => name));
  await monitor.write({ id: 'layout', parts: [packRows('sample_layouts', [{ id: 'l', names }])] });
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    const first = (atMs - fromMs) / 10_000;
    const ticks = Array.from({ length: TICKS_PER_HOUR }, (_, index) => ({
      fromS: atMs / 1_000 + index * 10,
      layout: 'l',
      body: JSON.stringify(CHARTED.map(([, valueAt]) => valueAt(first + index))),
    }));
    await monitor.write({ id: `hour${atMs}`, parts: [packRows('sample_ticks', ticks)] });
  }
  const clock: Clock = { ...systemClock, wallMs: () => toMs };
  await new SampleUpkeep(clock, monitor).run();
  const [raw] = await monitor.read('samples.cost', null);
  const samples = CHARTED.length * DAYS * 24 * TICKS_PER_HOUR;
  const packedBytes = pageBytes(file, 'sample_chunks');
  const tierBytes = pageBytes(file, ...TIER_TABLES);
  await monitor.applyRetention();
  const tookMs: number[] = [];
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const ids = await monitor.read('samples.list', null);
  let points = 0;
  for (let n = 0; n < QUERIES; n += 1) {
    const id = ids[n % ids.length];
    if (!id) throw new Error('nothing was sealed');
    const askedAtMs = performance.now();
    const window = { fromMs, toMs, points: CHART_POINTS, nowMs: toMs, zone };
    points += (await monitor.read('samples.series', { ...id, ...window })).length;
    tookMs.push(performance.now() - askedAtMs);
  }
  return {
    'read of 30 days p95 (ms)': quantile(tookMs, 0.95),
    'read of 30 days p50 (ms)': quantile(tookMs, 0.5),
    'points of a chart': points / QUERIES,
    'bytes per packed sample': packedBytes / samples,
    'bytes per packed sample, without pages': raw?.bytesPerSample ?? NaN,
    'all tiers, bytes per series and day': tierBytes / (CHARTED.length * DAYS),
  };
}

const TIER_TABLES = ['sample_chunks', 'sample_minutes', 'sample_ten_minutes', 'sample_hours', 'sample_days'];

/** What tables take on disk with their indexes, in whole pages. */
function pageBytes(file: string, ...tables: readonly string[]): number {
  const db = new Database(file, { readonly: true });
  const sql = `SELECT sum(pgsize) FROM dbstat WHERE name IN (
    SELECT name FROM sqlite_schema WHERE tbl_name IN (SELECT value FROM json_each(?)))`;
  const bytes = Number(db.prepare(sql).pluck().get(JSON.stringify(tables)));
  db.close();
  return bytes;
}
