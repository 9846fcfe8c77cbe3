// Joins the window's two channels to the application through the guard, and sends patches while somebody can see them.
import type { BrowserWindow } from 'electron';
import { CHANNELS, type Envelope } from '../../../shared/contract/bridge';
import type { QueryName } from '../../../shared/contract/queries';
import { WINDOW_COMMAND_SCHEMAS } from '../../engine/api/commandSchemas';
import { QUERY_SCHEMAS } from '../../engine/api/querySchemas';
import type { Application } from '../../engine/application';
import type { Logger } from '../../logging/logger';
import type { PageOrigin } from '../pageOrigin';
import type { WindowCalls } from './channels';
import { createGuard } from './guard';
import { PatchStream } from './patchStream';

const WHOLE_SNAPSHOT: QueryName = 'snapshot.text';

export interface CallsOptions {
  readonly application: Application;
  readonly origin: PageOrigin;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly patches: Pick<WindowPatches, 'begin'>;
  /** The window whose page may ask, or null while there is none. */
  window(): BrowserWindow | null;
}

export function windowCalls({ application, origin, log, patches, window }: CallsOptions): WindowCalls {
  const rules = {
    isOwnWindow: (senderId: number) => window()?.webContents.id === senderId,
    isOwnUrl: (url: string) => origin.owns(url),
  };
  const answerQuery = createGuard({ rules, schemas: QUERY_SCHEMAS, handlers: application.queries, log });
  return {
    async query(caller, payload) {
      const answer = await answerQuery(caller, payload);
      if (answer.ok && (payload as readonly Envelope[])[0]?.name === WHOLE_SNAPSHOT) patches.begin(caller.senderId);
      return answer;
    },
    command: createGuard({ rules, schemas: WINDOW_COMMAND_SCHEMAS, handlers: application.commands, log }),
  };
}

/**
 * Sends each window patches until it closes, once its page has asked for the whole snapshot; but none while it is hidden or minimised.
 * Whatever else follows the program is no reason to wake a page that nobody sees; once it is shown again, one patch brings it up to date.
 */
export class WindowPatches {
  readonly #application: Application;
  /** By the id of their contents. */
  readonly #streams = new Map<number, PatchStream>();

  constructor(application: Application) {
    this.#application = application;
  }

  /** The page of this window is being answered with the whole snapshot. */
  begin(contentsId: number): void {
    this.#streams.get(contentsId)?.begin();
  }

  follow(window: BrowserWindow): void {
    const application = this.#application;
    const { webContents } = window;
    let watched = true;
    const stream = new PatchStream((text) => {
      if (!webContents.isDestroyed()) webContents.send(CHANNELS.patch, text);
    }, application.snapshot().collectors);
    this.#streams.set(webContents.id, stream);
    const unsubscribe = application.onPatch((patch) => stream.add(patch, watched));
    webContents.ipc.on(CHANNELS.taken, () => {
      stream.taken();
      if (watched) stream.flush();
    });
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
    const contentsId = webContents.id;
    window.once('closed', () => {
      unsubscribe();
      this.#streams.delete(contentsId);
      application.setWatched(false);
    });
    watch();
  }
}
