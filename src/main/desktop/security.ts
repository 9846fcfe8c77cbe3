// What no page may ever do, whatever it contains: leave, open windows, embed, download, or be granted anything. Denied by default
// on every session and every webContents there is or will be; new kinds of permission are therefore denied before we know them.
import { app, session, type Session, type WebContents, type WebPreferences } from 'electron';
import type { Logger } from '../logging/logger';
import type { PageOrigin } from './pageOrigin';

/** Electron's defaults said in words, and a few stricter. `preload` is added by the window. */
export const SECURE_WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
} as const satisfies WebPreferences;

/** Before ready. Adding the sandbox switch beats `--no-sandbox`, and renderers of root then die in a loop: so only without it. */
export function enforceSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

export type SecurityLog = Pick<Logger, 'warn'>;

/** After ready and before the first window. */
export function lockDown(origin: PageOrigin, log: SecurityLog): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, origin, log));
  app.on('session-created', (created) => lockSession(created, log));
  lockSession(session.defaultSession, log);
}

function lockContents(contents: WebContents, origin: PageOrigin, log: SecurityLog): void {
  const refuseStrangers = (event: { readonly url: string; preventDefault(): void }): void => {
    if (origin.owns(event.url)) return;
    event.preventDefault();
    log.warn({ scheme: schemeOf(event.url) }, 'refused to leave the page');
  };
  contents.on('will-navigate', refuseStrangers);
  contents.on('will-frame-navigate', refuseStrangers);
  contents.on('will-redirect', refuseStrangers);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn({ scheme: schemeOf(url) }, 'refused to open a window');
    return { action: 'deny' };
  });
}

function lockSession(locked: Session, log: SecurityLog): void {
  const told = new Set<string>();
  const tellOnce = (kind: string): void => {
    if (told.has(kind)) return;
    told.add(kind);
    log.warn({ permission: kind }, 'refused a permission');
  };
  locked.setPermissionCheckHandler((_contents, permission) => {
    tellOnce(permission);
    return false;
  });
  locked.setPermissionRequestHandler((_contents, permission, answer) => {
    tellOnce(permission);
    answer(false);
  });
  locked.setDevicePermissionHandler(() => false);
  // Answering without streams is how a request to capture the screen is refused.
  locked.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  locked.on('will-download', (event) => {
    event.preventDefault();
    log.warn({}, 'refused a download');
  });
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : 'none';
}
