// Finds who answers for a profile: the instance that runs on it, else the program itself, started for this one command.
import { join } from 'node:path';
import type { Settings, SourceMode } from '../../../shared/domain/settings';
import { requireWritableFolder } from '../../engine/dataFolder';
import type { ApplicationOptions } from '../../engine/createApplication';
import { createApplication } from '../../engine/createApplication';
import { API_KEY_SECRET, type ApplicationPorts } from '../../engine/application';
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
export async function findInstance({ rootDir, mode, sourceOverride }: Place): Promise<Link | null> {
  requireWritableFolder(rootDir);
  const { problem, ...saved } = openSettings(rootDir);
  if (problem) note(problem);
  const settings = saved.get();
  const source = { ...settings.source, ...sourceOverride };
  const dir = profileDirFor(rootDir, { ...settings, source }, mode ?? source.mode ?? 'demo');
  const record = readSocketRecord(join(dir, 'state'));
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

/** There is no screen; the key comes from the environment, and is kept nowhere. */
export function cliPorts(): ApplicationPorts {
  return {
    chooseSaveFile: () => Promise.resolve(null),
    chooseOpenPlace: () => Promise.resolve(null),
    openLink: () => Promise.resolve(),
    openFolder: () => Promise.resolve(),
    secrets: {
      isPersistent: () => false,
      get: (name) => Promise.resolve((name === API_KEY_SECRET && process.env[API_KEY_VARIABLE]) || null),
      set: () => Promise.resolve(),
    },
    showNotice: () => Promise.resolve({ kind: 'suppressed', reason: 'Poolwatch runs without a desktop.' }),
  };
}
