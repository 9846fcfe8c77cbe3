// Notices as notifications of the desktop. A click brings the incident into the window. Where the desktop shows none, it says so and
// nothing else happens: tray and inbox carry the same.
import { Notification } from 'electron';
import type { Message, SendOutcome } from '../../shared/domain/delivery';
import { noticeImage } from './trayImages';
import type { TrayIcon } from './trayView';

/** A desktop that has said neither "shown" nor "failed" by then says neither. */
const SAID_WITHIN_MS = 3_000;
/** As many can be clicked on later; older ones are only read. */
const KEPT = 50;

const NO_DESKTOP = { kind: 'suppressed', reason: 'This desktop shows no notifications.' } as const;

export interface NotifierOptions {
  /** Null for what belongs to no incident. */
  onClick(incidentId: string | null): void;
  /** The button of a notification, on desktops whose notifications have buttons. */
  onSnooze(incidentId: string): void;
}

export function createNotifier({ onClick, onSnooze }: NotifierOptions): (message: Message) => Promise<SendOutcome> {
  // Without a reference the runtime collects them, and clicks are lost.
  const kept = new Set<Notification>();
  return async (message) => {
    if (!Notification.isSupported()) return NO_DESKTOP;
    const snoozable = message.kind === 'resolved' ? null : message.incidentId;
    const notification = new Notification({
      title: message.title,
      body: message.body,
      urgency: message.severity === 'critical' ? 'critical' : 'normal',
      // Elsewhere the system puts the program's own icon there.
      ...(process.platform === 'linux' && { icon: noticeImage(iconOf(message)) }),
      ...(snoozable !== null && { actions: [{ type: 'button', text: 'Snooze for 1 hour' }] }),
      silent: message.severity === 'info' || message.kind === 'resolved',
    });
    kept.add(notification);
    for (const oldest of kept) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    notification.on('close', () => kept.delete(notification));
    notification.on('click', () => {
      kept.delete(notification);
      onClick(message.incidentId);
    });
    if (snoozable !== null) notification.on('action', () => onSnooze(snoozable));
    return await shown(notification);
  };
}

function iconOf({ kind, severity }: Message): TrayIcon {
  if (kind === 'resolved' || severity === 'info') return 'ok';
  return severity === 'critical' ? 'down' : 'degraded';
}

async function shown(notification: Notification): Promise<SendOutcome> {
  return await new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ kind: 'suppressed', reason: 'The desktop did not say that it showed the notification.' }),
      SAID_WITHIN_MS,
    );
    const settle = (outcome: SendOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    notification.on('show', () => settle({ kind: 'sent' }));
    notification.on('failed', (_event, error) =>
      settle({
        kind: 'suppressed',
        reason: `The desktop did not show the notification${error === '' ? '.' : `: ${error}`}`,
      }),
    );
    notification.show();
  });
}
