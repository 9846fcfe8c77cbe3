// What the program says of itself, for the window's tests.
import type { About } from '../../../../src/shared/contract/settings';

export function fakeAbout(): About {
  return {
    version: '0.1.0',
    testBuild: false,
    licence: 'MIT',
    versions: { electron: '45.3.4', chrome: '152', node: '24.18', 'better-sqlite3': '13.2.0', sqlite: '3.54.1' },
    platform: 'linux x64',
    dataDir: '/home/analyst/.config/Poolwatch',
    profileDir: '/home/analyst/.config/Poolwatch/profiles/live',
    settingsFile: '/home/analyst/.config/Poolwatch/settings.json',
    logsDir: '/home/analyst/.config/Poolwatch/logs',
    secrets: 'memory',
  };
}
