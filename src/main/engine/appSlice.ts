// What the snapshot says of the program itself, and the snapshot before anything is known. Pure.
import { NO_ALERTS } from '../../shared/contract/alerts';
import type { AppSlice, SnapshotSlices } from '../../shared/contract/snapshot';
import type { Settings, SourceMode } from '../../shared/domain/settings';
import type { ApplicationOptions } from './applicationOptions';
import { STARTING } from '../snapshot/verdict';

export function appSlice(
  { appVersion, rootDir, runtime, testBuild }: ApplicationOptions,
  { source, appearance }: Settings,
  mode: SourceMode,
  startedAtMs: number,
): AppSlice {
  return {
    version: appVersion,
    mode,
    keyPlan: source.keyPlan,
    theme: appearance.theme,
    motion: appearance.motion,
    language: appearance.language,
    startedAtMs,
    dataDir: rootDir,
    runtime,
    testBuild,
  };
}

export function emptySlices(app: AppSlice): SnapshotSlices {
  return {
    app,
    verdict: { ...STARTING, sinceMs: app.startedAtMs },
    collectors: [],
    databases: [],
    hosts: [],
    banners: [],
    operations: [],
    alerts: NO_ALERTS,
  };
}
