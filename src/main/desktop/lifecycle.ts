// From "Electron is ready" to "the process ends": joins the application, the page and the window, and owns no rule of its own.
import { app } from 'electron';
import { join } from 'node:path';
import { createApplication } from '../engine/createApplication';
import type { Application } from '../engine/application';
import { slotLine } from '../engine/slotLine';
import { systemClock } from '../engine/systemClock';
import { openLogger, type Logger } from '../logging/logger';
import { logFolder } from '../logging/readLog';
import type { Flags } from './flags';
import { registerIpc, streamPatches } from './ipc/register';
import { systemKeychain } from './keychain';
import { staysWithoutWindow } from './leaveOrStay';
import { installMenu } from './menu';
import { createNotifier } from './notifier';
import { pageOrigin } from './pageOrigin';
import { desktopPorts } from './ports';
import type { Profile } from './profile';
import { serveAppFiles } from './protocol';
import { isTestBuild, runtimeVersions } from './runtimeInfo';
import { openSecretStore } from './secrets';
import { lockDown } from './security';
import { createShutdown } from './shutdown';
import { followTheme } from './theme';
import { snoozeForAnHour } from './snooze';
import { showTray } from './tray';
import { hasTrayHost } from './trayHost';
import { createMainWindow, type MainWindow } from './window';

const END_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface DesktopOptions {
  readonly flags: Flags;
  readonly profile: Profile;
  /** Absolute folder of the built main process; the other bundles lie beside it. */
  readonly mainDir: string;
}

/** Resolves once the window is open. Rejects with an Error for a person when the program cannot start; nothing is lost then. */
export async function openDesktop({ flags, profile, mainDir }: DesktopOptions): Promise<void> {
  const log = await openLogger(logFolder(profile.rootDir));
  const origin = pageOrigin(app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null));
  lockDown(origin, log);
  serveAppFiles(join(mainDir, '..', 'renderer'));
  installMenu({ developer: !app.isPackaged });

  const showNotice = createNotifier({
    onClick: (incidentId) => window.reveal(incidentId),
    onSnooze: (incidentId) => void snoozeForAnHour(application, [incidentId], log),
  });
  const secrets = await openSecretStore(join(profile.rootDir, 'secrets.json'), await systemKeychain(), log);
  const application: Application = await createApplication(
    {
      rootDir: profile.rootDir,
      modeOverride: flags.modeOverride,
      workers: {
        writer: join(mainDir, 'storageWriter.js'),
        reader: join(mainDir, 'storageReader.js'),
        exporter: join(mainDir, 'exporter.js'),
        importer: join(mainDir, 'importer.js'),
        demoMarket: join(mainDir, 'demoMarket.js'),
      },
      appVersion: app.getVersion(),
      runtime: runtimeVersions(),
      testBuild: isTestBuild(),
      logger: log,
      ...(process.env['POOLWATCH_PRINT_RUNS'] === '1' && {
        onSlot: (slot) => process.stdout.write(`${slotLine(slot)}\n`),
      }),
    },
    desktopPorts(() => window.current(), secrets, showNotice),
  );
  const window: MainWindow = createMainWindow({
    origin,
    preloadFile: join(mainDir, '..', 'preload', 'index.cjs'),
    boundsFile: join(profile.userDataDir, 'window.json'),
    log,
    onCreated: (created) => streamPatches(created, application),
  });

  const stays = async (): Promise<boolean> =>
    await staysWithoutWindow({
      userDataDir: profile.userDataDir,
      wantsToStay: async () => {
        const settings = await application.queries['settings.get'](null);
        return settings.ok && settings.value.window.closeToTray;
      },
      hasTrayHost,
      showNotice,
    });
  leaveInPhases(application, window, log, stays);
  showTray({ application, log, open: window.reveal, quit: () => app.quit() });
  await followTheme(application);
  registerIpc({ application, origin, log, window: window.current });
  window.open();
}

/** Every way out (closing the window where nothing stays behind, the menus, the system, a signal) is the same way. */
function leaveInPhases(application: Application, window: MainWindow, log: Logger, stays: () => Promise<boolean>): void {
  let leaving = false;
  const shutdown = createShutdown({
    clock: systemClock,
    log,
    phases: [
      { name: 'close the window', run: () => window.current()?.destroy() },
      { name: 'stop the application', run: () => application.stop() },
    ],
    exit: (code) => app.exit(code),
  });
  const leave = (reason: string): void => {
    leaving = true;
    void shutdown(reason);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    leave('quit');
  });
  app.on('window-all-closed', () => {
    if (leaving) return;
    void stays()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'whether to go on without a window could not be told');
        return false;
      })
      .then((staying) => {
        if (!staying && window.current() === null) leave('the window was closed');
      });
  });
  app.on('second-instance', () => {
    if (!leaving) window.reveal();
  });
  for (const signal of END_SIGNALS) process.on(signal, () => leave(signal));
}
