// One profile at work: databases, API client and scheduler, built and joined by hand. Free of Electron, so the desktop, the
// command line, tests and benches run the very same thing.
import { join } from 'node:path';
import type { ApiHostSlice, CollectorSlice } from '../../shared/contract/snapshot';
import { packRows } from '../../shared/contract/tables';
import type { CollectorId, RunError, RunReport } from '../../shared/domain/collector';
import type { DatabaseStatus } from '../../shared/domain/database';
import { createCollectors } from '../collectors/registry';
import { runCollector, type RunServices } from '../scheduling/collectorRun';
import { Scheduler, type SlotEvent } from '../scheduling/scheduler';
import { createGeckoTerminalClient, type GeckoTerminalClient } from '../sources/geckoterminal/client';
import { SourceError } from '../sources/http/sourceError';
import { openStore } from '../storage/openStore';
import { StorageError, type Store } from '../storage/store';
import { requireWritableFolder } from './dataFolder';
import type { EngineOptions } from './engineOptions';
import { loadHistory } from './history';
import { fileLimiterState } from './limiterFile';
import { lockProfile } from './profileLock';
import { RunCounts } from './runCounts';
import { loadPauses, savePauses } from './stateFiles';
import { StorageSampler } from './storageSampler';

/** A collector whose first run needs what another one stores. */
const STARTS_AFTER: Readonly<Partial<Record<CollectorId, CollectorId>>> = {
  ohlcv: 'top_pools',
  trades: 'top_pools',
  pool_details: 'new_pools',
  token_details: 'top_pools',
  token_infos: 'top_pools',
};

export interface EngineListener {
  onCollectors(slices: readonly CollectorSlice[]): void;
  onDatabases(statuses: readonly DatabaseStatus[]): void;
  onHosts(hosts: readonly ApiHostSlice[]): void;
  onSlot(slot: SlotEvent): void;
  /** Something the person should read: a damaged state file, history that could not be loaded. */
  onProblem(id: string, message: string): void;
}

export interface Engine {
  readonly scheduler: Scheduler;
  readonly market: Store;
  readonly monitor: Store;
  hosts(): readonly ApiHostSlice[];
  /** Stops collecting, then closes the databases; what was acknowledged is durable. */
  stop(): Promise<void>;
}

/** Rejects with a readable Error when the profile is in use or its folder cannot be written. */
export async function startEngine(options: EngineOptions, listener: EngineListener): Promise<Engine> {
  const { profileDir, clock, logger } = options;
  const stateDir = join(profileDir, 'state');
  requireWritableFolder(stateDir);
  const unlock = lockProfile(join(stateDir, 'profile.lock'));
  const counts = new RunCounts();
  try {
    const client = createGeckoTerminalClient({
      ...options.source,
      clock,
      userAgent: options.userAgent,
      limiterState: fileLimiterState(join(stateDir, 'api-budget.json')),
      onCall: ({ outcome }) => {
        counts.note(outcome === 'throttled');
        listener.onHosts([client.status()]);
      },
    });
    const [market, monitor] = await openStores(options);
    return await assemble(options, listener, { client, counts, market, monitor, stateDir, unlock });
  } catch (error) {
    unlock();
    logger.error({ error: describe(error) }, 'the engine could not start');
    throw error;
  }
}

interface Parts {
  readonly client: GeckoTerminalClient;
  readonly counts: RunCounts;
  readonly market: Store;
  readonly monitor: Store;
  readonly stateDir: string;
  readonly unlock: () => void;
}

async function assemble(options: EngineOptions, listener: EngineListener, parts: Parts): Promise<Engine> {
  const { clock, logger, settings } = options;
  const { client, counts, market, monitor } = parts;
  const statuses = (): readonly DatabaseStatus[] => [market.status(), monitor.status()];
  const report = (): void => listener.onDatabases(statuses());
  market.onStatus(report);
  monitor.onStatus(report);

  const collectors = createCollectors();
  const history = await loadHistory(
    monitor,
    collectors.map(({ id }) => id),
  ).catch((error: unknown) => {
    listener.onProblem('history', `Earlier runs could not be read: ${describe(error)}`);
    return new Map();
  });
  const pausesPath = join(parts.stateDir, 'pauses.json');
  const { pauses, problem } = loadPauses(pausesPath);
  if (problem) listener.onProblem('pauses', problem);

  const services: RunServices = {
    clock,
    write: (batch) => market.write(batch),
    context: {
      client,
      clock,
      settings,
      read: (name, args) => market.read(name, args),
    },
    classify,
    counted: (runId, step) => counts.counted(runId, step),
    countsOf: (runId) => counts.take(runId),
    isHeldUp: () => client.status().throttledUntilMs !== null,
  };
  const scheduler: Scheduler = new Scheduler({
    clock,
    plans: collectors.map((collector) => ({
      collector,
      intervalMs: settings.collectors[collector.id].intervalMs,
      startsAfter: STARTS_AFTER[collector.id] ?? null,
    })),
    history,
    pauses,
    run: (request) => runCollector(services, request),
    onSlot(slot) {
      recordSlot(monitor, slot, (error) => logger.warn({ error: describe(error) }, 'a slot could not be recorded'));
      logSlot(slot);
      listener.onSlot(slot);
    },
    savePauses: (next) => savePauses(pausesPath, next),
    onChange: () => listener.onCollectors(scheduler.slices()),
    random: Math.random,
  });
  const sampler = new StorageSampler(clock, [market, monitor], monitor);

  function logSlot({ collectorId, outcome, run }: SlotEvent): void {
    const fields = { collectorId, outcome, runId: run?.id, error: run?.error };
    if (outcome === 'failed') logger.warn(fields, 'run failed');
    else logger.info(fields, run ? 'run ended' : 'slot skipped');
  }

  scheduler.start();
  sampler.start();
  listener.onCollectors(scheduler.slices());
  listener.onHosts([client.status()]);
  report();
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    sampler.stop();
    await scheduler.stop('Poolwatch is stopping.');
    await Promise.allSettled([market.close(), monitor.close(), client.close()]);
    parts.unlock();
  };
  return { scheduler, market, monitor, hosts: () => [client.status()], stop: () => (stopping ??= stop()) };
}

async function openStores({
  profileDir,
  workers,
  clock,
  settings,
  showWork,
}: EngineOptions): Promise<readonly [Store, Store]> {
  const open = (name: 'market' | 'monitor'): Promise<Store> =>
    openStore({
      name,
      file: join(profileDir, `${name}.db`),
      spoolDir: join(profileDir, 'spool'),
      workers,
      clock,
      retention: () => settings.retention,
      ...(showWork && { showWork }),
    });
  const market = await open('market');
  try {
    return [market, await open('monitor')];
  } catch (error) {
    await market.close();
    throw error;
  }
}

function recordSlot(monitor: Store, slot: SlotEvent, onError: (error: unknown) => void): void {
  const { collectorId, slotAtMs, outcome, run } = slot;
  const slotPart = packRows('slots', [
    { collectorId, slotAtMs, outcome, runId: run?.id ?? null, detail: run?.error?.message ?? null },
  ]);
  const id = run ? `run:${run.id}` : `slot:${collectorId}:${slotAtMs}:${outcome}`;
  monitor.write({ id, parts: run ? [packRows('runs', [runRow(run)]), slotPart] : [slotPart] }).catch(onError);
}

function runRow(run: RunReport): Parameters<typeof packRows<'runs'>>[1][number] {
  const { rejected, error, ...same } = run;
  return {
    ...same,
    rejected: rejected.reduce((sum, { count }) => sum + count, 0),
    errorClass: error?.class ?? null,
    errorMessage: error?.message ?? null,
  };
}

/** Class and plain sentence for whatever a run threw. */
function classify(error: unknown): RunError {
  if (error instanceof SourceError) return { class: error.class, message: error.message };
  if (error instanceof StorageError) return { class: 'storage', message: error.message };
  return { class: 'internal', message: describe(error) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
