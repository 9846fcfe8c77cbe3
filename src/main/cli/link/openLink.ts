// Finds who answers for a profile: the instance that runs on it, else the program itself, started for this one command.
import { join } from 'node:path';
import type { Settings, SourceMode } from '../../../shared/domain/settings';
import { requireWritableFolder } from '../../engine/dataFolder';
import type { ApplicationOptions } from '../../engine/applicationOptions';
import { createApplication } from '../../engine/createApplication';
import { API_KEY_SECRET, NO_STARTUP, type ApplicationPorts } from '../../engine/application';
import { ProfileInUseError } from '../../engine/profileLock';
import { profileDirFor } from '../../engine/profiles';
import { readSocketRecord } from '../../engine/socket/address';
import { systemClock } from '../../engine/systemClock';
import { silentLogger } from '../../logging/logger';
import { openSettings } from '../../settings/settingsStore';
import { CommandError, EXIT } from '../outcome';
import { note } from '../words';
import { localLink } from './localLink';
import { connectTo } from './socketLink';
import type { Link } from './link';

/** Another command may hold the profile for a moment, and an instance needs one to begin to listen. */
const BUSY_PATIENCE_MS = 5_000;
const BUSY_RETRY_MS = 100;

const API_KEY_VARIABLE = 'POOLWATCH_API_KEY';

/** Which profile of which data folder, and what of its source is other than saved. */
export interface Place {
  readonly rootDir: string;
  /** Null: what the settings say, as the window does. */
  readonly mode: SourceMode | null;
  readonly sourceOverride: Partial<Settings['source']>;
  readonly workers: ApplicationOptions['workers'];
}

/** Rejects with a CommandError when the profile cannot be had. */
export async function openLink(place: Place): Promise<Link> {
  const deadlineMs = systemClock.monotonicMs() + BUSY_PATIENCE_MS;
  for (;;) {
    const instance = await findInstance(place);
    if (instance) return instance;
    try {
      return localLink(await createApplication({ ...applicationOptions(place), runStart: 'on_request' }, cliPorts()));
    } catch (error) {
      if (!(error instanceof ProfileInUseError)) throw error;
      if (systemClock.monotonicMs() > deadlineMs) throw new CommandError(EXIT.refused, error.message);
    }
    await new Promise<void>((resolve) => systemClock.after(BUSY_RETRY_MS, resolve));
  }
}

/** The instance that runs on the profile, or null. */
export async function findInstance(place: Place): Promise<Link | null> {
  requireWritableFolder(place.rootDir);
  return await instanceOn(profileDirOf(place));
}

/** Where the profile lies, or would. */
export function profileDirOf({ rootDir, mode, sourceOverride }: Place): string {
  const { problem, ...saved } = openSettings(rootDir);
  if (problem) note(problem);
  const settings = saved.get();
  const source = { ...settings.source, ...sourceOverride };
  return profileDirFor(rootDir, { ...settings, source }, mode ?? source.mode ?? 'demo');
}

/** As `findInstance`, for whoever must leave the folder as it is. */
export async function instanceOn(profileDir: string): Promise<Link | null> {
  const record = readSocketRecord(join(profileDir, 'state'));
  return record && (await connectTo(record));
}

/** Everything but how runs start. */
export function applicationOptions(place: Place): ApplicationOptions {
  return {
    rootDir: place.rootDir,
    modeOverride: place.mode,
    sourceOverride: place.sourceOverride,
    workers: place.workers,
    appVersion: 'CLI',
    runtime: { node: process.versions.node },
    testBuild: false,
    logger: silentLogger,
  };
}

/** There is no screen and no keychain; the key comes from the environment, and what else is secret is kept until the end. */
export function cliPorts(): ApplicationPorts {
  const held = new Map<string, string>();
  return {
    chooseSaveFile: () => Promise.resolve(null),
    chooseOpenPlace: () => Promise.resolve(null),
    openLink: () => Promise.resolve(),
    copyText: () => undefined,
    openFolder: () => Promise.resolve(),
    startup: NO_STARTUP,
    secrets: {
      isPersistent: () => false,
      get: (name) =>
        Promise.resolve((name === API_KEY_SECRET ? process.env[API_KEY_VARIABLE] : held.get(name)) || null),
      set(name, value) {
        if (value === null) held.delete(name);
        else held.set(name, value);
        return Promise.resolve();
      },
    },
    showNotice: () => Promise.resolve({ kind: 'suppressed', reason: 'Poolwatch runs without a desktop.' }),
  };
}
