// Which folders this start uses, made and proved writable before anything else touches them.
import { app } from 'electron';
import { join } from 'node:path';
import { requireWritableFolder } from '../engine/dataFolder';
import type { Flags } from './flags';

export interface Profile {
  /** Where Poolwatch keeps its settings and data. */
  readonly rootDir: string;
  /** Where the window keeps its own; also what makes a second start "the same profile". */
  readonly userDataDir: string;
}

/** Throws an Error whose message is one line for a person when a folder cannot be used. Before ready. */
export function prepareProfile(flags: Flags): Profile {
  const userDataDir = flags.userDataDir ?? flags.dataDir ?? app.getPath('userData');
  const rootDir = flags.dataDir ?? userDataDir;
  // Chromium's caches and cookies stay apart from what is worth a backup.
  const sessionDir = join(userDataDir, 'chromium');
  for (const folder of new Set([userDataDir, rootDir, sessionDir])) requireWritableFolder(folder);
  app.setPath('userData', userDataDir);
  app.setPath('sessionData', sessionDir);
  return { rootDir, userDataDir };
}
