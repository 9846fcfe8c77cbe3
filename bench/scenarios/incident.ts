// Another program takes the write lock for 0.2, 2 and 30 seconds while five collectors deliver every half second. `before` is the
// pattern of the original in Node: one connection on the main thread, WAL, the driver's own 30 s wait, a look-up per row and a
// deferred transaction; `before-py` is the same in the original's own means (asyncio, SQLAlchemy). `after` is the store.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openForWriting } from '../../src/main/storage/worker/open';
import { createRowWriters } from '../../src/main/storage/worker/rowWriters';
import type { Store } from '../../src/main/storage/store';
import type { TableRows } from '../../src/shared/contract/tables';
import type { DatabaseStatus } from '../../src/shared/domain/database';
import { type Holder, type SeenLock, startHolder } from '../lib/holder';
import { startIdleThread } from '../lib/idleThread';
import { quantile, startHeartbeat, wait } from '../lib/measure';
import { runPython } from '../lib/python';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { openSubject, candleRows, poolRows } from '../lib/subject';

const COLLECTORS = 5;
const POOLS_PER_COLLECTOR = 20;
const JOB_EVERY_MS = 500;
const READ_EVERY_MS = 200;
const DRIVER_TIMEOUT_MS = 30_000;
const ACCEPTED_WITHIN_MS = 1_000;

interface PlannedLock {
  readonly atMs: number;
  readonly holdMs: number;
}
const FULL: readonly PlannedLock[] = [
  { atMs: 2_000, holdMs: 200 },
  { atMs: 4_000, holdMs: 2_000 },
  { atMs: 8_000, holdMs: 30_000 },
];
const QUICK: readonly PlannedLock[] = [
  { atMs: 2_000, holdMs: 200 },
  { atMs: 4_000, holdMs: 2_000 },
  { atMs: 8_000, holdMs: 8_000 },
];

interface Subject {
  store(parts: readonly TableRows[], job: string): Promise<void>;
  /** A small indexed read. */
  read(): Promise<void>;
  close(): Promise<void>;
}

export async function runIncident(run: BenchRun): Promise<BenchResult> {
  const plan = run.quick ? QUICK : FULL;
  const endsAtMs = (plan.at(-1)?.atMs ?? 0) + (plan.at(-1)?.holdMs ?? 0) + 4_000;
  const file = join(run.folder, 'market.db');
  const watch = new Watch();
  const holders = await Promise.all(plan.map(() => startHolder(run.root, file)));
  const holdAll = (): Promise<SeenLock[]> => Promise.all(plan.map((lock, n) => holdLater(holders[n], lock)));
  if (run.variant === 'before-py') return await incidentInPython(run, holdAll, endsAtMs, file);
  const subject = run.variant === 'before' ? plainSubject(file) : await storeSubject(run, watch);
  const idle = await startIdleThread();
  const heartbeat = startHeartbeat();
  const startedAtMs = performance.now();
  const locks = holdAll();

  const accepted: number[] = [];
  const acceptedAtMs: number[] = [];
  let jobs = 0;
  const collectors = Array.from({ length: COLLECTORS }, async (_, collector) => {
    const first = collector * POOLS_PER_COLLECTOR;
    let busyUntil: Promise<void> = Promise.resolve();
    for (let slot = 0; slot * JOB_EVERY_MS < endsAtMs; slot += 1) {
      await wait(Math.max(0, startedAtMs + slot * JOB_EVERY_MS + collector * 20 - performance.now()));
      jobs += 1;
      // One job at a time per collector, as schedulers have it: what comes too late is not fetched at all.
      const dueAtMs = startedAtMs + slot * JOB_EVERY_MS + collector * 20;
      if (performance.now() - dueAtMs > JOB_EVERY_MS) continue;
      const parts = [poolRows(first, POOLS_PER_COLLECTOR, slot + 1), candleRows(first, POOLS_PER_COLLECTOR, slot)];
      const begunAtMs = performance.now();
      busyUntil = subject.store(parts, `c${collector}-${slot}`).then(
        () => {
          accepted.push(performance.now() - begunAtMs);
          acceptedAtMs.push(Date.now());
        },
        () => {},
      );
      await Promise.race([busyUntil, wait(JOB_EVERY_MS)]);
    }
    await busyUntil;
  });
  const reads = timeUntil(startedAtMs + endsAtMs, () => subject.read());
  // Not at the same moments: one would wait for the other.
  const pings = wait(READ_EVERY_MS / 2).then(() => timeUntil(startedAtMs + endsAtMs, () => idle.ping()));
  await Promise.all(collectors);
  const seen = await locks;
  const readMs = await reads;
  const pingMs = await pings;
  const late = heartbeat.stop();
  await watch.settled();
  await subject.close();
  await idle.close();

  const seenOfLocks = run.variant === 'after' ? watch.figures(seen) : firstAccepted(seen, acceptedAtMs);
  const measured = { jobs, accepted, late, readMs: readMs.samples, readErrors: readMs.errors };
  return {
    figures: {
      ...commonFigures(measured, countCandles(file)),
      'idle thread p99 ms': quantile(pingMs.samples, 0.99),
      ...seenOfLocks,
    },
    gates: run.variant === 'after' ? GATES : [],
  };
}

/** What every subject reports, in milliseconds. */
interface Measured {
  readonly jobs: number;
  readonly accepted: readonly number[];
  readonly late: readonly number[];
  readonly readMs: readonly number[];
  readonly readErrors: number;
}

function commonFigures({ jobs, accepted, late, readMs, readErrors }: Measured, stored: number): Record<string, number> {
  const expected = jobs * POOLS_PER_COLLECTOR;
  return {
    jobs,
    'accepted within 1 s, %': (100 * accepted.filter((ms) => ms <= ACCEPTED_WITHIN_MS).length) / jobs,
    'accept p99 ms': quantile(accepted, 0.99),
    'accept max ms': Math.max(0, ...accepted),
    'rows lost': expected - stored,
    'rows lost, %': (100 * (expected - stored)) / expected,
    'stall p99 ms': quantile(late, 0.99),
    'stall max ms': Math.max(...late),
    'read p99 ms': quantile(readMs, 0.99),
    'read errors': readErrors,
  };
}

/** Who does not follow locks shows that one is over by storing something again. */
function firstAccepted(locks: readonly SeenLock[], acceptedAtMs: readonly number[]): Record<string, number> {
  const waits = locks.map(({ releasedAtMs }) => {
    const later = acceptedAtMs.filter((atMs) => atMs >= releasedAtMs);
    return later.length > 0 ? Math.min(...later) - releasedAtMs : Infinity;
  });
  return { [FIRST_COMMIT]: Math.max(...waits.filter(Number.isFinite)) };
}

async function incidentInPython(
  run: BenchRun,
  holdAll: () => Promise<SeenLock[]>,
  endsAtMs: number,
  file: string,
): Promise<BenchResult> {
  const config = {
    file,
    collectors: COLLECTORS,
    poolsPerCollector: POOLS_PER_COLLECTOR,
    everyMs: JOB_EVERY_MS,
    readEveryMs: READ_EVERY_MS,
    timeoutS: DRIVER_TIMEOUT_MS / 1_000,
    endsAtMs,
  };
  const program = join(run.root, 'bench', 'scenarios', 'incident_before.py');
  let locks: Promise<SeenLock[]> = Promise.resolve([]);
  const measured = await runPython<Measured & { readonly acceptedAtMs: readonly number[] }>(
    run.python ?? 'python3',
    program,
    config,
    () => {
      locks = holdAll();
    },
  );
  const seen = await locks;
  return {
    figures: { ...commonFigures(measured, countCandles(file)), ...firstAccepted(seen, measured.acceptedAtMs) },
    gates: [],
  };
}

const FIRST_COMMIT = 'first commit after release ms (worst lock)';

const GATES: readonly Gate[] = [
  { figure: 'accepted within 1 s, %', atLeast: 100 },
  { figure: 'rows lost', atMost: 0 },
  { figure: 'detected ms (worst lock)', atMost: 150 },
  { figure: 'breaker open ms (worst lock)', atMost: 500 },
  { figure: 'holder named ms (worst lock)', atMost: 1_000 },
  { figure: 'holder named wrongly', atMost: 0 },
  { figure: FIRST_COMMIT, atMost: 250 },
  { figure: 'drained after release ms (worst lock)', atMost: 500 },
  { figure: 'stall p99 ms', atMost: 5 },
  { figure: 'stall max ms', atMost: 50 },
  { figure: 'read p99 ms', atMost: 5 },
  { figure: 'read errors', atMost: 0 },
];

/** What the store tells about each lock, against what the holder itself reports. */
class Watch {
  #store: Store | null = null;
  readonly #seen: { readonly atMs: number; readonly status: DatabaseStatus }[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Looks far more often than listeners are told. */
  follow(store: Store): void {
    this.#store = store;
    this.#timer = setInterval(() => this.#seen.push({ atMs: Date.now(), status: store.status() }), 5);
  }

  async settled(): Promise<void> {
    const store = this.#store;
    while (store && (store.status().breaker.state !== 'closed' || store.status().queuedBatches > 0)) await wait(5);
    if (this.#timer) clearInterval(this.#timer);
  }

  figures(locks: readonly SeenLock[]): Record<string, number> {
    if (!this.#store) return {};
    const after = (fromMs: number, condition: (status: DatabaseStatus) => boolean): number | null => {
      const hit = this.#seen.find(({ atMs, status }) => atMs >= fromMs && condition(status));
      return hit ? hit.atMs - fromMs : null;
    };
    const long = locks.filter(({ holdMs }) => holdMs > 1_000);
    const worst = (values: readonly (number | null)[]): number => Math.max(...values.map((value) => value ?? 1e9));
    return {
      'detected ms (worst lock)': worst(long.map((lock) => after(lock.heldAtMs, (s) => s.lockedSinceMs !== null))),
      'breaker open ms (worst lock)': worst(
        long.map((lock) => after(lock.heldAtMs, (s) => s.breaker.state === 'open')),
      ),
      'holder named ms (worst lock)': worst(long.map((lock) => after(lock.heldAtMs, (s) => s.holder !== null))),
      'holder named wrongly': long.filter((lock) =>
        this.#seen.some(
          ({ atMs, status: { holder } }) =>
            atMs > lock.heldAtMs && atMs < lock.releasedAtMs && holder !== null && holder.pid !== lock.pid,
        ),
      ).length,
      [FIRST_COMMIT]: worst(
        locks.map((lock) => {
          const before = this.#seen.findLast(({ atMs }) => atMs <= lock.releasedAtMs)?.status.commits ?? 0;
          return after(lock.releasedAtMs, (s) => s.commits > before);
        }),
      ),
      'drained after release ms (worst lock)': worst(
        long.map((lock) => after(lock.releasedAtMs, (s) => s.breaker.state === 'closed' && s.spool.batches === 0)),
      ),
    };
  }
}

async function storeSubject(run: BenchRun, watch: Watch): Promise<Subject> {
  const store = await openSubject(run);
  watch.follow(store);
  return {
    async store(parts, job) {
      const { durability } = await store.write({ id: job, parts });
      if (durability === 'volatile') throw new Error('not durable');
    },
    async read() {
      await store.read('pools.largest', { networkIds: ['solana'], limit: 10 });
    },
    close: () => store.close(),
  };
}

function plainSubject(file: string): Subject {
  openForWriting('market', file).db.close();
  const db = new Database(file, { timeout: DRIVER_TIMEOUT_MS });
  const writers = createRowWriters(db, ['pools', 'candles']);
  const largest = db.prepare('SELECT id FROM pools ORDER BY CAST(reserve_usd AS REAL) DESC LIMIT 10');
  const known = db.prepare('SELECT 1 FROM pools WHERE id = ?');
  const storeAll = db.transaction((parts: readonly TableRows[]) => {
    for (const { table, rows } of parts) {
      const writer = writers.get(table);
      for (const row of rows) writer?.write(row);
      writer?.beforeCommit?.();
    }
  });
  return {
    async store(parts) {
      // As the driver of the original does it: reading begins no transaction, the first change begins a deferred one.
      for (const row of parts[0]?.rows ?? []) known.get(row[0]);
      storeAll(parts);
    },
    async read() {
      largest.all();
    },
    async close() {
      db.close();
    },
  };
}

async function holdLater(holder: Holder | undefined, { atMs, holdMs }: PlannedLock): Promise<SeenLock> {
  if (!holder) throw new Error('no program for this lock');
  await wait(atMs);
  return await holder.hold(holdMs);
}

async function timeUntil(untilMs: number, once: () => Promise<void>) {
  const samples: number[] = [];
  let errors = 0;
  while (performance.now() < untilMs) {
    const startedAtMs = performance.now();
    await once().then(
      () => void samples.push(performance.now() - startedAtMs),
      () => (errors += 1),
    );
    await wait(READ_EVERY_MS);
  }
  return { samples, errors };
}

function countCandles(file: string): number {
  const db = new Database(file, { readonly: true });
  const count = Number(db.prepare('SELECT count(*) FROM candles').pluck().get());
  db.close();
  return count;
}
