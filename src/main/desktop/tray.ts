// The one tray icon: says by its shape how things are, and takes the orders that matter without a window. Everything it offers is
// in the window, too: many desktops have no tray, and nothing may depend on it.
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { SnapshotSlices } from '../../shared/contract/snapshot';
import { formatQuantity } from '../../shared/util/format';
import type { Application } from '../engine/application';
import type { Logger } from '../logging/logger';
import { snoozeForAnHour } from './snooze';
import { trayImage } from './trayImages';
import { type TrayIcon, trayView, type TrayView } from './trayView';

export interface TrayOptions {
  readonly application: Application;
  readonly log: Pick<Logger, 'warn'>;
  /** Brings the window to the front, with an incident open if there is one. */
  open(incidentId: string | null): void;
  quit(): void;
}

/** Follows the snapshot for as long as the program runs; one icon for its whole life, as desktops show a second one nowhere. */
export function showTray(options: TrayOptions): void {
  const { application, log } = options;
  let tray: Tray;
  try {
    tray = new Tray(trayImage('ok'));
  } catch (error) {
    log.warn({ err: error }, 'there is no icon in the tray');
    return;
  }
  tray.on('click', () => options.open(null));
  let shown: { readonly icon: TrayIcon; readonly text: string } | null = null;
  const show = (now: SnapshotSlices): void => {
    const view = trayView(now);
    const text = JSON.stringify(view);
    if (shown?.text === text) return;
    if (shown?.icon !== view.icon) tray.setImage(trayImage(view.icon));
    tray.setToolTip(view.tooltip);
    // On Linux a menu is only seen as it was when it was set.
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(view, options)));
    shown = { icon: view.icon, text };
  };
  let slices: SnapshotSlices = application.snapshot();
  show(slices);
  application.follow((patch) => {
    slices = { ...slices, ...patch.slices };
    show(slices);
  });
}

function menuOf(view: TrayView, { application, log, open, quit }: TrayOptions): MenuItemConstructorOptions[] {
  const order = (what: string, orders: readonly Promise<{ readonly ok: boolean }>[]): void => {
    void Promise.all(orders).then((answers) => {
      const refused = answers.filter(({ ok }) => !ok).length;
      if (refused > 0) log.warn({ what, refused }, 'an order from the tray was refused');
    });
  };
  const snooze = (): void => void snoozeForAnHour(application, view.snoozable, log);
  const pauseOrResume = (): void => {
    const { commands } = application;
    const { collectors } = application.snapshot();
    if (view.pausing === 'pause_all') {
      const running = collectors.filter(({ pause }) => pause === null);
      order(
        'pause',
        running.map(({ id }) => commands['collector.pause']({ collectorId: id, untilMs: null })),
      );
    } else {
      order(
        'resume',
        collectors.map(({ id }) => commands['collector.resume']({ collectorId: id })),
      );
    }
  };
  const problems: MenuItemConstructorOptions[] = view.problems.map(({ label, incidentId }) => ({
    label: plain(label),
    click: () => open(incidentId),
  }));
  if (view.moreProblems > 0)
    problems.push({ label: `and ${formatQuantity(view.moreProblems, 'more problem')}…`, click: () => open(null) });
  if (problems.length === 0) problems.push({ label: plain(view.state), enabled: false });
  return [
    ...problems,
    { type: 'separator' },
    { label: 'Snooze all for 1 hour', enabled: view.snoozable.length > 0, click: snooze },
    {
      label: view.pausing === 'resume_all' ? 'Resume collecting' : 'Pause collecting',
      enabled: view.pausing !== null,
      click: pauseOrResume,
    },
    { type: 'separator' },
    { label: 'Open Poolwatch', click: () => open(null) },
    { label: 'Quit', click: quit },
  ];
}

/** In a menu an ampersand marks a letter. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
