// Two hundred collectors at ten seconds each, on the local stand-in market: does every run begin when it is due, and what does that
// cost? The stand-in works in a thread of this process; its share of the processor is in the figure for all threads.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Collector } from '../../src/main/collectors/collector';
import { topPoolsCollector } from '../../src/main/collectors/topPools';
import { startDemoMarket } from '../../src/main/demo/startDemoMarket';
import { startEngine, type Engine } from '../../src/main/engine/engine';
import { systemClock } from '../../src/main/engine/systemClock';
import { silentLogger } from '../../src/main/logging/logger';
import type { SlotEvent } from '../../src/main/scheduling/scheduler';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { CollectorId } from '../../src/shared/domain/collector';
import type { Settings } from '../../src/shared/domain/settings';
import { quantile, wait } from '../lib/measure';
import type { BenchResult, BenchRun } from '../lib/run';

const COLLECTORS = 200;
const INTERVAL_MS = 10_000;
const DURATION_MS = 120_000;
const QUICK_DURATION_MS = 40_000;
/** Three times what is needed, so that the quota is not what is measured. */
const CALLS_PER_MINUTE = 3_600;
const DEX_IDS = ['raydium', 'pumpswap', 'orca'] as const;
const MB = 1024 * 1024;

export async function runScheduler(run: BenchRun): Promise<BenchResult> {
  const out = join(run.root, 'out', 'main');
  const market = await startDemoMarket({
    workerFile: join(out, 'demoMarket.js'),
    seed: 7,
    port: 0,
    cacheTtlMs: 5_000,
    rateLimit: { capacity: 10_000, refillMs: 1 },
  });
  const slots: SlotEvent[] = [];
  const engine = await startBusyEngine(run, market.baseUrl, out, (slot) => slots.push(slot));
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const startedAtMs = performance.now();
  await wait(run.quick ? QUICK_DURATION_MS : DURATION_MS);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const { utilization } = performance.eventLoopUtilization(loop);
  const rssMb = process.memoryUsage().rss / MB;
  await engine.scheduler.stop('The bench has seen enough.', 15_000);
  await engine.stop();
  await market.stop();

  const late = slots.flatMap(({ run: report }) => (report ? [report.startedAtMs - report.slotAtMs] : []));
  const count = (...outcomes: readonly string[]): number =>
    slots.filter(({ outcome }) => outcomes.includes(outcome)).reduce((sum, slot) => sum + slot.slots, 0);
  const notRun = slots.filter(({ run: report }) => report === null).reduce((sum, slot) => sum + slot.slots, 0);
  return {
    figures: {
      'start jitter p50 ms': quantile(late, 0.5),
      'start jitter p99 ms': quantile(late, 0.99),
      'start jitter max ms': Math.max(...late),
      'runs per second': late.length / seconds,
      'runs that were good': count('ok'),
      'runs that failed': count('failed', 'throttled', 'partial'),
      'slots without a run': notRun,
      'main thread busy %': utilization * 100,
      'processor, all threads, % of one core': (user + system) / 10_000 / seconds,
      'memory MB': rssMb,
    },
    gates: [
      { figure: 'start jitter p99 ms', atMost: 250 },
      { figure: 'slots without a run', atMost: 0 },
      { figure: 'runs that failed', atMost: 0 },
    ],
  };
}

function startBusyEngine(
  { folder }: BenchRun,
  baseUrl: string,
  out: string,
  onSlot: (slot: SlotEvent) => void,
): Promise<Engine> {
  const collectors = Array.from({ length: COLLECTORS }, (_, index) => onePageOf(index));
  const pace = { intervalMs: INTERVAL_MS, adaptive: false };
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    collectors: { ...DEFAULT_SETTINGS.collectors, ...Object.fromEntries(collectors.map(({ id }) => [id, pace])) },
    topPools: { ...DEFAULT_SETTINGS.topPools, maxPages: 1, minReserveUsd: 0 },
  };
  return startEngine(
    {
      profileDir: join(folder, 'profile'),
      source: { mode: 'live', baseUrl, apiKey: null, callsPerMinute: CALLS_PER_MINUTE },
      settings,
      workers: { writer: join(out, 'storageWriter.js'), reader: join(out, 'storageReader.js') },
      clock: systemClock,
      logger: silentLogger,
      userAgent: 'Poolwatch-bench',
      collectors,
    },
    {
      onCollectors: () => undefined,
      onDatabases: () => undefined,
      onHosts: () => undefined,
      onAlerts: () => undefined,
      onSlot,
      onProblem: (_, message) => process.stderr.write(`${message}\n`),
    },
  );
}

function onePageOf(index: number): Collector {
  const networks = [{ id: 'solana', dexIds: [DEX_IDS[index % DEX_IDS.length] ?? 'orca'] }];
  return {
    id: `bench_${index}` as CollectorId,
    title: `Bench ${index}`,
    description: '',
    collect: (context) => topPoolsCollector.collect({ ...context, settings: { ...context.settings, networks } }),
  };
}
