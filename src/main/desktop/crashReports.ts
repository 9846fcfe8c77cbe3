// Crashes of the program leave a dump in its own folder, and nothing is ever sent. Before ready: what crashes earlier leaves none.
import { app, crashReporter } from 'electron';
import { crashFolder, thinOutCrashDumps } from '../logging/crashDumps';

export function keepCrashDumps(rootDir: string): void {
  const folder = crashFolder(rootDir);
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
  void thinOutCrashDumps(folder);
}
