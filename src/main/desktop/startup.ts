// How the program starts with the computer: a file of the desktop on Linux, the system's own list elsewhere.
import { app } from 'electron';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { StartupPort } from '../engine/application';
import type { Logger } from '../logging/logger';
import {
  autostartFile,
  mendAutostart,
  readAutostart,
  removeAutostart,
  type StartedProgram,
  writeAutostart,
} from './autostart';
import type { Flags } from './flags';

export interface StartupOptions {
  readonly flags: Flags;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly hasTrayHost: () => Promise<boolean>;
}

/** After ready. */
export function createStartup({ flags, log, hasTrayHost }: StartupOptions): StartupPort {
  const own = (hidden: boolean): StartedProgram => ({
    // Of an AppImage: what this process runs from is gone once it ends.
    path: process.env['APPIMAGE'] ?? process.execPath,
    args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...places(flags), ...(hidden ? ['--hidden'] : [])],
  });
  const file = process.platform === 'linux' ? autostartFile() : null;
  if (file !== null) mend(file, own, log);
  const isOn = (): boolean =>
    file === null ? app.getLoginItemSettings({ args: [...own(true).args] }).openAtLogin : readAutostart(file).enabled;
  return {
    async get() {
      return { unavailable: null, atLogin: isOn(), file, tray: await hasTrayHost() };
    },
    set({ atLogin, hidden }) {
      const program = own(hidden);
      try {
        if (file === null)
          app.setLoginItemSettings({ openAtLogin: atLogin, path: program.path, args: [...program.args] });
        else if (atLogin) writeAutostart(file, program);
        else removeAutostart(file);
        return Promise.resolve(ok(null));
      } catch (error) {
        return Promise.resolve(notChanged(error));
      }
    },
  };
}

/** True for a start by the system with the session that should show no window. */
export function startsHidden(flags: Flags, hiddenAtLogin: boolean): boolean {
  if (flags.hidden) return true;
  // There no argument reaches a program that the system starts.
  return process.platform === 'darwin' && hiddenAtLogin && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** The same data as now, wherever that lies. */
function places({ dataDir, userDataDir }: Flags): readonly string[] {
  return [
    ...(dataDir === null ? [] : [`--data-dir=${dataDir}`]),
    ...(userDataDir === null ? [] : [`--user-data-dir=${userDataDir}`]),
  ];
}

function mend(file: string, program: (hidden: boolean) => StartedProgram, log: StartupOptions['log']): void {
  try {
    if (mendAutostart(file, program))
      log.info({ file }, 'Poolwatch has moved: it is started at login from its new place');
  } catch (error) {
    log.warn({ err: error }, 'the autostart file could not be looked at');
  }
}

function notChanged(error: unknown): Result<never> {
  const why = error instanceof Error ? error.message : String(error);
  return fail('unavailable', `How Poolwatch starts could not be changed: ${why}`);
}
