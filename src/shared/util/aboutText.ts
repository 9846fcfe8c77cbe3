// What this program is, as text to paste into a message.
import type { About } from '../contract/settings';

export function aboutText(about: About): string {
  const { version, testBuild, licence, versions, platform, dataDir, settingsFile, secrets } = about;
  return [
    `Poolwatch ${version}${testBuild ? ' (test build)' : ''}`,
    `Platform: ${platform}`,
    ...Object.entries(versions).map(([name, value]) => `${name}: ${value}`),
    `Licence: ${licence}`,
    `Data folder: ${dataDir}`,
    `Settings: ${settingsFile}`,
    `Secrets: ${secrets === 'keychain' ? 'in the keychain of the system' : 'in memory, there is no keychain'}`,
  ].join('\n');
}
