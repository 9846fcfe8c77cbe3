// A million candles to CSV, beside the command-line tool of SQLite making the same file (where it is installed), and to Parquet;
// and how much the process grows meanwhile.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { exportRows } from '../../src/main/export/exportRows';
import type { Store } from '../../src/main/storage/store';
import type { ExportFormat } from '../../src/shared/contract/exports';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { openSubject, subjectOptions } from '../lib/subject';

const ROWS = 1_000_000;
const QUICK_ROWS = 200_000;
const SERIES = 100;
const SAMPLE_EVERY_MS = 10;
const SQL = `SELECT s.pool_id, s.timeframe, s.aggregate, s.side, s.currency,
    strftime('%Y-%m-%dT%H:%M:%fZ', c.starts_at_s, 'unixepoch') AS starts_at, c.open, c.high, c.low, c.close, c.volume,
    strftime('%Y-%m-%dT%H:%M:%fZ', c.observed_at_ms / 1000.0, 'unixepoch') AS observed_at
  FROM candle_series s JOIN candles c ON c.series_key = s.key ORDER BY s.key, c.starts_at_s`;

export async function runExport(run: BenchRun): Promise<BenchResult> {
  const rows = run.quick ? QUICK_ROWS : ROWS;
  const { file } = subjectOptions(run);
  await (await openSubject(run)).close();
  fill(file, rows);
  const store = await openSubject(run);
  const csv = await measure(run, store, 'csv');
  const tool = byTool(run, file);
  const csvAgain = await measure(run, store, 'csv');
  const parquet = await measure(run, store, 'parquet');
  await store.close();
  const seconds = Math.min(csv.seconds, csvAgain.seconds);
  const gates: Gate[] = [
    { figure: 'rows too few', atMost: 0 },
    { figure: 'memory growth, CSV (MB)', atMost: 64 },
  ];
  if (tool !== null)
    gates.push({ figure: 'speed against sqlite3', atLeast: 0.5 }, { figure: 'bytes unlike sqlite3', atMost: 0 });
  return {
    figures: {
      'rows/s, CSV': rows / seconds,
      'rows/s, Parquet': rows / parquet.seconds,
      'rows too few': 3 * rows - csv.rows - csvAgain.rows - parquet.rows,
      'memory growth, CSV (MB)': csv.grownMb,
      'memory growth, Parquet (MB)': parquet.grownMb,
      ...(tool === null
        ? {}
        : {
            'rows/s, sqlite3': rows / tool.seconds,
            'speed against sqlite3': tool.seconds / seconds,
            'bytes unlike sqlite3': Math.abs(csv.bytes - tool.bytes),
          }),
    },
    gates,
  };
}

async function measure({ folder, root }: BenchRun, store: Store, format: ExportFormat) {
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), SAMPLE_EVERY_MS);
  const startedAt = performance.now();
  const { rows, bytes } = await exportRows(
    {
      store,
      subject: { kind: 'table', table: 'candles', range: { poolIds: null, fromMs: null, toMs: null } },
      format,
      byteOrderMark: false,
      target: join(folder, `candles.${format}`),
      exporter: join(root, 'out', 'main', 'exporter.js'),
    },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(sampling);
  return { rows, bytes, seconds, grownMb: (peak - before) / 1024 / 1024 };
}

/** Null where the tool is not installed. */
function byTool({ folder }: BenchRun, file: string): { readonly seconds: number; readonly bytes: number } | null {
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
  return { seconds: (performance.now() - startedAt) / 1_000, bytes: statSync(target).size };
}

function fill(file: string, rows: number): void {
  const db = new Database(file);
  const addSeries = db.prepare("INSERT INTO candle_series VALUES (?, ?, 'minute', 1, 'base', 'usd', ?)");
  const add = db.prepare('INSERT INTO candles VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)');
  const perSeries = rows / SERIES;
  db.transaction(() => {
    for (let key = 1; key <= SERIES; key += 1) {
      addSeries.run(key, `solana_Pool${String(key).padStart(40, '0')}`, perSeries);
      for (let bar = 0; bar < perSeries; bar += 1) {
        const price = `0.0000${161_369_154 + bar * 7 + key}42742065`;
        const startsAtS = 1_760_000_000 + 60 * bar;
        add.run(key, startsAtS, price, price, price, price, (bar * 13.37).toFixed(10), startsAtS * 1_000 + 60_123);
      }
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
