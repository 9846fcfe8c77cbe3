// The program without a screen: settings, one engine for the chosen source, the snapshot, and a handler for every query and
// command. Switching the source stops one engine and starts another; the window keeps its snapshot stream throughout.
import { join } from 'node:path';
import { NO_ALERTS } from '../../shared/contract/alerts';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { AppSlice, AppSnapshot } from '../../shared/contract/snapshot';
import { snapshotText } from '../../shared/contract/snapshotWire';
import type { Settings, SourceMode } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { PowerEvent } from '../../shared/util/sleepWatch';
import type { DemoMarket } from '../demo/startDemoMarket';
import { openLogger, type Logger } from '../logging/logger';
import { needsRestart } from '../settings/settingsChange';
import { logFolder } from '../logging/readLog';
import { openSettings, type SettingsStore } from '../settings/settingsStore';
import { SnapshotHub } from '../snapshot/hub';
import { refreshVerdict } from '../snapshot/refreshVerdict';
import type { ShowWork } from '../storage/store';
import {
  API_KEY_SECRET,
  type Application,
  type ApplicationPorts,
  type CommandHandlers,
  type QueryHandlers,
  type StartableApplication,
} from './application';
import type { ApplicationOptions } from './applicationOptions';
import { appSlice, emptySlices } from './appSlice';
import { BannerBoard } from './bannerBoard';
import { requireWritableFolder } from './dataFolder';
import { deliveryPorts } from './deliveryPorts';
import { startDemoProfile } from './demoProfile';
import { Doors, shownDoors } from './doors';
import { startEngine, type Engine } from './engine';
import { FirstStart } from './firstStart';
import { profileFor, replacedSections, settingsFor } from './profiles';
import { describeError, type HandlerContext } from './handlers/context';
import { engineCommands, engineQueries } from './handlers/engineHandlers';
import { DiagnosticHandlers } from './handlers/diagnosticHandlers';
import { OneAfterAnother } from './oneAfterAnother';
import { OperationBoard } from './operationBoard';
import { settingsCommands, settingsQueries, type SettingsSubject } from './handlers/settingsHandlers';
import { openControlSocket, type ControlSocket } from './socket/controlSocket';
import { systemClock } from './systemClock';

/** Handlers that are made beside those of the engine. */
type SeparateQuery = keyof DiagnosticHandlers['queries'] | keyof ReturnType<typeof settingsQueries>;
type SeparateCommand = keyof DiagnosticHandlers['commands'] | keyof ReturnType<typeof settingsCommands>;

const HOST_REFRESH_MS = 1_000;

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
  readonly #banners: BannerBoard;
  readonly #doors: Doors;
  readonly #switches = new OneAfterAnother();
  readonly #startedAtMs: number;
  #mode: SourceMode;
  /** What the running engine goes by; the demo market overrides parts of what is saved. */
  #inEffect: Settings;
  #engine: Engine | null = null;
  #market: DemoMarket | null = null;
  #socket: ControlSocket | null = null;
  #hostTimer: { cancel(): void } | null = null;
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
    this.#hub = new SnapshotHub(this.#clock, emptySlices(this.#appSlice()));
    this.#banners = new BannerBoard(logger, (banners) => this.#hub.replace('banners', banners));
    this.#operations = new OperationBoard(this.#clock, (operations) => this.#hub.replace('operations', operations));
    this.#doors = new Doors({
      clock: this.#clock,
      logger,
      userAgent: `Poolwatch/${options.appVersion}`,
      settings: () => settings.get().doors,
      snapshot: () => this.#hub.current(),
      onProblem: (message) => this.#banners.add('doors', 'warning', message),
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
    if (this.#settings.problem) this.#banners.add('settings', 'warning', this.#settings.problem);
    // Whoever stops it meanwhile stops it when it has started, or has failed to.
    await this.#switches.run(() => this.#startEngine()).finally(() => this.#firstStart.isOver());
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
    return (this.#stopping ??= this.#switches.ended().then(async () => {
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
        this.#banners.add('demo-market', 'error', message),
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
          ...(this.#options.pictureFirst && { pictureFirst: this.#options.pictureFirst }),
          ...(this.#options.runStart !== 'on_request' && {
            delivery: deliveryPorts(this.#ports, this.#settings),
            doors: this.#doors,
          }),
        },
        {
          onCollectors: (slices) => {
            this.#hub.replace('collectors', slices);
            refreshVerdict(this.#hub, this.#clock);
          },
          onDatabases: (statuses) => {
            this.#hub.replace('databases', statuses);
            refreshVerdict(this.#hub, this.#clock);
          },
          onHosts: (hosts) => this.#hub.replace('hosts', hosts),
          onAlerts: (alerts) => {
            this.#hub.replace('alerts', alerts);
            refreshVerdict(this.#hub, this.#clock);
          },
          onSlot: (slot) => this.#options.onSlot?.(slot),
          onProblem: (id, message) => this.#banners.add(id, 'warning', message),
        },
      );
    } catch (error) {
      await this.#stopEngine();
      throw error;
    }
    this.#hub.replace('app', this.#appSlice());
    this.#hub.flush();
    await this.#listen(profile.dir);
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
      this.#banners.add('socket', 'warning', describeError(error));
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
      ...engineQueries(context, this.#options),
      'doors.status': () => Promise.resolve(ok(this.#doors.status())),
    };
  }

  #createCommands(context: HandlerContext): Omit<CommandHandlers, SeparateCommand> {
    return {
      ...engineCommands(context, this.#options),
      'source.use': (args) => this.#exclusively(() => this.#useSource(args)),
      'appearance.setTheme': ({ theme }) => {
        this.#settings.update((settings) => ({ ...settings, appearance: { ...settings.appearance, theme } }));
        this.#hub.replace('app', this.#appSlice());
        return Promise.resolve(ok(null));
      },
      'banner.dismiss': ({ id }) => {
        this.#banners.dismiss(id);
        return Promise.resolve(ok(null));
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
    return this.#switches.run(change);
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
      this.#banners.add('source', 'error', `The source could not be switched: ${describeError(error)}`);
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
      this.#banners.add('settings', 'error', `The settings could not be used: ${describeError(error)}`);
      await this.#restartWith(this.#mode, previous);
      return fail('unavailable', describeError(error));
    }
    return ok(null);
  }

  /** Calls leave the sliding window without an event, so the budget is read again now and then. */
  #refreshHosts(): void {
    this.#hostTimer = this.#clock.after(HOST_REFRESH_MS, () => {
      const hosts = this.#engine?.hosts() ?? [];
      if (JSON.stringify(hosts) !== JSON.stringify(this.#hub.peek().hosts)) this.#hub.replace('hosts', hosts);
      this.#refreshHosts();
    });
  }

  #appSlice(): AppSlice {
    return appSlice(this.#options, this.#settings.get(), this.#mode, this.#startedAtMs);
  }
}
