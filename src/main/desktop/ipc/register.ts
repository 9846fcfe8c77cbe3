// Joins the window's two channels to the application through the guard, and sends patches while somebody can see them.
import type { BrowserWindow } from 'electron';
import { CHANNELS } from '../../../shared/contract/bridge';
import { WINDOW_COMMAND_SCHEMAS } from '../../engine/api/commandSchemas';
import { QUERY_SCHEMAS } from '../../engine/api/querySchemas';
import type { Application } from '../../engine/application';
import type { Logger } from '../../logging/logger';
import type { PageOrigin } from '../pageOrigin';
import type { WindowCalls } from './channels';
import { createGuard } from './guard';
import { PatchStream } from './patchStream';

export interface CallsOptions {
  readonly application: Application;
  readonly origin: PageOrigin;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** The window whose page may ask, or null while there is none. */
  window(): BrowserWindow | null;
}

export function windowCalls({ application, origin, log, window }: CallsOptions): WindowCalls {
  const rules = {
    isOwnWindow: (senderId: number) => window()?.webContents.id === senderId,
    isOwnUrl: (url: string) => origin.owns(url),
  };
  return {
    query: createGuard({ rules, schemas: QUERY_SCHEMAS, handlers: application.queries, log }),
    command: createGuard({ rules, schemas: WINDOW_COMMAND_SCHEMAS, handlers: application.commands, log }),
  };
}

/**
 * Sends patches to `window` until it closes, but none while it is hidden or minimised. Whatever else follows the program is no reason
 * to wake a page that nobody sees; once it is shown again, one patch brings it up to date.
 */
export function streamPatches(window: BrowserWindow, application: Application): void {
  const { webContents } = window;
  let watched = true;
  const stream = new PatchStream((text) => {
    if (!webContents.isDestroyed()) webContents.send(CHANNELS.patch, text);
  }, application.snapshot().collectors);
  const unsubscribe = application.onPatch((patch) => stream.add(patch, watched));
  const goOn = (): void => {
    stream.taken();
    if (watched) stream.flush();
  };
  webContents.ipc.on(CHANNELS.taken, goOn);
  // A page that has just begun has taken nothing, and is to be told all the same.
  webContents.on('did-finish-load', goOn);
  const watch = (): void => {
    watched = window.isVisible() && !window.isMinimized();
    application.setWatched(watched);
    if (!watched) return;
    // Changes that nobody was told of become a patch now.
    application.snapshot();
    stream.flush();
  };
  window.on('show', watch);
  window.on('hide', watch);
  window.on('minimize', watch);
  window.on('restore', watch);
  window.once('closed', () => {
    unsubscribe();
    application.setWatched(false);
  });
  watch();
}
