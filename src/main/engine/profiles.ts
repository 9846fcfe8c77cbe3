// Which profile, source and pace a choice of source means. Demo data, live data and data from another base URL never share a folder.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Settings, SourceMode } from '../../shared/domain/settings';
import { DEMO_CALLS_PER_MINUTE, DEMO_OVERRIDES } from './demoProfile';
import { PLANS } from '../sources/plans';
import type { EngineSource } from './engineOptions';

export interface Profile {
  readonly dir: string;
  readonly settings: Settings;
  readonly source: EngineSource;
}

/** The folder alone, for whoever only looks who is there. */
export function profileDirFor(rootDir: string, { source }: Settings, mode: SourceMode): string {
  if (mode === 'demo') return join(rootDir, 'profiles', 'demo');
  return join(rootDir, 'profiles', source.baseUrl === null ? 'live' : `custom-${fingerprint(source.baseUrl)}`);
}

/** What is gone by: on the demo market its own pace and watchlist instead of the saved ones. */
export function settingsFor(settings: Settings, mode: SourceMode): Settings {
  return mode === 'demo' ? { ...settings, ...DEMO_OVERRIDES } : settings;
}

/** Sections of the saved settings that nothing goes by; the demo market has no calls to save either. */
export function replacedSections(mode: SourceMode): readonly (keyof Settings)[] {
  return mode === 'demo' ? [...(Object.keys(DEMO_OVERRIDES) as (keyof Settings)[]), 'source'] : [];
}

/** `demoBaseUrl` is where the built-in market listens; needed for mode `demo`. */
export function profileFor(
  rootDir: string,
  settings: Settings,
  mode: SourceMode,
  apiKey: string | null,
  demoBaseUrl: string | null,
): Profile {
  if (mode === 'demo') {
    if (demoBaseUrl === null) throw new Error('The demo market is not running.');
    return {
      dir: profileDirFor(rootDir, settings, mode),
      settings: settingsFor(settings, mode),
      source: { mode, baseUrl: demoBaseUrl, apiKey: null, callsPerMinute: DEMO_CALLS_PER_MINUTE },
    };
  }
  const keyPlan = apiKey === null ? 'none' : settings.source.keyPlan;
  const plan = PLANS[keyPlan];
  const baseUrl = settings.source.baseUrl ?? plan.baseUrl;
  return {
    dir: profileDirFor(rootDir, settings, mode),
    settings,
    source: {
      mode,
      baseUrl,
      apiKey: apiKey !== null && keyPlan !== 'none' ? { plan: keyPlan, value: apiKey } : null,
      callsPerMinute: settings.source.callsPerMinute ?? plan.callsPerMinute,
      historyDays: plan.historyDays,
    },
  };
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
