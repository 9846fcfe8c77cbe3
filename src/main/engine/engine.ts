// One profile at work: databases, API client and scheduler, built and joined by hand. Free of Electron, so the desktop, the
// command line, tests and benches run the very same thing.
import { join } from 'node:path';
import type { AlertsSlice } from '../../shared/contract/alerts';
import type { ApiHostSlice, CollectorSlice } from '../../shared/contract/snapshot';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { CollectorId, RunError } from '../../shared/domain/collector';
import type { CollectorEvent } from '../../shared/domain/collectorEvent';
import type { DatabaseName, DatabaseStatus } from '../../shared/domain/database';
import type { HealthReport, HealthTests } from '../../shared/domain/health';
import type { PowerEvent } from '../../shared/util/sleepWatch';
import type { Clock } from '../../shared/util/clock';
import type { AlertEngine } from '../alerts/alertEngine';
import { startAlerts } from '../alerts/startAlerts';
import { createCollectors } from '../collectors/registry';
import { startSamples } from '../monitoring/startSamples';
import { runCollector, type RunServices } from '../scheduling/collectorRun';
import { Scheduler, type SlotEvent } from '../scheduling/scheduler';
import { type DeliveryDesk, startDelivery } from '../delivery/startDelivery';
import { SourceError } from '../sources/http/sourceError';
import type { CallEvent } from '../sources/geckoterminal/onchainClient';
import type { MarketSource } from '../sources/marketSource';
import { openSource } from '../sources/openSource';
import { type PreparedStore, prepareStore } from '../storage/openStore';
import { StorageError, type Store } from '../storage/store';
import { alertFacts } from './alertFacts';
import { awaitSpool } from './awaitSpool';
import { Backfill } from './backfill';
import { requireWritableFolder } from './dataFolder';
import { databasePlaces } from './databasePlaces';
import type { EngineOptions } from './engineOptions';
import { healthReport } from './health/healthReport';
import { loadHistory } from './history';
import { watchEngine } from './monitoring';
import { fileLimiterState } from './limiterFile';
import { lockProfile } from './profileLock';
import { Coalesced } from './coalesced';
import { RunCounts } from './runCounts';
import { RunLog } from './runLog';
import { recordEvent, recordSlot } from './runRecord';
import { loadPauses, savePauses } from './stateFiles';
import { StorageSampler } from './storageSampler';
import { storedReadings } from './storedReadings';
import { heldUp, surroundings } from './surroundings';

/** More than an hour of them: none that is older is sent any more. */
const NOTICES_LOOKED_AT = 500;

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
  onAlerts(alerts: AlertsSlice): void;
  /** Something the person should read: a damaged state file, history that could not be loaded. */
  onProblem(id: string, message: string): void;
}

export interface Engine {
  readonly scheduler: Scheduler;
  readonly market: Store;
  readonly monitor: Store;
  readonly backfill: Backfill;
  /** Where it works and whom it asks, for a diagnosis. */
  readonly place: {
    readonly profileDir: string;
    readonly baseUrl: string;
    readonly isKeyed: boolean;
    readonly userAgent: string;
  };
  readonly alerts: AlertEngine;
  /** Null where nobody is told. */
  readonly delivery: DeliveryDesk | null;
  hosts(): readonly ApiHostSlice[];
  /** What the system tells of its sleep; without it a sleep is told by the gap that it leaves in time. */
  power(event: PowerEvent): void;
  /** Asks a host that is down at once whether it is back. */
  probeHost(host: string): Result<null>;
  /** Looks at both databases from outside their threads, and judges what it sees. */
  health(tests: HealthTests): Promise<HealthReport>;
  /** Stops collecting, then closes the databases; what was acknowledged is durable. */
  stop(): Promise<void>;
}

/** Rejects with a readable Error when the profile is in use or its folder cannot be written. */
export async function startEngine(options: EngineOptions, listener: EngineListener): Promise<Engine> {
  const { profileDir, clock, logger } = options;
  const stateDir = join(profileDir, 'state');
  requireWritableFolder(stateDir);
  const unlock = lockProfile(join(stateDir, 'profile.lock'));
  const counts = new RunCounts(clock);
  const clientEvents = new ClientEvents();
  const runLog = new RunLog(logger, clock.wallMs());
  try {
    const { baseUrl, callsPerMinute, apiKey } = options.source;
    const client = openSource(apiKey, {
      baseUrl,
      callsPerMinute,
      clock,
      userAgent: options.userAgent,
      limiterState: fileLimiterState(join(stateDir, 'api-budget.json')),
      onCall: (call) => {
        counts.note(call.outcome === 'throttled');
        listener.onHosts([client.status()]);
        runLog.called(call);
        clientEvents.called(call);
      },
      onPhase: (phase) => counts.phase(phase),
      contextOf: () => counts.callContext(),
      onHostEvent: (event) => clientEvents.hostMoved(event),
      ...(options.http ? { http: options.http } : {}),
    });
    const { store: monitor, open: openMonitor } = preparedStore('monitor', options);
    const { store: market, open: openMarket } = preparedStore('market', options);
    try {
      await openMonitor();
      return await assemble(options, listener, {
        ...{ client, counts, clientEvents, runLog, market, openMarket, monitor, stateDir, unlock },
      });
    } catch (error) {
      // Whoever gets the profile next must find nobody at the databases.
      await Promise.allSettled([market.close(), monitor.close(), client.close()]);
      throw error;
    }
  } catch (error) {
    unlock();
    logger.error({ error: describe(error) }, 'the engine could not start');
    throw error;
  }
}

/** The client is made before whoever wants to hear of its calls and its host. */
class ClientEvents {
  called: (call: CallEvent) => void = () => undefined;
  hostMoved: (event: CollectorEvent) => void = () => undefined;
}

interface Parts {
  readonly client: MarketSource;
  readonly counts: RunCounts;
  readonly clientEvents: ClientEvents;
  readonly runLog: RunLog;
  readonly market: Store;
  readonly openMarket: () => Promise<void>;
  readonly monitor: Store;
  readonly stateDir: string;
  readonly unlock: () => void;
}

async function assemble(options: EngineOptions, listener: EngineListener, parts: Parts): Promise<Engine> {
  const { clock, logger, settings } = options;
  const { client, counts, market, monitor, runLog } = parts;
  const statuses = (): readonly DatabaseStatus[] => [market.status(), monitor.status()];
  const report = (): void => {
    listener.onDatabases(statuses());
    for (const store of [market, monitor]) runLog.operated(store.name, store.operations());
  };
  market.onStatus(report);
  monitor.onStatus(report);

  const collectors = options.collectors ?? createCollectors();
  await awaitSpool(monitor, options.storageClock ?? clock);
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
    write: (batch) => runLog.written(batch, () => market.write(batch)),
    context: {
      client,
      clock,
      settings,
      read: (name, args) => market.read(name, args),
    },
    classify,
    counted: (request, step) => counts.counted(request, step),
    countsOf: (runId) => counts.take(runId),
    isHeldUp: () => client.status().throttledUntilMs !== null,
  };
  const scheduler: Scheduler = new Scheduler({
    clock,
    plans: collectors.map((collector) => ({
      collector,
      ...settings.collectors[collector.id],
      startsAfter: STARTS_AFTER[collector.id] ?? null,
      reachesBackMs: collector.reachesBackMs?.(settings) ?? 0,
    })),
    history,
    pauses,
    run: (request) =>
      runLog.during(request, () =>
        runCollector(services, {
          ...request,
          onStep(step) {
            counts.alive(request.runId);
            request.onStep(step);
          },
        }),
      ),
    onSlot(slot) {
      recordSlot(monitor, slot, unrecorded);
      runLog.slotEnded(slot);
      listener.onSlot(slot);
      watch.slotEnded(slot.collectorId, slot);
    },
    savePauses: (next) => savePauses(pausesPath, next),
    onEvent,
    onChange: () => shown.changed(),
    policy: settings.recovery,
    heldUp: (forMs) => heldUp(clock, client.status(), market.status(), forMs),
    surroundings: () => surroundings(client.status(), market.status()),
    random: Math.random,
  });
  const shown = new Coalesced(clock, () => listener.onCollectors(scheduler.slices()));
  parts.clientEvents.hostMoved = (event) => {
    onEvent(event);
    watch.hostMoved(event);
    listener.onHosts([client.status()]);
    if (event.kind === 'breaker_closed') scheduler.hostRecovered();
  };
  // What earlier sessions know is on the screen while the rest is opened: each of its threads takes a tenth of a second of a processor.
  listener.onCollectors(scheduler.slices());
  report();
  if (options.pictureFirst) await delayed(clock, options.pictureFirst.takesMs);
  await parts.openMarket();
  const delivery = options.delivery
    ? await startDelivery({
        ...options.delivery,
        clock,
        monitor,
        logger,
        userAgent: options.userAgent,
        otherSecrets: options.source.apiKey ? [options.source.apiKey.value] : [],
      })
    : null;

  const { alerts, stop: stopAlerts } = await startAlerts({
    clock,
    monitor,
    facts: alertFacts({
      collector: (id) => scheduler.slice(id),
      collectors: () => collectors.length,
      host: client.status().host,
      channelTitle: (id) => delivery?.channels.titleOf(id) ?? options.doors?.titleOf(id) ?? null,
    }),
    history: storedReadings(monitor, clock),
    onChange: () => alertsShown.changed(),
    notify(notices) {
      for (const notice of notices) delivery?.offer(notice);
    },
    onError: unrecorded,
  });
  const alertsShown = new Coalesced(clock, () => listener.onAlerts(alerts.view()));
  alerts.inbox(null, NOTICES_LOOKED_AT).then((said) => delivery?.restoreNotices([...said].reverse()), unrecorded);
  const samples =
    options.runStart === 'on_request' ? null : startSamples({ clock: options.storageClock ?? clock, monitor });
  const watch = watchEngine({
    options,
    scheduler,
    client,
    counts,
    market,
    monitor,
    onReadings(readings) {
      const all = [...readings, ...(delivery?.readings() ?? []), ...(options.doors?.readings() ?? [])];
      alerts.observe(all);
      options.doors?.judged(all);
      samples?.record(all);
    },
  });
  parts.clientEvents.called = (call) => watch.called(call);
  const sampler = new StorageSampler(options.storageClock ?? clock, [market, monitor], monitor);

  function unrecorded(error: unknown): void {
    logger.warn({ error: describe(error) }, 'a slot or event could not be recorded');
  }

  function onEvent(event: CollectorEvent): void {
    recordEvent(monitor, event, unrecorded);
    logger.info(event, 'the treatment of a collector or host changed');
  }

  scheduler.start(options.runStart, options.pictureFirst?.runsAfterMs);
  if (options.runStart === 'on_request') stopAlerts();
  else {
    sampler.start();
    watch.start();
  }
  listener.onCollectors(scheduler.slices());
  listener.onHosts([client.status()]);
  listener.onAlerts(alerts.view());
  report();
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    sampler.stop();
    watch.stop();
    samples?.stop();
    await scheduler.stop('Poolwatch is stopping.');
    stopAlerts();
    shown.stop();
    alertsShown.stop();
    await delivery?.stop();
    await Promise.allSettled([market.close(), monitor.close(), client.close()]);
    parts.unlock();
  };
  const backfill = new Backfill({
    client,
    clock,
    settings,
    read: services.context.read,
    write: services.write,
  });
  const storageClock = options.storageClock ?? clock;
  const places = databasePlaces(options.profileDir, options.workers, storageClock);
  return {
    ...{ scheduler, market, monitor, backfill, alerts, delivery },
    place: {
      profileDir: options.profileDir,
      baseUrl: options.source.baseUrl,
      isKeyed: options.source.apiKey !== null,
      userAgent: options.userAgent,
    },
    hosts: () => [client.status()],
    power(event) {
      for (const sleeper of [scheduler, watch, alerts]) sleeper.power(event);
    },
    probeHost: (host) => probeHost(client, host),
    health: (tests) =>
      healthReport(
        Object.values(places),
        (name) => (name === 'market' ? market : monitor).status(),
        tests,
        storageClock,
      ),
    stop: () => (stopping ??= stop()),
  };
}

function preparedStore(
  name: DatabaseName,
  { profileDir, workers, clock, storageClock, settings, retention, showWork }: EngineOptions,
): PreparedStore {
  return prepareStore({
    ...databasePlaces(profileDir, workers, storageClock ?? clock)[name],
    retention: retention ?? (() => settings.retention),
    ...(showWork && { showWork }),
  });
}

function delayed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}

function probeHost(client: MarketSource, host: string): Result<null> {
  if (client.status().host !== host) return fail('not_found', `Poolwatch does not call ${host}.`);
  if (client.probeNow()) return ok(null);
  const isDown = client.status().breaker.state !== 'closed';
  return fail(
    'conflict',
    isDown ? `${host} is being asked already.` : `${host} is not down: there is nothing to reset.`,
  );
}

/** Class and plain sentence for whatever a run threw. */
function classify(error: unknown): RunError {
  if (error instanceof SourceError)
    return { class: error.class, message: error.message, ...(error.excerpt && { excerpt: error.excerpt }) };
  if (error instanceof StorageError) return { class: 'storage', message: error.message };
  return { class: 'internal', message: describe(error) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
