// Keeps the badge of the program's icon: a number on macOS and where a Linux desktop has one, a small picture in the task bar of
// Windows. Elsewhere it does nothing, without a word.
import { app, type BrowserWindow } from 'electron';
import type { SnapshotSlices } from '../../shared/contract/snapshot';
import type { Application } from '../engine/application';
import { type BadgeView, badgeView } from './badgeView';
import { trayImage } from './trayImages';

export interface BadgeOptions {
  readonly application: Pick<Application, 'snapshot' | 'follow'>;
  /** Null while there is none. */
  window(): BrowserWindow | null;
}

/** Follows the snapshot for as long as the program runs. */
export function showBadge({ application, window }: BadgeOptions): void {
  let view: BadgeView = badgeView(application.snapshot());
  const show = (): void => {
    if (process.platform === 'win32') {
      window()?.setOverlayIcon(view.worst === null ? null : trayImage(view.worst), view.words);
    } else app.setBadgeCount(view.count);
  };
  application.follow(({ slices: { alerts } }) => {
    if (alerts === undefined) return;
    const next = badgeView({ alerts } satisfies Pick<SnapshotSlices, 'alerts'>);
    if (next.count === view.count && next.worst === view.worst) return;
    view = next;
    show();
  });
  // In Windows it belongs to the window, and a new one has none.
  app.on('browser-window-created', (_event, created) => created.once('ready-to-show', show));
  show();
}
