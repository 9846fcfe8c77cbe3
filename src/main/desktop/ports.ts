// What the engine needs from the desktop: a place to save to, things to open outside. Only this file opens anything outside.
import { app, clipboard, dialog, Notification, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { join } from 'node:path';
import type { ApplicationPorts } from '../engine/application';
import { mayOpenExternally } from './externalLinks';
import { startLockingProgram } from './lockingProgram';

export interface DesktopParts extends Pick<ApplicationPorts, 'secrets' | 'showNotice' | 'startup' | 'updates'> {
  /** Over which dialogs open; null while there is none. */
  window(): BrowserWindow | null;
  /** The built program of the guided outage. */
  readonly lockHolderFile: string;
}

/**
 * In the browser of the person. Rejects for an address that we do not link to on purpose.
 * @param named the one page beside those that the settings file names
 */
export async function openOutside(url: string, named: string | null = null): Promise<void> {
  if (!mayOpenExternally(url, named)) throw new Error('This address may not be opened outside Poolwatch.');
  await shell.openExternal(url);
}

export function desktopPorts({ window, lockHolderFile, ...parts }: DesktopParts): ApplicationPorts {
  return {
    ...parts,
    async chooseSaveFile(suggestedName) {
      // Newer runtimes forget the last folder and older ones start anywhere: always say where.
      const options = { defaultPath: join(app.getPath('downloads'), suggestedName) };
      const parent = window();
      const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    async chooseOpenPlace(what) {
      const options: OpenDialogOptions = {
        defaultPath: app.getPath('downloads'),
        properties: [what === 'file' ? 'openFile' : 'openDirectory'],
      };
      const parent = window();
      const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    holdLock: (databaseFile, forMs) => startLockingProgram(lockHolderFile, databaseFile, forMs),
    takesNotices: () => Notification.isSupported(),
    openLink: (url) => openOutside(url),
    copyText(text) {
      // Newer runtimes answer when it is done; nobody waits for it.
      void clipboard.writeText(text);
    },
    async openFolder(path) {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new Error(`The folder could not be opened: ${problem}`);
    },
  };
}
