// Notices on the desktop. They are a bonus over the tray and the inbox: a desktop that shows none is no failure of a channel.
import { DESKTOP_CHANNEL, type Message, type SendOutcome } from '../../../shared/domain/delivery';
import type { Channel, RateLimit } from '../channel';

const TOASTS: RateLimit = { burst: 3, everyMs: 30_000 };

/** Shows a message on the desktop; never rejects. Where there is no desktop, says so. */
export type ShowNotice = (message: Message) => Promise<SendOutcome>;

export function desktopChannel(show: ShowNotice): Channel {
  return { id: DESKTOP_CHANNEL, limit: TOASTS, send: (message) => show(message) };
}
