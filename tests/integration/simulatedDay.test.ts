// A day in the life of twelve collectors, in seconds: real engine, real databases, the stand-in market with faults from a seed, a
// machine that sleeps, a clock that is set back, a restart. HTTP itself is left out: see tests/support/inProcessMarket.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collector } from '../../src/main/collectors/collector';
import { createCollectors } from '../../src/main/collectors/registry';
import { topPoolsCollector } from '../../src/main/collectors/topPools';
import type { Fault } from '../../src/main/demo/server/faults';
import { Random } from '../../src/main/demo/market/random';
import { startEngine, type Engine } from '../../src/main/engine/engine';
import { systemClock } from '../../src/main/engine/systemClock';
import { silentLogger } from '../../src/main/logging/logger';
import type { SlotEvent } from '../../src/main/scheduling/scheduler';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { CollectorId } from '../../src/shared/domain/collector';
import type { CollectorSettings, Settings } from '../../src/shared/domain/settings';
import { FakeClock } from '../support/fakeClock';
import { until, WORKERS } from '../support/engineBench';
import { InProcessMarket } from '../support/inProcessMarket';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SEED = 20_260_915;
const COLLECTORS = 12;
const CALLS_PER_MINUTE = 30;
const STARTED_AT_MS = Date.UTC(2026, 8, 15);
/** Noticing, settling and spreading after a gap. */
const TOLERANCE_MS = 15_000;

/** Minutes between the slots of the collectors that make up the twelve. */
const PACES = [5, 7, 12] as const;
const DEX_IDS = ['raydium', 'pumpswap', 'orca'] as const;

const real = createCollectors();
const synthetic: readonly Collector[] = Array.from({ length: Math.max(0, COLLECTORS - real.length) }, (_, index) => ({
  id: `pools_${index}` as CollectorId,
  title: `Pools ${index}`,
  description: '',
  collect: (context) => {
    const networks = [{ id: 'solana', dexIds: [DEX_IDS[index % DEX_IDS.length] ?? 'orca'] }];
    return topPoolsCollector.collect({ ...context, settings: { ...context.settings, networks } });
  },
}));
const collectors = [...real, ...synthetic];

const fixedPace = (minutes: number): CollectorSettings => ({ intervalMs: minutes * MINUTE_MS, adaptive: false });
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  networks: [{ id: 'solana', dexIds: ['raydium', 'orca'] }],
  collectors: {
    ...DEFAULT_SETTINGS.collectors,
    top_pools: { intervalMs: 10 * MINUTE_MS },
    new_pools: { intervalMs: 20 * MINUTE_MS },
    trending: { intervalMs: 30 * MINUTE_MS },
    ohlcv: { intervalMs: 30 * MINUTE_MS },
    trades: { intervalMs: 30 * MINUTE_MS },
    pool_details: { intervalMs: 20 * MINUTE_MS },
    token_details: { intervalMs: 20 * MINUTE_MS },
    token_infos: { intervalMs: 40 * MINUTE_MS },
    ...Object.fromEntries(synthetic.map(({ id }, index) => [id, fixedPace(PACES[index % PACES.length] ?? 5)])),
  },
  topPools: { maxPages: 1, minReserveUsd: 0 },
  newPools: { ...DEFAULT_SETTINGS.newPools, maxPages: 1 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 2, bars: [{ timeframe: 'minute', aggregate: 15 }] },
};

let pendingWork = 0;
let sleptMs = 0;
// One turn is enough: everything but storage happens in promises, and storage is waited for.
const clock = new FakeClock(STARTED_AT_MS, async () => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (pendingWork > 0);
});
const trueMs = (): number => STARTED_AT_MS + clock.monotonicMs() + sleptMs;
const market = new InProcessMarket(SEED, clock, trueMs);
const slots: SlotEvent[] = [];
const healthAfterWaking: string[] = [];
let dir: string;
let engine: Engine;
let outageCalls = 0;
let firstGoodAfterOutageMs = Number.POSITIVE_INFINITY;
let setBackAtTrueMs = Number.POSITIVE_INFINITY;
let stoppedForMs = 0;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-day-'));
  await liveThroughTheDay();
}, 600_000);

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  engine = await startEngine(
    {
      profileDir: join(dir, 'profile'),
      source: { mode: 'live', baseUrl: 'http://127.0.0.1:1/api/v2', apiKey: null, callsPerMinute: CALLS_PER_MINUTE },
      settings: SETTINGS,
      workers: WORKERS,
      clock,
      storageClock: systemClock,
      logger: silentLogger,
      userAgent: 'Poolwatch-test',
      collectors,
      http: market,
    },
    {
      onCollectors: () => undefined,
      onDatabases: () => undefined,
      onHosts: () => undefined,
      onAlerts: () => undefined,
      onSlot: (slot) => slots.push(slot),
      onProblem: (_, message) => expect.unreachable(message),
    },
  );
  const { market: store } = engine;
  const write = store.write.bind(store);
  const read = store.read.bind(store);
  // Only counted, so that fake time waits for real threads.
  store.write = (batch) => counted(write(batch));
  store.read = (name, args) => counted(read(name, args));
}

async function counted<T>(work: Promise<T>): Promise<T> {
  pendingWork += 1;
  try {
    return await work;
  } finally {
    pendingWork -= 1;
  }
}

/** Faults of one hour, drawn from the seed. */
function faultsOf(random: Random): readonly Fault[] {
  const kinds: readonly (readonly [Fault['kind'], number])[] = [
    ['429', 6],
    ['429-after-60', 2],
    ['500', 4],
    ['503-html', 3],
    ['stall', 2],
    ['garbage', 2],
    ['drop', 2],
    ['nulls', 3],
    ['unknown-fields', 2],
  ];
  return kinds
    .filter(() => random.chance(0.4))
    .map(([kind, times]) => ({ match: '/networks/', kind, times, delayMs: 20_000 }));
}

async function pass(milliseconds: number): Promise<void> {
  await clock.advance(milliseconds);
}

async function liveThroughTheDay(): Promise<void> {
  const random = new Random(SEED);
  await start();
  for (let hour = 0; hour < 24; hour += 1) {
    market.plan.add(faultsOf(random));
    await pass(20 * MINUTE_MS);
    if (hour === 4) await outage();
    else if (hour === 9) hour += await sleepTwoHours();
    else if (hour === 14) setClockBack();
    else if (hour === 17) await restart();
    await pass(40 * MINUTE_MS);
    // What was ordered for an hour ends with it.
    market.plan.clear();
  }
  await pass(HOUR_MS);
  const stopping = engine.scheduler.stop('The day is over.', MINUTE_MS);
  await pass(2 * MINUTE_MS);
  await stopping;
  // A starved machine may have made the store take its own disk for stalled.
  await until(
    'an empty spool',
    () => engine.market.status().spool.batches + engine.monitor.status().spool.batches === 0,
  );
}

async function outage(): Promise<void> {
  market.plan.clear();
  market.isDown = true;
  const before = engine.hosts()[0]?.calls ?? 0;
  await pass(30 * MINUTE_MS);
  outageCalls = (engine.hosts()[0]?.calls ?? 0) - before;
  market.isDown = false;
  const endedAtMs = clock.wallMs();
  const seen = slots.length;
  await pass(5 * MINUTE_MS);
  const good = slots.slice(seen).find(({ outcome }) => outcome === 'ok');
  firstGoodAfterOutageMs = (good?.run?.endedAtMs ?? Number.POSITIVE_INFINITY) - endedAtMs;
}

/** The network comes back only some seconds after the machine. */
async function sleepTwoHours(): Promise<number> {
  sleptMs += 2 * HOUR_MS;
  clock.stepWall(2 * HOUR_MS);
  market.plan.clear();
  market.isDown = true;
  for (let second = 0; second < 120; second += 1) {
    if (second === 20) market.isDown = false;
    await pass(1_000);
    healthAfterWaking.push(...engine.scheduler.slices().map(({ health, streak }) => `${health} ${streak.failures}`));
  }
  return 2;
}

function setClockBack(): void {
  setBackAtTrueMs = trueMs();
  clock.stepWall(-HOUR_MS);
}

async function restart(): Promise<void> {
  const stopping = engine.scheduler.stop('The test restarts it.', MINUTE_MS);
  await pass(2 * MINUTE_MS);
  await stopping;
  await engine.stop();
  stoppedForMs = 25 * MINUTE_MS;
  await pass(stoppedForMs);
  await start();
}

function query(name: 'market' | 'monitor', sql: string): readonly Record<string, unknown>[] {
  const db = new Database(join(dir, 'profile', `${name}.db`), { readonly: true });
  try {
    return db.prepare<[], Record<string, unknown>>(sql).all();
  } finally {
    db.close();
  }
}

/** From wall to true time: the clock was set back once, and every place after that is in a later turn. */
const toTrueMs = (wallMs: number, turn: number): number => (turn > 0 ? wallMs + HOUR_MS : wallMs);

interface Expected {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly slots: number;
  readonly outcome: string;
}

function tell({ outcome, fromMs, slots: count }: Expected): string {
  return `${outcome} at ${new Date(fromMs).toISOString()} (${count})`;
}

function expectedSlotsOf(id: CollectorId): readonly Expected[] {
  return slots
    .filter((slot) => slot.collectorId === id && (slot.run === null || slot.run.trigger === 'schedule'))
    .filter(({ outcome }) => outcome !== 'backfilled')
    .map(({ slotAtMs, untilMs, turn, slots: count, outcome }) => ({
      fromMs: toTrueMs(slotAtMs, turn),
      untilMs: toTrueMs(untilMs ?? slotAtMs, turn),
      slots: count,
      outcome,
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
}

describe('a day with twelve collectors, faults, an outage, sleep, a wrong clock and a restart', () => {
  it('accounts for every expected slot exactly once', () => {
    expect(collectors.length).toBeGreaterThanOrEqual(COLLECTORS);
    for (const { id } of collectors) {
      const own = expectedSlotsOf(id);
      const { intervalMs, adaptive } = SETTINGS.collectors[id];
      const longestMs = adaptive === false ? intervalMs : 4 * intervalMs;
      // A collector that waits for another one's first success has no slot before.
      const beginsMs = (own[0]?.fromMs ?? Number.POSITIVE_INFINITY) - STARTED_AT_MS;
      expect(beginsMs, `${id}: first slot`).toBeLessThan(HOUR_MS);
      let previous: Expected | null = null;
      for (const slot of own) {
        if (previous) {
          const stepMs = slot.fromMs - previous.untilMs;
          expect(stepMs, `${id}: two outcomes at ${new Date(slot.fromMs).toISOString()}`).toBeGreaterThan(0);
          expect(stepMs, `${id}: a hole between ${tell(previous)} and ${tell(slot)}`).toBeLessThanOrEqual(
            longestMs + TOLERANCE_MS,
          );
        }
        if (slot.slots > 1) expect((slot.untilMs - slot.fromMs) % (slot.slots - 1)).toBe(0);
        previous = slot;
      }
      expect(trueMs() - (previous?.untilMs ?? 0), `${id}: last slot`).toBeLessThan(longestMs + 5 * MINUTE_MS);
    }
  });

  it('keeps them in the database as they were told, one row each', () => {
    const rows = query('monitor', 'SELECT collector_id, turn, slot_at_ms, outcome FROM slots');
    const told = new Map(
      slots.map(({ collectorId, turn, slotAtMs, outcome }) => [`${collectorId} ${turn} ${slotAtMs}`, outcome]),
    );
    expect(rows.map((row) => Object.values(row).join(' ')).sort()).toEqual(
      [...told].map(([place, outcome]) => `${place} ${outcome}`).sort(),
    );
  });

  it('stores what the server served, no more and no less, and nothing twice', () => {
    const stored = Object.fromEntries(
      (['networks', 'dexes', 'pools', 'tokens', 'candles', 'trades'] as const).map((table) => [
        table,
        query('market', `SELECT count(*) AS n FROM ${table}`)[0]?.['n'],
      ]),
    );
    expect(stored).toEqual(market.ledger.report().counts);
    expect(stored['pools']).toBeGreaterThan(40);
    expect(stored['candles']).toBeGreaterThan(1_000);
  });

  it('never exceeds the quota in any minute, by the clock of the server', () => {
    const { arrivedAtMs } = market;
    let busiest = 0;
    let from = 0;
    for (let index = 0; index < arrivedAtMs.length; index += 1) {
      while ((arrivedAtMs[index] ?? 0) - (arrivedAtMs[from] ?? 0) >= MINUTE_MS) from += 1;
      busiest = Math.max(busiest, index - from + 1);
    }
    expect(busiest).toBeLessThanOrEqual(CALLS_PER_MINUTE);
    expect(arrivedAtMs.length).toBeGreaterThan(1_000);
  });

  it('asks a dead host by one probe at a time, and has fresh data within 45 s of its return', () => {
    // At most one probe in 15 s, and what it took to find out.
    expect(outageCalls).toBeLessThan((30 * MINUTE_MS) / 15_000 + 20);
    expect(firstGoodAfterOutageMs).toBeLessThanOrEqual(45_000);
    expect(slots.filter(({ run }) => run?.error?.class === 'host_down').length).toBeGreaterThan(10);
  });

  it('does not take waking up without a network for failing', () => {
    expect(healthAfterWaking.length).toBeGreaterThan(0);
    expect(healthAfterWaking.filter((health) => /^down [1-9]/.test(health))).toEqual([]);
    const asleep = slots.filter(({ outcome }) => outcome === 'skipped_asleep');
    const often = collectors.filter(({ id }) => 4 * SETTINGS.collectors[id].intervalMs <= 2 * HOUR_MS);
    for (const { id } of often) expect(asleep.map(({ collectorId }) => collectorId)).toContain(id);
  });

  it('was a day worth the name', () => {
    const outcomes = new Set(slots.map(({ outcome }) => outcome));
    for (const outcome of ['ok', 'failed', 'missed', 'skipped_asleep'] as const) expect(outcomes).toContain(outcome);
    expect(setBackAtTrueMs).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(stoppedForMs).toBeGreaterThan(0);
    const events = query('monitor', 'SELECT kind, cause FROM collector_events');
    const kinds = new Set(events.map(({ kind }) => kind));
    for (const kind of ['breaker_open', 'breaker_half_open', 'breaker_closed', 'asleep', 'woke', 'slowed'] as const)
      expect(kinds).toContain(kind);
    for (const { cause } of events) expect(cause).toMatch(/^\S+ .*\S$/);
  });
});
