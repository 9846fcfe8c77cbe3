// Is there a tray that somebody can see? Windows and macOS always have one. On Linux it is a part of some desktops, and only the
// session bus knows: it is asked each time, because panels come and go.
import { execFile } from 'node:child_process';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ASK_MS = 1_500;

/** The same question in the two tools of which desktops have at least one. */
const QUESTIONS: readonly (readonly [tool: string, args: readonly string[]])[] = [
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--reply-timeout=1000',
      `--dest=${WATCHER}`,
      '/StatusNotifierWatcher',
      'org.freedesktop.DBus.Properties.Get',
      `string:${WATCHER}`,
      'string:IsStatusNotifierHostRegistered',
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      '--timeout=1',
      `--dest=${WATCHER}`,
      '--object-path=/StatusNotifierWatcher',
      '--method=org.freedesktop.DBus.Properties.Get',
      WATCHER,
      'IsStatusNotifierHostRegistered',
    ],
  ],
];

/** Never rejects; false when nobody answers. */
export async function hasTrayHost(platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [tool, args] of QUESTIONS) {
    const answer = await ask(tool, args);
    if (answer !== 'no such tool') return answer;
  }
  return false;
}

function ask(tool: string, args: readonly string[]): Promise<boolean | 'no such tool'> {
  return new Promise((resolve) => {
    execFile(tool, args, { timeout: ASK_MS }, (error, stdout) => {
      if (error?.code === 'ENOENT') resolve('no such tool');
      else resolve(error === null && /\btrue\b/.test(stdout));
    });
  });
}
