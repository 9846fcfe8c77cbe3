// What the desktop offers around the window, for a diagnosis. Only looks.
import { app, Notification } from 'electron';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DesktopFacts } from '../../shared/domain/diagnostics';
import { hasTrayHost } from './trayHost';

const AUTOSTART_ENTRY = /poolwatch.*\.desktop$/i;

export async function desktopFacts(): Promise<DesktopFacts> {
  const [tray, startsAtLogin] = await Promise.all([hasTrayHost(), startsByItself()]);
  return { tray, notifications: Notification.isSupported(), startsAtLogin };
}

async function startsByItself(): Promise<boolean | null> {
  // Electron knows of login items on the other two only; desktops of Linux have a folder for it.
  if (process.platform !== 'linux') return app.getLoginItemSettings().openAtLogin;
  const folder = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'autostart');
  const entries = await readdir(folder).catch(() => []);
  return entries.some((name) => AUTOSTART_ENTRY.test(name));
}
