import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppMeter } from '../../../src/main/monitoring/appMeter';
import { HealthWatch } from '../../../src/main/monitoring/healthWatch';
import { appReadings } from '../../../src/main/monitoring/sensors/appSensor';
import type { ApiHostSlice, CollectorSlice } from '../../../src/shared/contract/snapshot';
import type { Store } from '../../../src/main/storage/store';
import type { DatabaseStatus } from '../../../src/shared/domain/database';
import type { Reading } from '../../../src/shared/domain/metrics';
import { FakeClock } from '../../support/fakeClock';
import { fakeCollector, fakeDatabase, fakeRun, INTERVAL_MS } from '../renderer/support/fakeSnapshot';
import { at, detailOf, valueOf } from './support/look';

const HOST: ApiHostSlice = {
  host: 'api.example.org',
  callsPerMinute: 30,
  callsInWindow: 0,
  waiting: 0,
  throttledUntilMs: null,
  calls: 0,
  throttles: 0,
  errors: 0,
  breaker: { state: 'closed', sinceMs: 0, nextProbeAtMs: null },
};

const NO_READS = { count: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 };

let clock: FakeClock;
let watch: HealthWatch;
let told: (readonly Reading[])[];
let slices: readonly CollectorSlice[];

/** What was last read of the program itself. */
const last = (): readonly Reading[] => {
  const isApp = ({ target }: Reading): boolean => target.kind === 'app';
  return told.findLast((readings) => readings.some(isApp))?.filter(isApp) ?? [];
};
/** Of one collector, as last read. */
const staleBy = (): number | null | undefined =>
  told.flat().findLast(({ metric, target }) => metric === 'collector.staleBy' && target.id === 'top_pools')?.value;
const kindsOf = (readings: readonly Reading[]): ReadonlySet<string> =>
  new Set(readings.map(({ target }) => target.kind));

/** A good run of one collector. */
function ended(): void {
  const run = fakeRun('top_pools', clock.wallMs());
  watch.slotEnded('top_pools', { slotAtMs: clock.wallMs(), slots: 1, outcome: 'ok', run });
}

function watchOver(change: Partial<ConstructorParameters<typeof HealthWatch>[0]> = {}): HealthWatch {
  return new HealthWatch({
    clock,
    storageClock: clock,
    stores: [],
    collectors: () => slices,
    collector: (wanted) => slices.find(({ id }) => id === wanted) ?? null,
    host: () => HOST,
    source: null,
    progressOf: () => null,
    onReadings: (readings) => told.push(readings),
    ...change,
  });
}

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  slices = (['top_pools', 'dexes'] as const).map((id) => fakeCollector(id, clock.wallMs(), { nextDueAtMs: null }));
  watch = watchOver();
});
afterEach(() => watch.stop());

describe('the watch over the health of the program', () => {
  it('reads the program every five seconds, a quiet collector every ten, and one whose run has ended at once', async () => {
    watch.start();
    expect(kindsOf(told.flat())).toEqual(new Set(['host', 'network', 'collector', 'app']));
    told = [];
    await clock.advance(3_000);
    expect(told).toEqual([]);
    ended();
    expect(new Set(told.flat().map(({ target }) => target.id))).toEqual(new Set(['top_pools']));
    told = [];
    await clock.advance(2_000);
    expect(kindsOf(told.flat())).toEqual(new Set(['host', 'network', 'app']));
    await clock.advance(5_000);
    expect(kindsOf(told.flat())).toContain('collector');
  });

  it('looks at a collector every second once time may make something of it', async () => {
    watch.start();
    slices = slices.map((slice) => ({ ...slice, nextDueAtMs: clock.wallMs() + 10_000 }));
    await clock.advance(17_000);
    const late = told.flat().filter(({ metric, target }) => metric === 'collector.startLate' && target.id === 'dexes');
    expect(late.map(({ value }) => value)).toEqual([0, 0, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000]);
  });

  it('holds nothing of a sleep against anybody, whatever is heard first after it', async () => {
    watch.start();
    ended();
    await clock.advance(2 * INTERVAL_MS);
    clock.stepWall(8 * 3_600_000);
    watch.hostMoved({ atMs: clock.wallMs(), kind: 'breaker_closed', collectorId: null, host: HOST.host, cause: '' });
    await clock.advance(1_000);
    expect(staleBy()).toBeNull();
    await clock.advance(3 * INTERVAL_MS + 2_000);
    expect(staleBy()).toBeGreaterThan(0);
    expect(staleBy()).toBeLessThanOrEqual(2_000);
    expect(valueOf(last(), 'app.evaluatorLate')).toBe(0);
    expect(valueOf(last(), 'app.clockStep')).toBe(0);
  });

  it('reads nothing on the way into a sleep that the system tells of, and holds a short one against nobody', async () => {
    watch.start();
    ended();
    await clock.advance(INTERVAL_MS);
    watch.power('suspend');
    told = [];
    await clock.advance(8_000);
    expect(told).toEqual([]);
    clock.stepWall(5_000);
    watch.power('resume');
    await clock.advance(11_000);
    expect(valueOf(last(), 'app.clockStep')).toBe(0);
    expect(staleBy()).toBeNull();
  });

  it('tells of a clock that was set back, once, and goes on counting', async () => {
    watch.start();
    ended();
    await clock.advance(60_000);
    const before = staleBy() ?? Number.NaN;
    expect(before).toBeLessThan(0);
    clock.stepWall(-3_600_000);
    watch.hostMoved({ atMs: clock.wallMs(), kind: 'breaker_closed', collectorId: null, host: HOST.host, cause: '' });
    await clock.advance(1_000);
    expect(valueOf(last(), 'app.clockStep')).toBe(3_600_000);
    expect(detailOf(last(), 'app.clockStep')).toBe('The clock of this machine was set back by 1 h.');
    await clock.advance(9_000);
    expect(staleBy()).toBe(before + 10_000);
    await clock.advance(1_000);
    expect(valueOf(last(), 'app.clockStep')).toBe(0);
  });

  it('calls no run hung that waits for a backup to take its place', async () => {
    let tell: (status: DatabaseStatus) => void = () => undefined;
    const status = (reason: DatabaseStatus['breaker']['reason']): DatabaseStatus => {
      const idle = fakeDatabase('market', clock.wallMs(), { state: 'spooling' });
      return { ...idle, breaker: { ...idle.breaker, reason } };
    };
    const store = {
      name: 'market',
      status: () => status(null),
      onStatus: (listener: typeof tell) => {
        tell = listener;
        return () => undefined;
      },
      health: () => ({ walPinnedForMs: 0, checkpointFailures: 0, newestBackupAtMs: null, readLatency: NO_READS }),
      operations: () => [],
    } as unknown as Store;
    const begunMs = clock.monotonicMs();
    watch.stop();
    watch = watchOver({ stores: [store], progressOf: () => ({ lastMs: begunMs, isWaiting: false }) });
    slices = slices.map((slice) => ({
      ...slice,
      running: { runId: 'r1', startedAtMs: clock.wallMs(), deadlineAtMs: clock.wallMs() + 60_000, step: null } as never,
    }));
    const silent = (): number | null | undefined =>
      told.flat().findLast(({ metric }) => metric === 'collector.silentFor')?.value;
    watch.start();
    tell(status('maintenance'));
    await clock.advance(30_000);
    expect(silent()).toBe(0);
    tell(status(null));
    await clock.advance(10_000);
    expect(silent()).toBeGreaterThan(30_000);
  });

  it('calls nothing stale that was paused until now', async () => {
    watch.start();
    slices = slices.map((slice) => ({ ...slice, pause: { sinceMs: clock.wallMs(), untilMs: null } }));
    await clock.advance(20 * INTERVAL_MS);
    expect(staleBy()).toBeNull();
    slices = slices.map((slice) => ({ ...slice, pause: null }));
    await clock.advance(1_000);
    expect(staleBy()).toBeNull();
    ended();
    expect(staleBy()).toBeLessThan(0);
  });

  it('reads nothing any more once it is stopped', async () => {
    watch.start();
    watch.stop();
    const { length } = told;
    await clock.advance(5_000);
    watch.called({ ms: 1, outcome: 'ok', message: null });
    watch.hostMoved({ atMs: 0, kind: 'breaker_closed', collectorId: null, host: HOST.host, cause: '' });
    expect(told).toHaveLength(length);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('the meter of the program', () => {
  it('measures how long the main thread stood still, and what the program takes', async () => {
    const meter = new AppMeter(0);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const endMs = performance.now() + 800;
    while (performance.now() < endMs);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const facts = meter.look(5_000, false);
    meter.stop();
    const readings = appReadings({ ...facts, lateMs: 0, stepMs: 0 }, at(0));
    expect(valueOf(readings, 'app.eventLoopDelay')).toBeGreaterThan(120);
    expect(valueOf(readings, 'app.rssBytes')).toBeGreaterThan(1e6);
    expect(valueOf(readings, 'app.cpuShare')).toBeGreaterThan(0.001);
  });

  it('has seen a stall also when it is asked before any other timer has run, and tells it once', () => {
    const meter = new AppMeter(0);
    const endMs = performance.now() + 800;
    while (performance.now() < endMs);
    expect(meter.look(800, false).stallMs).toBeGreaterThan(250);
    expect(meter.look(800, false).stallMs).toBe(0);
    meter.stop();
  });
});
