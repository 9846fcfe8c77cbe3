// The window before the program: as little as a page needs to load, so that it loads while everything else is read, evaluated and
// opened. What the page asks meanwhile waits in its channels. Must import nothing of the engine, which is what takes the time.
import { app, nativeTheme, type BrowserWindow } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { THEMES, type Theme } from '../../shared/domain/settings';
import { EarlyLog } from '../logging/earlyLog';
import { linkTarget } from './deepLink';
import type { Flags } from './flags';
import { openChannels, type WindowCalls } from './ipc/channels';
import { pageOrigin, type PageOrigin } from './pageOrigin';
import type { Profile } from './profile';
import { serveAppFiles } from './protocol';
import { lockDown } from './security';
import { createMainWindow, type MainWindow } from './window';

export interface FirstWindow {
  readonly origin: PageOrigin;
  readonly window: MainWindow;
  readonly log: EarlyLog;
  /** False where the program may start without a window, which only the settings tell on some systems. */
  readonly isOpen: boolean;
  /** From now on the pages are served: what has waited, too. */
  connect(program: ConnectedProgram): void;
}

export interface ConnectedProgram {
  readonly calls: WindowCalls;
  /** For every window, the first one included. */
  onCreated(window: BrowserWindow): void;
}

export interface FirstWindowOptions {
  readonly flags: Flags;
  readonly profile: Profile;
  /** Absolute folder of the built main process; the other bundles lie beside it. */
  readonly mainDir: string;
}

/** After ready. */
export function openFirstWindow({ flags, profile, mainDir }: FirstWindowOptions): FirstWindow {
  const log = new EarlyLog();
  const origin = pageOrigin(app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null));
  lockDown(origin, log);
  serveAppFiles(join(mainDir, '..', 'renderer'));
  nativeTheme.themeSource = savedTheme(profile.rootDir);

  let program: ConnectedProgram | null = null;
  const window = createMainWindow({
    origin,
    preloadFile: join(mainDir, '..', 'preload', 'index.cjs'),
    boundsFile: join(profile.userDataDir, 'window.json'),
    log,
    onCreated: (created) => program?.onCreated(created),
  });
  const answerFrom = openChannels();
  const place = flags.link === null ? null : linkTarget(flags.link);
  const isOpen = place !== null || (!flags.hidden && process.platform !== 'darwin');
  if (isOpen) window.open(place);
  return {
    origin,
    window,
    log,
    isOpen,
    connect(connected) {
      program = connected;
      const first = window.current();
      if (first) connected.onCreated(first);
      answerFrom(connected.calls);
    },
  };
}

/** For the first frame only, without a check of the whole file: the settings are read properly a moment later. */
function savedTheme(rootDir: string): Theme {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(rootDir, 'settings.json'), 'utf8'));
    const theme = (settings as { readonly appearance?: { readonly theme?: unknown } } | null)?.appearance?.theme;
    return THEMES.find((known) => known === theme) ?? 'system';
  } catch {
    return 'system';
  }
}
