// The one window: made, shown when it has something to show, brought back when its page crashes. Knows nothing of what it displays.
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '../logging/logger';
import type { PageOrigin } from './pageOrigin';
import { SECURE_WEB_PREFERENCES } from './security';
import { MIN_HEIGHT, MIN_WIDTH, placeWindow } from './windowBounds';
import { recallBounds, rememberBounds } from './windowMemory';

/** Some compositors never report the first paint of a hidden window. */
const SHOW_AT_LATEST_MS = 3_000;
/** A page that crashes more often than this is brought back no faster. */
const RELOAD_SPACING_MS = 60_000;

/** The page's own background, so that opening and resizing never flash the other one. */
const BACKGROUND = { light: '#f6f7f9', dark: '#0c0e12' } as const;

export interface MainWindowOptions {
  readonly origin: PageOrigin;
  readonly preloadFile: string;
  readonly boundsFile: string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** Called for every new window before its page loads. */
  onCreated(window: BrowserWindow): void;
}

export interface MainWindow {
  /** Null before the first open and after the window has closed. */
  current(): BrowserWindow | null;
  /** @param place as for `reveal` */
  open(place?: string | null): void;
  /**
   * Brings the window to the front, opening or restoring it if need be.
   * @param place shown in it, as a hash; null leaves the page as it is
   */
  reveal(place?: string | null): void;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let current: BrowserWindow | null = null;
  const { startUrl } = options.origin;
  nativeTheme.on('updated', () => current?.setBackgroundColor(background()));
  const open = (url: string): void => {
    const window = build(options);
    current = window;
    window.once('closed', () => (current = null));
    options.onCreated(window);
    load(window, url, options);
  };
  return {
    current: () => current,
    open(place = null) {
      if (!current) open(`${startUrl}${place ?? ''}`);
    },
    reveal(place = null) {
      const url = place === null ? null : `${startUrl}${place}`;
      if (!current) return open(url ?? startUrl);
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
      // Within the page; loading where it already is would begin it anew.
      if (url !== null && current.webContents.getURL() !== url) load(current, url, options);
    },
  };
}

function build({ preloadFile, boundsFile, log }: MainWindowOptions): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const { maximized, ...place } = placeWindow(
    recallBounds(boundsFile),
    [primary, ...others].map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Poolwatch',
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: { ...SECURE_WEB_PREFERENCES, preload: preloadFile, v8CacheOptions: 'bypassHeatCheck' },
  });
  showWhenReady(window, maximized);
  rememberBounds(window, boundsFile);
  bringBackAfterCrash(window, log);
  return window;
}

function showWhenReady(window: BrowserWindow, maximized: boolean): void {
  const show = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isVisible()) return;
    if (maximized) window.maximize();
    window.show();
  };
  const timer = setTimeout(show, SHOW_AT_LATEST_MS);
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  window.once('closed', () => clearTimeout(timer));
}

function bringBackAfterCrash(window: BrowserWindow, log: MainWindowOptions['log']): void {
  let lastReloadMs = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const waitMs = Math.max(0, lastReloadMs + RELOAD_SPACING_MS - performance.now());
    log.error({ reason, exitCode, reloadInMs: Math.round(waitMs) }, 'the page crashed; collecting goes on');
    setTimeout(() => {
      if (window.isDestroyed()) return;
      lastReloadMs = performance.now();
      window.webContents.reload();
    }, waitMs);
  });
  window.on('unresponsive', () => log.warn({}, 'the page does not respond'));
}

function load(window: BrowserWindow, url: string, { log }: MainWindowOptions): void {
  window.loadURL(url).catch((error: unknown) => log.error({ err: error }, 'the page did not load'));
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
