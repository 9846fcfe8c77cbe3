// A million candles to CSV, beside the command-line tool of SQLite making the same file (where it is installed), and to Parquet;
// how much the process grows meanwhile, whether the file holds what a query of its own finds, and what calling it off leaves.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { exportRows } from '../../src/main/export/exportRows';
import type { Store } from '../../src/main/storage/store';
import type { ExportFormat } from '../../src/shared/contract/exports';
import { addCandles } from '../lib/candleFile';
import { wait } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { openSubject, subjectOptions } from '../lib/subject';

const ROWS = 1_000_000;
const QUICK_ROWS = 200_000;
const SERIES = 100;
const SAMPLE_EVERY_MS = 10;
/** Into an export that takes seconds. */
const CANCEL_AFTER_MS = 300;
const SQL = `SELECT s.pool_id, s.timeframe, s.aggregate, s.side, s.currency,
    strftime('%Y-%m-%dT%H:%M:%fZ', c.starts_at_s, 'unixepoch') AS starts_at, c.open, c.high, c.low, c.close, c.volume,
    strftime('%Y-%m-%dT%H:%M:%fZ', c.observed_at_ms / 1000.0, 'unixepoch') AS observed_at
  FROM candle_series s JOIN candles c ON c.series_key = s.key ORDER BY s.key, c.starts_at_s`;

export async function runExport(run: BenchRun): Promise<BenchResult> {
  const rows = run.quick ? QUICK_ROWS : ROWS;
  const { file } = subjectOptions(run);
  await (await openSubject(run)).close();
  addCandles(file, rows, SERIES);
  const store = await openSubject(run);
  const csv = await measure(run, store, 'csv');
  const tool = await byTool(run, file);
  const csvAgain = await measure(run, store, 'csv');
  const parquet = await measure(run, store, 'parquet');
  const cancelled = await callOff(run, store);
  await store.close();
  const found = byQuery(file);
  const seconds = Math.min(csv.seconds, csvAgain.seconds);
  const gates: Gate[] = [
    { figure: 'rows too few', atMost: 0 },
    { figure: 'files unlike a query', atMost: 0 },
    { figure: 'memory growth, CSV (MB)', atMost: 64 },
    { figure: 'called off within (ms)', atMost: 1_000 },
    { figure: 'files left by an export called off', atMost: 0 },
  ];
  if (tool !== null)
    gates.push({ figure: 'speed against sqlite3', atLeast: 0.5 }, { figure: 'files unlike sqlite3', atMost: 0 });
  return {
    figures: {
      'rows/s, CSV': rows / seconds,
      'rows/s, Parquet': rows / parquet.seconds,
      'rows too few': 3 * found.rows - csv.rows - csvAgain.rows - parquet.rows,
      'files unlike a query': [csv, csvAgain].filter(({ sha256 }) => sha256 !== found.sha256).length,
      'called off within (ms)': cancelled.afterMs,
      'files left by an export called off': cancelled.filesLeft,
      'memory growth, CSV (MB)': csv.grownMb,
      'memory growth, Parquet (MB)': parquet.grownMb,
      ...(tool === null
        ? {}
        : {
            'rows/s, sqlite3': rows / tool.seconds,
            'speed against sqlite3': tool.seconds / seconds,
            'files unlike sqlite3': csv.sha256 === tool.sha256 ? 0 : 1,
          }),
    },
    gates,
  };
}

async function measure(run: BenchRun, store: Store, format: ExportFormat) {
  const target = join(run.folder, `candles.${format}`);
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), SAMPLE_EVERY_MS);
  const startedAt = performance.now();
  const { rows } = await exportCandles(run, store, format, target, new AbortController().signal);
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(sampling);
  return { rows, seconds, grownMb: (peak - before) / 1024 / 1024, sha256: await hashOf(target) };
}

function exportCandles({ root }: BenchRun, store: Store, format: ExportFormat, target: string, signal: AbortSignal) {
  return exportRows(
    {
      store,
      subject: { kind: 'table', table: 'candles', range: { poolIds: null, fromMs: null, toMs: null } },
      format,
      byteOrderMark: false,
      target,
      exporter: join(root, 'out', 'main', 'exporter.js'),
    },
    { signal, onProgress: () => undefined },
  );
}

/** In the middle of the work. What is left in its folder should be nothing. */
async function callOff(run: BenchRun, store: Store) {
  const folder = join(run.folder, 'called-off');
  mkdirSync(folder);
  const off = new AbortController();
  const exporting = exportCandles(run, store, 'csv', join(folder, 'candles.csv'), off.signal).then(
    () => 'ended',
    () => 'called off',
  );
  await wait(CANCEL_AFTER_MS);
  const filesMeanwhile = readdirSync(folder).length;
  const calledAt = performance.now();
  off.abort(new Error('called off'));
  const how = await exporting;
  if (how === 'ended' || filesMeanwhile === 0) throw new Error('the export was not called off in the middle');
  return { afterMs: performance.now() - calledAt, filesLeft: readdirSync(folder).length };
}

/** The same rows by a query of its own, put down by the plainest code: none of these values needs a quote. */
function byQuery(file: string): { readonly rows: number; readonly sha256: string } {
  const db = new Database(file, { readonly: true });
  const query = db.prepare(SQL);
  const hash = createHash('sha256');
  let rows = 0;
  hash.update(
    `${query
      .columns()
      .map(({ name }) => name)
      .join(',')}\r\n`,
  );
  for (const row of query.raw().iterate() as IterableIterator<readonly unknown[]>) {
    rows += 1;
    hash.update(`${row.join(',')}\r\n`);
  }
  db.close();
  return { rows, sha256: hash.digest('hex') };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Null where the tool is not installed. */
async function byTool({ folder }: BenchRun, file: string) {
  const target = join(folder, 'tool.csv');
  const startedAt = performance.now();
  const { error } = spawnSync('sqlite3', [
    '-readonly',
    '-csv',
    '-header',
    '-newline',
    '\r\n',
    file,
    `.once ${target}`,
    SQL,
  ]);
  if (error) return null;
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, sha256: await hashOf(target) };
}
