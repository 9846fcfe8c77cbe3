// Addresses that the system hands to the program: macOS by an event that may come before anybody listens, the others as an argument.
import { app } from 'electron';
import type { Logger } from '../logging/logger';
import { LINK_SCHEME } from './deepLink';

export interface SystemLinks {
  /** Hears of the one that waits, if any, and of all that come. */
  follow(listener: (link: string) => void): void;
}

/** Before ready. */
export function catchLinks(): SystemLinks {
  let waiting: string | null = null;
  let listener: ((link: string) => void) | null = null;
  app.on('open-url', (event, url) => {
    event.preventDefault();
    if (listener) listener(url);
    else waiting = url;
  });
  return {
    follow(next) {
      listener = next;
      if (waiting !== null) next(waiting);
      waiting = null;
    },
  };
}

/** Only an installed program may claim addresses; on Linux its package does. */
export function claimLinks(log: Pick<Logger, 'warn'>): void {
  if (!app.isPackaged || process.platform === 'linux') return;
  if (!app.setAsDefaultProtocolClient(LINK_SCHEME)) log.warn({}, 'poolwatch: addresses do not lead here');
}
