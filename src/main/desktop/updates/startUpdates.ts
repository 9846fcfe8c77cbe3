// Joins the looking after updates with what the system says of power, and loads the updater only once a feed is asked.
import { app, powerMonitor } from 'electron';
import type { UpdateSettings } from '../../../shared/domain/settings';
import { systemClock } from '../../engine/systemClock';
import type { Logger } from '../../logging/logger';
import { ownPackage, type OwnPackage } from './ownPackage';
import { Updates } from './updates';
import type { UpdateSource } from './updateSource';

export interface StartUpdatesOptions {
  readonly userDataDir: string;
  readonly log: Logger;
  settings(): Promise<UpdateSettings>;
  openPage(url: string): Promise<void>;
}

/** After ready. */
export function startUpdates({ userDataDir, log, settings, openPage }: StartUpdatesOptions): Updates {
  const own = ownPackage({
    isPackaged: app.isPackaged,
    platform: process.platform,
    appImage: process.env['APPIMAGE'],
  });
  const updates = new Updates({
    version: app.getVersion(),
    own,
    environment: process.env,
    clock: systemClock,
    log,
    source: lateSource(own, userDataDir, log),
    settings,
    isOnBattery: () => powerMonitor.isOnBatteryPower(),
    openPage,
    // Whoever ordered it is answered first.
    restart: () => void setImmediate(() => app.quit()),
  });
  powerMonitor.on('resume', () => updates.woke());
  updates.start();
  return updates;
}

function lateSource(own: OwnPackage, userDataDir: string, log: Logger): UpdateSource {
  let source: UpdateSource | null = null;
  return {
    async ask(feedUrl) {
      source ??= (await import('./electronSource')).createElectronSource({ own, userDataDir, log });
      return await source.ask(feedUrl);
    },
    install: (file) => source?.install(file),
  };
}
