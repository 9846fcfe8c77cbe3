// The program without a screen: settings, one engine for the chosen source, the snapshot, and a handler for every query and
// command. Switching the source stops one engine and starts another; the window keeps its snapshot stream throughout.
import { join } from 'node:path';
import { NO_ALERTS } from '../../shared/contract/alerts';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { AppSlice, AppSnapshot, Banner, SnapshotSlices } from '../../shared/contract/snapshot';
import { snapshotText } from '../../shared/contract/snapshotWire';
import type { Settings, SourceMode } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { PowerEvent } from '../../shared/util/sleepWatch';
import type { DeliveryPorts } from '../delivery/startDelivery';
import type { DemoMarket } from '../demo/startDemoMarket';
import { openLogger, type Logger } from '../logging/logger';
import { needsRestart } from '../settings/settingsChange';
import { logFolder } from '../logging/readLog';
import { openSettings, type SettingsStore } from '../settings/settingsStore';
import { SnapshotHub } from '../snapshot/hub';
import { judge } from '../snapshot/verdict';
import type { ShowWork, WorkerFiles } from '../storage/store';
import {
  API_KEY_SECRET,
  type Application,
  type ApplicationPorts,
  type CommandHandlers,
  type QueryHandlers,
} from './application';
import { requireWritableFolder } from './dataFolder';
import { startDemoProfile } from './demoProfile';
import { Doors, shownDoors } from './doors';
import { startEngine, type Engine } from './engine';
import type { RunStart, SlotEvent } from './engineOptions';
import { FirstStart } from './firstStart';
import { profileFor, replacedSections, settingsFor } from './profiles';
import { alertCommands, alertQueries } from './handlers/alertHandlers';
import { backfillCommands, backfillQueries } from './handlers/backfillHandlers';
import { collectorCommands, collectorQueries } from './handlers/collectorHandlers';
import { describeError, type HandlerContext, type PortThreads } from './handlers/context';
import { databaseCommands, databaseQueries } from './handlers/databaseHandlers';
import { DiagnosticHandlers } from './handlers/diagnosticHandlers';
import { demoCommands } from './handlers/demoHandlers';
import { deliveryCommands, deliveryQueries } from './handlers/deliveryHandlers';
import { exportCommands } from './handlers/exportHandlers';
import { healthQueries } from './handlers/healthHandlers';
import { importCommands } from './handlers/importHandlers';
import { logCommands, logQueries } from './handlers/logHandlers';
import { marketQueries } from './handlers/marketHandlers';
import { metricCommands, metricQueries } from './handlers/metricHandlers';
import { operationCommands } from './handlers/operationHandlers';
import { OperationBoard } from './operationBoard';
import { qualityQueries } from './handlers/qualityHandlers';
import { retentionQueries } from './handlers/retentionHandlers';
import { settingsCommands, settingsQueries, type SettingsSubject } from './handlers/settingsHandlers';
import { hostCommands } from './handlers/hostHandlers';
import { timelineQueries } from './handlers/timelineHandlers';
import { watchlistCommands, watchlistQueries } from './handlers/watchlistHandlers';
import { openControlSocket, type ControlSocket } from './socket/controlSocket';
import { systemClock } from './systemClock';

/** Handlers that are made beside those of the engine. */
type SeparateQuery = keyof DiagnosticHandlers['queries'] | keyof ReturnType<typeof settingsQueries>;
type SeparateCommand = keyof DiagnosticHandlers['commands'] | keyof ReturnType<typeof settingsCommands>;

const HOME_PAGE = 'https://www.geckoterminal.com/';
const HOST_REFRESH_MS = 1_000;

export interface ApplicationOptions {
  /** Settings, profiles and logs live here; created when absent. */
  readonly rootDir: string;
  /** Overrides the saved source for this start only. */
  readonly modeOverride: SourceMode | null;
  readonly workers: WorkerFiles & PortThreads & { readonly demoMarket: string };
  readonly appVersion: string;
  readonly runtime: Readonly<Record<string, string>>;
  readonly testBuild: boolean;
  /** Hears of every slot, for a terminal without a window to look at. */
  readonly onSlot?: (slot: SlotEvent) => void;
  /** `on_request` also keeps the local socket closed: such a program is over in a moment. `by_schedule` when not said. */
  readonly runStart?: RunStart;
  /** In place of parts of the saved source, for this start only. */
  readonly sourceOverride?: Partial<Settings['source']>;
  /** Instead of log files in the data folder, which only one process at a time may write. */
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** Answers before it has started, too: its snapshot says so at once, what needs an engine waits for the first one. */
export interface StartableApplication extends Application {
  /** Once. Rejects with a one-sentence Error when the data are in use or cannot be opened. */
  start(): Promise<void>;
}

/** Rejects with a one-sentence Error when the data folder cannot be used. */
export async function prepareApplication(
  options: ApplicationOptions,
  ports: ApplicationPorts,
): Promise<StartableApplication> {
  requireWritableFolder(options.rootDir);
  const settings = openSettings(options.rootDir);
  const logger = options.logger ?? (await openLogger(logFolder(options.rootDir)));
  return new RunningApplication(options, ports, settings, logger);
}

/** Prepared and started. Rejects with a one-sentence Error when the data folder cannot be used or is in use. */
export async function createApplication(options: ApplicationOptions, ports: ApplicationPorts): Promise<Application> {
  const application = await prepareApplication(options, ports);
  await application.start();
  return application;
}

class RunningApplication implements StartableApplication {
  readonly queries: QueryHandlers;
  readonly commands: CommandHandlers;
  readonly #options: ApplicationOptions;
  readonly #ports: ApplicationPorts;
  readonly #settings: SettingsStore;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #hub: SnapshotHub;
  readonly #operations: OperationBoard;
  readonly #doors: Doors;
  readonly #startedAtMs: number;
  #banners: readonly Banner[] = [];
  #mode: SourceMode;
  /** What the running engine goes by; the demo market overrides parts of what is saved. */
  #inEffect: Settings;
  #engine: Engine | null = null;
  #market: DemoMarket | null = null;
  #socket: ControlSocket | null = null;
  #hostTimer: { cancel(): void } | null = null;
  #switching: Promise<unknown> = Promise.resolve();
  #stopping: Promise<void> | null = null;
  readonly #firstStart = new FirstStart();

  constructor(options: ApplicationOptions, ports: ApplicationPorts, settings: SettingsStore, logger: Logger) {
    this.#options = options;
    this.#ports = ports;
    this.#settings = settings;
    this.#logger = logger;
    this.#clock = options.clock ?? systemClock;
    this.#startedAtMs = this.#clock.wallMs();
    this.#mode = options.modeOverride ?? settings.get().source.mode ?? 'demo';
    this.#inEffect = settings.get();
    this.#hub = new SnapshotHub(this.#clock, this.#emptySlices());
    this.#operations = new OperationBoard(this.#clock, (operations) => this.#hub.replace('operations', operations));
    this.#doors = new Doors({
      clock: this.#clock,
      logger,
      userAgent: `Poolwatch/${options.appVersion}`,
      settings: () => settings.get().doors,
      snapshot: () => this.#hub.current(),
      onProblem: (message) => this.#addBanner('doors', 'warning', message),
    });
    const context: HandlerContext = {
      clock: this.#clock,
      ports,
      operations: this.#operations,
      threads: options.workers,
      engine: () => this.#engine,
      mode: () => this.#mode,
      settings: () => this.#inEffect,
    };
    const diagnostics = new DiagnosticHandlers(context, options);
    const subject: SettingsSubject = {
      ...options,
      saved: settings.get,
      settingsFile: () => settings.file,
      mode: () => this.#mode,
      apply: (next) => this.#exclusively(() => this.#applySettings(next)),
    };
    this.queries = this.#firstStart.awaitedBy({
      ...this.#createQueries(context),
      ...diagnostics.queries,
      ...settingsQueries(context, subject),
    });
    this.commands = this.#firstStart.awaitedBy({
      ...this.#createCommands(context),
      ...diagnostics.commands,
      ...settingsCommands(context, subject),
    });
  }

  async start(): Promise<void> {
    if (this.#settings.problem) this.#addBanner('settings', 'warning', this.#settings.problem);
    const starting = this.#startEngine();
    // Whoever stops it meanwhile stops it when it has started, or has failed to.
    this.#switching = starting.catch(() => undefined);
    void this.#switching.then(() => this.#firstStart.isOver());
    await starting;
    this.#refreshHosts();
  }

  snapshot(): AppSnapshot {
    return this.#hub.current();
  }

  onPatch(listener: Parameters<SnapshotHub['onPatch']>[0]): () => void {
    return this.#hub.onPatch(listener);
  }

  follow(listener: Parameters<SnapshotHub['follow']>[0]): () => void {
    return this.#hub.follow(listener);
  }

  setWatched(watched: boolean): void {
    this.#hub.setWatched(watched);
  }

  power(event: PowerEvent): void {
    this.#logger.info({ event }, 'the system told of its sleep');
    this.#engine?.power(event);
  }

  async finishRuns(reason: string, graceMs: number): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    await engine.scheduler.stop(reason, graceMs);
    this.#hub.replace('databases', [engine.market.status(), engine.monitor.status()]);
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#switching.then(async () => {
      this.#hostTimer?.cancel();
      await this.#operations.close();
      this.#hub.close();
      await this.#stopEngine();
    }));
  }

  async #startEngine(): Promise<void> {
    const apiKey = this.#mode === 'live' ? await this.#ports.secrets.get(API_KEY_SECRET) : null;
    if (this.#mode === 'demo') {
      this.#market = await startDemoProfile(this.#options.workers.demoMarket, (message) =>
        this.#addBanner('demo-market', 'error', message),
      );
    }
    const profile = profileFor(
      this.#options.rootDir,
      this.#overridden(this.#settings.get()),
      this.#mode,
      apiKey,
      this.#market?.baseUrl ?? null,
    );
    this.#inEffect = profile.settings;
    try {
      this.#engine = await startEngine(
        {
          profileDir: profile.dir,
          source: profile.source,
          settings: profile.settings,
          retention: () => this.#settings.get().retention,
          workers: this.#options.workers,
          clock: this.#clock,
          logger: this.#logger.child({ mode: this.#mode }),
          showWork: (kind, database, title, run) => this.#showWork(kind, database, title, run),
          userAgent: `Poolwatch/${this.#options.appVersion}`,
          ...(this.#options.runStart && { runStart: this.#options.runStart }),
          ...(this.#options.runStart !== 'on_request' && { delivery: this.#deliveryPorts(), doors: this.#doors }),
        },
        {
          onCollectors: (slices) => {
            this.#hub.replace('collectors', slices);
            this.#refreshVerdict();
          },
          onDatabases: (statuses) => {
            this.#hub.replace('databases', statuses);
            this.#refreshVerdict();
          },
          onHosts: (hosts) => this.#hub.replace('hosts', hosts),
          onAlerts: (alerts) => {
            this.#hub.replace('alerts', alerts);
            this.#refreshVerdict();
          },
          onSlot: (slot) => this.#options.onSlot?.(slot),
          onProblem: (id, message) => this.#addBanner(id, 'warning', message),
        },
      );
    } catch (error) {
      await this.#stopEngine();
      throw error;
    }
    this.#hub.replace('app', this.#appSlice());
    await this.#listen(profile.dir);
  }

  #deliveryPorts(): DeliveryPorts {
    return {
      showNotice: (message) => this.#ports.showNotice(message),
      secrets: this.#ports.secrets,
      settings: () => this.#settings.get().notifications,
      saveSettings: (notifications) => void this.#settings.update((settings) => ({ ...settings, notifications })),
    };
  }

  /** Without it the program works as well; only the command line does not reach it. */
  async #listen(profileDir: string): Promise<void> {
    if (this.#options.runStart === 'on_request') return;
    await this.#doors.open(join(profileDir, 'state'));
    try {
      this.#socket = await openControlSocket({
        stateDir: join(profileDir, 'state'),
        clock: this.#clock,
        log: this.#logger,
        application: this,
      });
    } catch (error) {
      this.#addBanner('socket', 'warning', describeError(error));
    }
  }

  async #stopEngine(): Promise<void> {
    await this.#socket?.close();
    this.#socket = null;
    await this.#engine?.stop();
    await this.#doors.close();
    this.#engine = null;
    await this.#market?.stop();
    this.#market = null;
  }

  #createQueries(context: HandlerContext): Omit<QueryHandlers, SeparateQuery> {
    return {
      'snapshot.get': () => Promise.resolve(ok(this.#hub.current())),
      'snapshot.text': () => Promise.resolve(ok(snapshotText(this.#hub.current()))),
      'settings.get': () => {
        const { appearance, doors } = this.#settings.get();
        return Promise.resolve(ok({ ...this.#inEffect, appearance, doors: shownDoors(doors) }));
      },
      ...collectorQueries(context),
      ...databaseQueries(context),
      ...marketQueries(context),
      ...watchlistQueries(context),
      ...backfillQueries(context),
      ...qualityQueries(context),
      ...retentionQueries(context),
      ...healthQueries(context),
      ...alertQueries(context),
      ...metricQueries(context),
      ...deliveryQueries(context),
      ...timelineQueries(context),
      ...logQueries(this.#options.rootDir),
      'doors.status': () => Promise.resolve(ok(this.#doors.status())),
    };
  }

  #createCommands(context: HandlerContext): Omit<CommandHandlers, SeparateCommand> {
    return {
      ...collectorCommands(context),
      ...hostCommands(context),
      ...databaseCommands(context),
      ...exportCommands(context),
      ...importCommands(context),
      ...watchlistCommands(context),
      ...backfillCommands(context),
      ...operationCommands(context),
      ...alertCommands(context),
      ...metricCommands(context),
      ...deliveryCommands(context),
      ...demoCommands(context),
      ...logCommands(this.#options.rootDir, this.#ports),
      'source.use': (args) => this.#exclusively(() => this.#useSource(args)),
      'appearance.setTheme': ({ theme }) => {
        this.#settings.update((settings) => ({ ...settings, appearance: { ...settings.appearance, theme } }));
        this.#hub.replace('app', this.#appSlice());
        return Promise.resolve(ok(null));
      },
      'text.copy': ({ text }) => {
        this.#ports.copyText(text);
        return Promise.resolve(ok(null));
      },
      'banner.dismiss': ({ id }) => {
        this.#banners = this.#banners.filter((banner) => banner.id !== id || !banner.dismissible);
        this.#hub.replace('banners', this.#banners);
        return Promise.resolve(ok(null));
      },
      'link.open': async ({ link }) => {
        if (link === 'geckoterminal') await this.#ports.openLink(HOME_PAGE);
        else await this.#ports.openFolder(this.#options.rootDir);
        return ok(null);
      },
    };
  }

  /** Work that a database begins by itself; while a person has ordered the same, it waits for another day. */
  async #showWork(...[kind, database, title, run]: Parameters<ShowWork>): Promise<void> {
    const started = this.#operations.start({ kind, subject: database, title: `${title}, ${database}.db` }, run);
    if (started.ok) await started.value.ended;
  }

  /** Switches run one after the other; the last one wins. */
  #exclusively<T>(change: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#stopping) return Promise.resolve(fail('unavailable', 'Poolwatch is stopping.'));
    const done = this.#switching.then(change);
    this.#switching = done.catch(() => undefined);
    return done;
  }

  async #useSource({
    mode,
    keyPlan,
    apiKey,
  }: Parameters<CommandHandlers['source.use']>[0]): ReturnType<CommandHandlers['source.use']> {
    const previous = {
      mode: this.#mode,
      source: this.#settings.get().source,
      apiKey: await this.#ports.secrets.get(API_KEY_SECRET),
    };
    if (keyPlan !== 'none' && apiKey === null && previous.apiKey === null)
      return fail('bad_request', 'This plan needs an API key.');
    const keepsKey = mode === 'demo' || (keyPlan !== 'none' && apiKey === null);
    try {
      await this.#restartAs(mode, { ...previous.source, mode, keyPlan }, keepsKey ? previous.apiKey : apiKey);
    } catch (error) {
      this.#addBanner('source', 'error', `The source could not be switched: ${describeError(error)}`);
      await this.#restartAs(previous.mode, previous.source, previous.apiKey);
      return fail('unavailable', describeError(error));
    }
    const kept = this.#ports.secrets.isPersistent() ? 'keychain' : 'memory';
    return ok({ keyStored: mode === 'live' && keyPlan !== 'none' ? kept : 'none' });
  }

  /** Saves the choice and starts an engine for it; the engine before it has ended then. */
  async #restartAs(mode: SourceMode, source: Settings['source'], apiKey: string | null): Promise<void> {
    await this.#ports.secrets.set(API_KEY_SECRET, apiKey);
    await this.#restartWith(mode, { ...this.#settings.get(), source });
  }

  /** Saves the settings and starts an engine that goes by them; the engine before it has ended then. */
  async #restartWith(mode: SourceMode, settings: Settings): Promise<void> {
    this.#settings.update(() => settings);
    await this.#operations.cancelAll();
    await this.#stopEngine();
    this.#mode = mode;
    this.#hub.replace('collectors', []);
    this.#hub.replace('alerts', NO_ALERTS);
    this.#hub.replace('app', this.#appSlice());
    await this.#startEngine();
  }

  #overridden(settings: Settings): Settings {
    return { ...settings, source: { ...settings.source, ...this.#options.sourceOverride } };
  }

  /** Long work in progress would be called off by a new beginning, so it is waited for by whoever wants one. */
  async #applySettings(next: Settings): Promise<Result<null>> {
    const previous = this.#settings.get();
    const before = this.#inEffect;
    const after = settingsFor(this.#overridden(next), this.#mode);
    if (!needsRestart(before, after, replacedSections(this.#mode))) {
      this.#settings.update(() => next);
      this.#inEffect = after;
      this.#hub.replace('app', this.#appSlice());
      return ok(null);
    }
    const atWork = this.#operations.list().find(({ endedAtMs }) => endedAtMs === null);
    if (atWork)
      return fail(
        'conflict',
        `Collecting would begin anew, and this is under way: ${atWork.title}. Try again when it has ended.`,
      );
    try {
      await this.#restartWith(this.#mode, next);
    } catch (error) {
      this.#addBanner('settings', 'error', `The settings could not be used: ${describeError(error)}`);
      await this.#restartWith(this.#mode, previous);
      return fail('unavailable', describeError(error));
    }
    return ok(null);
  }

  #refreshVerdict(): void {
    const { verdict, collectors, databases, alerts } = this.#hub.peek();
    const next = judge(collectors, databases, alerts.incidents);
    if (next.level === verdict.level && next.sentence === verdict.sentence && next.cause === verdict.cause) return;
    const sinceMs = next.level === verdict.level ? verdict.sinceMs : this.#clock.wallMs();
    this.#hub.replace('verdict', { ...next, sinceMs });
  }

  /** Calls leave the sliding window without an event, so the budget is read again now and then. */
  #refreshHosts(): void {
    this.#hostTimer = this.#clock.after(HOST_REFRESH_MS, () => {
      const hosts = this.#engine?.hosts() ?? [];
      if (JSON.stringify(hosts) !== JSON.stringify(this.#hub.peek().hosts)) this.#hub.replace('hosts', hosts);
      this.#refreshHosts();
    });
  }

  #addBanner(id: string, level: Banner['level'], message: string): void {
    this.#logger.warn({ banner: id }, message);
    this.#banners = [...this.#banners.filter((banner) => banner.id !== id), { id, level, message, dismissible: true }];
    this.#hub.replace('banners', this.#banners);
  }

  #emptySlices(): SnapshotSlices {
    return {
      app: this.#appSlice(),
      verdict: { level: 'starting', sentence: 'Starting…', cause: null, sinceMs: this.#startedAtMs },
      collectors: [],
      databases: [],
      hosts: [],
      banners: [],
      operations: [],
      alerts: NO_ALERTS,
    };
  }

  #appSlice(): AppSlice {
    const { source, appearance } = this.#settings.get();
    return {
      version: this.#options.appVersion,
      mode: this.#mode,
      keyPlan: source.keyPlan,
      theme: appearance.theme,
      motion: appearance.motion,
      startedAtMs: this.#startedAtMs,
      dataDir: this.#options.rootDir,
      runtime: this.#options.runtime,
      testBuild: this.#options.testBuild,
    };
  }
}
