// Which runtime this is and which kind of build, for the status bar and for reports.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { devDependencies } from '../../../package.json';

const RELEASE = 'release';

/** Versions by name. */
export function runtimeVersions(): Readonly<Record<string, string>> {
  const { electron, chrome, node } = process.versions;
  return { electron, chrome, node };
}

/** True for a package labelled as such, and for a checkout that runs on another Electron than Poolwatch ships. */
export function isTestBuild(): boolean {
  const label = packageLabel();
  return label === null ? process.versions.electron !== devDependencies.electron : label !== RELEASE;
}

/** What the packaging script wrote into the package; null in a checkout. */
function packageLabel(): string | null {
  const manifest = readFileSync(join(app.getAppPath(), 'package.json'), 'utf8');
  const { poolwatchBuild } = JSON.parse(manifest) as { readonly poolwatchBuild?: string };
  return poolwatchBuild ?? null;
}
