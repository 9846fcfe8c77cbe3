// The user's settings on disk and in memory. One writer, so no merging: every change replaces the whole file.
import { join } from 'node:path';
import type { Settings } from '../../shared/domain/settings';
import { readJsonFile, writeJsonFile } from './jsonFile';
import { DEFAULT_SETTINGS, parseSettings } from './settingsSchema';

export interface SettingsStore {
  get(): Settings;
  /** Saves, then takes effect; throws when the file cannot be written, and then nothing has changed. */
  update(change: (settings: Settings) => Settings): Settings;
  /** What was wrong with the file at start, for a banner; null when nothing was. */
  readonly problem: string | null;
  /** Absolute; it need not exist yet. */
  readonly file: string;
}

export function openSettings(rootDir: string): SettingsStore {
  const path = join(rootDir, 'settings.json');
  const read = readJsonFile(path, parseSettings, DEFAULT_SETTINGS);
  let settings = read.value;
  return {
    problem: read.problem,
    file: path,
    get: () => settings,
    update(change) {
      const next = parseSettings(change(settings));
      writeJsonFile(path, next);
      settings = next;
      return settings;
    },
  };
}
