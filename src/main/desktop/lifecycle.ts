// From the first window to "the process ends": joins the application, the page and the window, and owns no rule of its own.
import { app, type BrowserWindow, powerMonitor } from 'electron';
import { join } from 'node:path';
import type { Settings } from '../../shared/domain/settings';
import type { Application, StartableApplication } from '../engine/application';
import { prepareApplication } from '../engine/createApplication';
import { slotLine } from '../engine/slotLine';
import { systemClock } from '../engine/systemClock';
import { openLogger, type Logger } from '../logging/logger';
import { showBadge } from './badge';
import { incidentTarget, linkTarget } from './deepLink';
import { logFolder } from '../logging/readLog';
import type { Flags } from './flags';
import type { FirstWindow } from './firstWindow';
import { trayComes } from './hiddenStart';
import { windowCalls, WindowPatches } from './ipc/register';
import { systemKeychain } from './keychain';
import { staysWithoutWindow } from './leaveOrStay';
import { claimLinks, type SystemLinks } from './links';
import { installMenu } from './menu';
import { createNotifier } from './notifier';
import { desktopPorts, openOutside } from './ports';
import { followPower } from './power';
import type { Profile } from './profile';
import { isTestBuild, runtimeVersions } from './runtimeInfo';
import { secondStart } from './secondStart';
import { openSecretStore } from './secrets';
import { createShutdown } from './shutdown';
import { followTheme } from './theme';
import { snoozeForAnHour } from './snooze';
import { createStartup, startsHidden } from './startup';
import { showTray } from './tray';
import { hasTrayHost } from './trayHost';
import { startUpdates } from './updates/startUpdates';
import type { Updates } from './updates/updates';
import type { MainWindow } from './window';

/** Making it takes the same processor as the threads of the market and the first calls with what they bring. */
const PICTURE_FIRST = { takesMs: 250, runsAfterMs: 1_500 } as const;

const END_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface DesktopOptions {
  readonly flags: Flags;
  readonly profile: Profile;
  readonly links: SystemLinks;
  /** Absolute folder of the built main process; the other bundles lie beside it. */
  readonly mainDir: string;
  readonly first: FirstWindow;
}

/** Resolves once all is open. Rejects with an Error for a person when the program cannot start; nothing is lost then. */
export async function openDesktop({ flags, profile, links, mainDir, first }: DesktopOptions): Promise<void> {
  const log = await openLogger(logFolder(profile.rootDir));
  first.log.continueIn(log);
  const { window, origin } = first;
  installMenu({
    developer: !app.isPackaged,
    press: (keyCode, withControl) => pressKey(window.current(), keyCode, withControl),
  });

  const showNotice = createNotifier({
    onClick: (incidentId) => window.reveal(placeOf(incidentId)),
    onSnooze: (incidentId) => void snoozeForAnHour(application, [incidentId], log),
  });
  const updates = startUpdates({
    userDataDir: profile.userDataDir,
    log,
    settings: async () => (await savedSettings(application)).updates,
    openPage: (url) => openOutside(url, url),
  });
  const secrets = await openSecretStore(join(profile.rootDir, 'secrets.json'), await systemKeychain(), log);
  const application: StartableApplication = await prepareApplication(
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
      pictureFirst: PICTURE_FIRST,
      logger: log,
      ...(process.env['POOLWATCH_PRINT_RUNS'] === '1' && {
        onSlot: (slot) => process.stdout.write(`${slotLine(slot)}\n`),
      }),
    },
    desktopPorts({
      window: () => window.current(),
      secrets,
      showNotice,
      startup: createStartup({ flags, log, hasTrayHost }),
      updates,
      lockHolderFile: join(mainDir, 'lockHolder.js'),
    }),
  );
  followTheme(application);
  const patches = new WindowPatches(application);
  first.connect({
    calls: windowCalls({ application, origin, log, patches, window: window.current }),
    onCreated: (created) => patches.follow(created),
  });

  const stays = async (): Promise<boolean> =>
    await staysWithoutWindow({
      userDataDir: profile.userDataDir,
      wantsToStay: async () => (await savedSettings(application)).window.closeToTray,
      hasTrayHost,
      showNotice,
    });
  leaveInPhases({ application, window, updates, log, stays });
  showTray({ application, log, open: (incidentId) => window.reveal(placeOf(incidentId)), quit: () => app.quit() });
  showBadge({ application, window: window.current });
  followPower(application);
  claimLinks(log);
  const { hiddenAtLogin } = (await savedSettings(application)).window;
  const isSeen = first.isOpen || !startsHidden(flags, hiddenAtLogin);
  if (isSeen) window.open();
  await application.start();
  if (!isSeen) await hideInTray(window, log);
  links.follow((link) => window.reveal(linkTarget(link)));
}

async function hideInTray(window: MainWindow, log: Logger): Promise<void> {
  if (await trayComes({ clock: systemClock, hasTrayHost })) return log.info({}, 'started without a window');
  log.warn({}, 'there is no tray to hide in, so the window is shown');
  window.open();
}

function placeOf(incidentId: string | null): string | null {
  return incidentId === null ? null : incidentTarget(incidentId);
}

const WITHOUT_SETTINGS: Pick<Settings, 'window' | 'updates'> = {
  window: { closeToTray: false, hiddenAtLogin: false },
  updates: { feedUrl: null, releasePageUrl: null },
};

async function savedSettings({ queries }: Application): Promise<Pick<Settings, 'window' | 'updates'>> {
  const settings = await queries['settings.get'](null);
  return settings.ok ? settings.value : WITHOUT_SETTINGS;
}

/** The window hears it as if a person had pressed it there. */
function pressKey(window: BrowserWindow | null, keyCode: string, withControl: boolean): void {
  const modifiers: ('control' | 'meta')[] = withControl ? [process.platform === 'darwin' ? 'meta' : 'control'] : [];
  for (const type of ['keyDown', 'keyUp'] as const) window?.webContents.sendInputEvent({ type, keyCode, modifiers });
}

interface WayOut {
  readonly application: Application;
  readonly window: MainWindow;
  readonly updates: Pick<Updates, 'installNow'>;
  readonly log: Logger;
  stays(): Promise<boolean>;
}

/** Every way out (closing the window where nothing stays behind, the menus, the system, a signal) is the same way. */
function leaveInPhases({ application, window, updates, log, stays }: WayOut): void {
  let leaving = false;
  let isStopped = false;
  const shutdown = createShutdown({
    clock: systemClock,
    log,
    phases: [
      { name: 'close the window', run: () => window.current()?.destroy() },
      {
        name: 'stop the application',
        async run() {
          await application.stop();
          isStopped = true;
        },
      },
      {
        name: 'install the update',
        // Never over databases that may still be open.
        run() {
          if (isStopped) updates.installNow();
        },
      },
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
  app.on('second-instance', (_event, _argv, _cwd, said) => {
    const { link, hidden } = secondStart(said);
    if (!leaving && !hidden) window.reveal(link === null ? null : linkTarget(link));
  });
  app.on('activate', () => {
    if (!leaving) window.reveal();
  });
  // The session ends: on Windows no other event says so.
  app.on('browser-window-created', (_event, created) => created.on('session-end', () => leave('the session ends')));
  powerMonitor.on('shutdown', () => leave('the system shuts down'));
  for (const signal of END_SIGNALS) process.on(signal, () => leave(signal));
}
