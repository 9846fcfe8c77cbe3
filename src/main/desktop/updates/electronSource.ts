// Asks the feed with electron-updater, which verifies the SHA-512 of what it downloads, and the signature where the system has one
// (not on Linux). Everything that it does by itself is switched off: who asks, downloads and installs when is decided elsewhere.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { AppUpdater, autoUpdater } from 'electron-updater';
import type { Logger } from '../../logging/logger';
import type { OwnPackage } from './ownPackage';
import { replaceFile } from './replaceFile';
import type { FoundUpdate, UpdateSource } from './updateSource';

const ANSWERS_WITHIN_MS = 60_000;
/** Where downloads are kept, below the caches of the user. */
const CACHE_FOLDER = 'poolwatch-updates';

export interface ElectronSourceOptions {
  readonly own: OwnPackage;
  /** For the one file that the updater reads its cache's name from. */
  readonly userDataDir: string;
  readonly log: Pick<Logger, 'debug'>;
}

export function createElectronSource({ own, userDataDir, log }: ElectronSourceOptions): UpdateSource {
  const updater = newUpdater(own);
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableDifferentialDownload = true;
  updater.logger = {
    info: (text: unknown) => log.debug({}, String(text)),
    warn: (text: unknown) => log.debug({}, String(text)),
    error: (text: unknown) => log.debug({}, String(text)),
  };
  // It would send a number that stays the same for ever: every copy is the same one to the feed.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  const configuration = join(userDataDir, 'updates', 'app-update.yml');
  return {
    async ask(feedUrl) {
      mkdirSync(join(userDataDir, 'updates'), { recursive: true });
      writeFileSync(configuration, `updaterCacheDirName: ${CACHE_FOLDER}\n`);
      updater.updateConfigPath = configuration;
      updater.setFeedURL({ provider: 'generic', url: feedUrl, channel: 'latest' });
      const answer = await inTime(updater.checkForUpdates()).catch((error: unknown) => {
        throw new Error(clauseOf(error), { cause: error });
      });
      return answer?.isUpdateAvailable === true ? found(updater, answer.updateInfo.version) : null;
    },
    install(file) {
      if (own.kind === 'appimage') {
        replaceFile(own.file, file);
        app.relaunch({ execPath: own.file, args: process.argv.slice(1) });
      } else updater.quitAndInstall(false, true);
    },
  };
}

/** The one for the kind of package where there is one; elsewhere one that can only ask. */
function newUpdater(own: OwnPackage): AppUpdater {
  return own.kind === 'by_hand' ? new AskingUpdater() : autoUpdater;
}

class AskingUpdater extends AppUpdater {
  constructor() {
    super(null);
  }

  override isUpdaterActive(): boolean {
    return true;
  }

  override quitAndInstall(): void {
    throw new Error('this kind of package does not replace itself');
  }

  protected override doDownloadUpdate(): Promise<never> {
    return Promise.reject(new Error('this kind of package does not replace itself'));
  }
}

function found(updater: AppUpdater, version: string): FoundUpdate {
  return {
    version,
    async download(onPercent) {
      const listen = ({ percent }: { readonly percent: number }): void => onPercent(percent);
      updater.on('download-progress', listen);
      try {
        const [file] = await updater.downloadUpdate();
        if (file === undefined) throw new Error('the feed names no file for this system');
        return file;
      } catch (error) {
        throw new Error(clauseOf(error), { cause: error });
      } finally {
        updater.off('download-progress', listen);
      }
    },
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it did not answer in time')), ANSWERS_WITHIN_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The updater puts stacks and whole answers into its messages. */
function clauseOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  switch (code) {
    case 'ERR_CHECKSUM_MISMATCH':
      return 'the file that came is not the one that it promises (another SHA-512), and was thrown away';
    case 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND':
      return 'it has no list of versions for this system';
    case 'ERR_UPDATER_INVALID_UPDATE_INFO':
    case 'ERR_UPDATER_INVALID_VERSION':
    case 'ERR_UPDATER_NO_CHECKSUM':
    case 'ERR_UPDATER_NO_FILES_PROVIDED':
      return 'its list of versions cannot be used';
    default:
      return (message ?? String(error)).split('\n')[0]?.slice(0, 200) ?? 'it did not answer';
  }
}
