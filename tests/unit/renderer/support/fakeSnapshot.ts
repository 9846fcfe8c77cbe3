// Realistic snapshots for the window's tests: a healthy program, a failing one, one that has just started, an empty one.
import { NO_ALERTS } from '../../../../src/shared/contract/alerts';
import type { AppSnapshot, CollectorSlice, Tick } from '../../../../src/shared/contract/snapshot';
import type { CollectorId, RunReport, SlotOutcome } from '../../../../src/shared/domain/collector';
import type { DatabaseName, DatabaseStatus } from '../../../../src/shared/domain/database';

export const INTERVAL_MS = 60_000;

const TITLES: Partial<Readonly<Record<CollectorId, readonly [string, string]>>> = {
  dexes: ['DEXes', 'Names of the exchanges on every watched network, once an hour.'],
  top_pools: ['Top pools', 'The largest pools of every watched DEX, page by page.'],
  watchlist: ['Watchlist', 'Fresh figures of the watched pools.'],
  ohlcv: ['Candles', 'Price bars of the pools with the most liquidity.'],
  backfill: ['Backfill', 'Missing price bars, fetched when the source has calls to spare.'],
};

export function fakeTicks(nowMs: number, outcomes: readonly SlotOutcome[]): readonly Tick[] {
  return outcomes.map((outcome, index) => {
    const ran = outcome === 'ok' || outcome === 'partial';
    return {
      slotAtMs: nowMs - (outcomes.length - index) * INTERVAL_MS,
      outcome,
      durationMs: outcome === 'missed' || outcome.startsWith('skipped') ? null : 640 + ((index * 137) % 900),
      rows: ran ? 120 + ((index * 31) % 80) : null,
      slots: 1,
    };
  });
}

export function fakeRun(collectorId: CollectorId, nowMs: number, change: Partial<RunReport> = {}): RunReport {
  return {
    id: `run-${collectorId}-1`,
    collectorId,
    slotAtMs: nowMs - 18_000,
    startedAtMs: nowMs - 18_000,
    endedAtMs: nowMs - 16_000,
    durationMs: 1_840,
    trigger: 'schedule',
    outcome: 'ok',
    fetched: 180,
    valid: 180,
    inserted: 12,
    changed: 151,
    unchanged: 17,
    rejected: [],
    calls: 3,
    throttles: 0,
    error: null,
    ...change,
  };
}

export function fakeCollector(id: CollectorId, nowMs: number, change: Partial<CollectorSlice> = {}): CollectorSlice {
  const [title, description] = TITLES[id] ?? [id, `What ${id} does.`];
  return {
    id,
    title,
    description,
    health: 'ok',
    cause: null,
    intervalMs: INTERVAL_MS,
    cadence: { baseMs: INTERVAL_MS, nowMs: INTERVAL_MS, because: null },
    pause: null,
    running: null,
    nextDueAtMs: nowMs + 42_000,
    lastRun: fakeRun(id, nowMs),
    lastSuccessAtMs: nowMs - 16_000,
    lastError: null,
    streak: { failures: 0, successes: 118 },
    cooldownUntilMs: null,
    ticks: fakeTicks(
      nowMs,
      Array.from({ length: 40 }, (): SlotOutcome => 'ok'),
    ),
    ...change,
  };
}

export function fakeDatabase(name: DatabaseName, nowMs: number, change: Partial<DatabaseStatus> = {}): DatabaseStatus {
  return {
    name,
    state: 'ok',
    cause: null,
    path: `/home/analyst/.config/poolwatch/demo/${name}.db`,
    schemaVersion: 20,
    sizeBytes: name === 'market' ? 18_874_368 : 1_572_864,
    walBytes: name === 'market' ? 2_097_152 : 65_536,
    tables:
      name === 'market'
        ? [
            { name: 'dexes', rows: 48 },
            { name: 'tokens', rows: 1_284 },
            { name: 'pools', rows: 1_120 },
            { name: 'candles', rows: 48_211 },
          ]
        : [
            { name: 'runs', rows: 3_201 },
            { name: 'slots', rows: 3_240 },
            { name: 'storage_samples', rows: 720 },
          ],
    commits: 1_284,
    rowsWritten: 50_663,
    rowsRejected: 0,
    busyRetries: 4,
    queuedBatches: 0,
    commitLatency: { count: 240, p50Ms: 2.1, p95Ms: 5.4, maxMs: 22 },
    lockWait: { count: 240, p50Ms: 0, p95Ms: 0.21, maxMs: 18 },
    lastCommitAtMs: nowMs - 16_000,
    lockedSinceMs: null,
    holder: null,
    lastLock: null,
    spool: { batches: 0, bytes: 0, replayed: 0, lost: 0 },
    breaker: { state: 'closed', sinceMs: nowMs - 3_600_000, reason: null, failedProbes: 0, nextProbeAtMs: null },
    ...change,
  };
}

export function healthySnapshot(nowMs: number, change: Partial<AppSnapshot> = {}): AppSnapshot {
  return {
    version: 1,
    atMs: nowMs,
    app: {
      version: '0.1.0',
      mode: 'demo',
      keyPlan: 'none',
      theme: 'system',
      motion: 'system',
      language: 'system',
      startedAtMs: nowMs - 7_200_000,
      dataDir: '/home/analyst/.config/poolwatch/demo',
      runtime: { electron: '33.2.1', chrome: '130', node: '20.18.1', sqlite: '3.50.4' },
      testBuild: true,
    },
    verdict: {
      level: 'ok',
      finding: { kind: 'told' },
      sentence: 'All three collectors are on time and every row is stored.',
      cause: null,
      sinceMs: nowMs - 7_080_000,
    },
    collectors: [
      fakeCollector('dexes', nowMs),
      fakeCollector('top_pools', nowMs, {
        health: 'running',
        running: { runId: 'run-top_pools-2', sinceMs: nowMs - 900, step: 'page 3 of 6' },
      }),
      fakeCollector('ohlcv', nowMs, { streak: { failures: 0, successes: 41 } }),
    ],
    databases: [fakeDatabase('market', nowMs), fakeDatabase('monitor', nowMs, { rowsWritten: 7_161 })],
    hosts: [
      {
        host: '127.0.0.1:41733',
        callsPerMinute: 30,
        callsInWindow: 14,
        waiting: 0,
        throttledUntilMs: null,
        calls: 1_204,
        throttles: 0,
        errors: 0,
        breaker: { state: 'closed', sinceMs: nowMs - 7_200_000, nextProbeAtMs: null },
      },
    ],
    banners: [],
    operations: [],
    alerts: NO_ALERTS,
    ...change,
  };
}

const MIXED: readonly SlotOutcome[] = [
  ...Array.from({ length: 18 }, (): SlotOutcome => 'ok'),
  'partial',
  'ok',
  'skipped_asleep',
  'skipped_asleep',
  'skipped_asleep',
  'missed',
  'ok',
  'ok',
  'cancelled',
  'skipped_overlap',
  'ok',
  'skipped_paused',
  'ok',
  'throttled',
  'throttled',
  'skipped_cooldown',
  'failed',
  'failed',
  'failed',
];

export function failingSnapshot(nowMs: number): AppSnapshot {
  const healthy = healthySnapshot(nowMs);
  return {
    ...healthy,
    app: { ...healthy.app, mode: 'live' },
    verdict: {
      level: 'down',
      finding: { kind: 'told' },
      sentence: 'Top pools has failed 3 times in a row and candles are late.',
      cause: 'GeckoTerminal answers 503 to every call since 14:02; no row was lost.',
      sinceMs: nowMs - 312_000,
    },
    collectors: [
      fakeCollector('dexes', nowMs, { health: 'paused', pause: { sinceMs: nowMs - 60_000, untilMs: nowMs + 840_000 } }),
      fakeCollector('top_pools', nowMs, {
        health: 'down',
        cause: 'The server answered 503 Service Unavailable.',
        streak: { failures: 3, successes: 0 },
        lastRun: fakeRun('top_pools', nowMs, {
          outcome: 'failed',
          inserted: 0,
          changed: 0,
          error: { class: 'server', message: 'The server answered 503 Service Unavailable.' },
        }),
        lastSuccessAtMs: nowMs - 312_000,
        cooldownUntilMs: nowMs + 51_000,
        ticks: fakeTicks(nowMs, MIXED),
      }),
      fakeCollector('ohlcv', nowMs, {
        health: 'late',
        cause: 'Its last slot passed 40 seconds ago without a run.',
        lastRun: fakeRun('ohlcv', nowMs, { endedAtMs: nowMs - 190_000, outcome: 'partial' }),
        lastSuccessAtMs: nowMs - 190_000,
        nextDueAtMs: nowMs - 40_000,
        ticks: fakeTicks(nowMs, MIXED.slice(12)),
      }),
    ],
    databases: [
      fakeDatabase('market', nowMs, {
        state: 'spooling',
        cause: 'Another program holds the write lock; new rows are kept safe in the spool until it lets go.',
        lockedSinceMs: nowMs - 75_000,
        holder: {
          pid: 48_213,
          program: 'python3',
          command: 'python3 compact.py market.db',
          sinceMs: nowMs - 74_000,
          certainty: 'exact',
        },
        spool: { batches: 12, bytes: 184_320, replayed: 40, lost: 0 },
        breaker: {
          state: 'open',
          sinceMs: nowMs - 30_000,
          reason: 'environment',
          failedProbes: 3,
          nextProbeAtMs: nowMs + 4_000,
        },
        queuedBatches: 2,
        rowsRejected: 3,
        busyRetries: 412,
      }),
      fakeDatabase('monitor', nowMs),
    ],
    hosts: [
      {
        host: 'api.geckoterminal.com',
        callsPerMinute: 6,
        callsInWindow: 5,
        waiting: 4,
        throttledUntilMs: nowMs + 31_000,
        calls: 402,
        throttles: 7,
        errors: 19,
        breaker: { state: 'open', sinceMs: nowMs - 24_000, nextProbeAtMs: nowMs + 8_000 },
      },
    ],
    banners: [
      {
        id: 'settings-reset',
        level: 'warning',
        message: 'The settings file could not be read and was set aside; Poolwatch started with its defaults.',
        dismissible: true,
      },
    ],
  };
}

export function startingSnapshot(nowMs: number): AppSnapshot {
  const blank = {
    health: 'no_data',
    lastRun: null,
    lastSuccessAtMs: null,
    ticks: [],
    streak: { failures: 0, successes: 0 },
  } as const;
  const silent = { count: 0, p50Ms: 0, p95Ms: 0, maxMs: 0 };
  const fresh = {
    commits: 0,
    rowsWritten: 0,
    busyRetries: 0,
    lastCommitAtMs: null,
    commitLatency: silent,
    lockWait: silent,
  };
  return healthySnapshot(nowMs, {
    verdict: {
      level: 'starting',
      finding: { kind: 'told' },
      sentence: 'Poolwatch is starting.',
      cause: null,
      sinceMs: nowMs - 2_000,
    },
    collectors: [
      fakeCollector('dexes', nowMs, blank),
      fakeCollector('top_pools', nowMs, blank),
      fakeCollector('ohlcv', nowMs, blank),
    ],
    databases: [
      fakeDatabase('market', nowMs, { ...fresh, state: 'starting', tables: [] }),
      fakeDatabase('monitor', nowMs, { ...fresh, state: 'starting', tables: [] }),
    ],
  });
}

export function emptySnapshot(nowMs: number): AppSnapshot {
  return healthySnapshot(nowMs, {
    verdict: {
      level: 'starting',
      finding: { kind: 'told' },
      sentence: 'Poolwatch is starting.',
      cause: null,
      sinceMs: nowMs,
    },
    collectors: [],
    databases: [],
    hosts: [],
  });
}
