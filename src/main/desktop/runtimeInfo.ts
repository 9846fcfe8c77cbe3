// Which runtime this is, for the status bar and for reports.
import { devDependencies } from '../../../package.json';

/** Versions by name. */
export function runtimeVersions(): Readonly<Record<string, string>> {
  const { electron = 'none', chrome = 'none', node } = process.versions;
  return { electron, chrome, node };
}

/** True when this is not the Electron that Poolwatch ships: such a build is for tests only and says so. */
export function isTestBuild(): boolean {
  return process.versions.electron !== devDependencies.electron;
}
