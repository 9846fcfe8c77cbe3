// The start order of the program, and nothing else: a command, or flags, folders, one instance per profile, then the rest.
import { app } from 'electron';
import { commandOf } from './desktop/commandLine';
import { keepCrashDumps } from './desktop/crashReports';
import { openFirstWindow } from './desktop/firstWindow';
import { ownArguments, parseFlags, type Flags } from './desktop/flags';
import { catchLinks } from './desktop/links';
import { prepareProfile, type Profile } from './desktop/profile';
import { registerAppScheme } from './desktop/protocol';
import { enforceSandbox } from './desktop/security';
import { EXIT_CODES, reasonOf, refuseToStart } from './desktop/startFailure';

const links = catchLinks();
const args = ownArguments(process.argv, process.defaultApp === true);
const command = commandOf(args);
if (command !== null) await runCommand(command);
else {
  // Electron takes both only before it is ready, which it is not before this module has ended.
  registerAppScheme();
  enforceSandbox();
  start(args);
}

/** As `cli.js` under Node, on the app's own data. Electron waits for this module before it looks for a display: it needs none. */
async function runCommand(words: readonly string[]): Promise<void> {
  process.argv = [process.execPath, 'poolwatch', ...words];
  process.env['POOLWATCH_DATA_DIR'] ??= app.getPath('userData');
  // Electron would say it in a dialog.
  process.on('uncaughtException', (error) => refuseToStart(EXIT_CODES.startFailed, reasonOf(error)));
  await import('./cli/main');
  app.exit(Number(process.exitCode ?? 0));
}

function start(own: readonly string[]): void {
  const parsed = parseFlags(own, process.cwd());
  if (!parsed.ok) return refuseToStart(EXIT_CODES.usage, parsed.message);

  let profile: Profile;
  try {
    profile = prepareProfile(parsed.flags);
    keepCrashDumps(profile.rootDir);
  } catch (error) {
    return refuseToStart(EXIT_CODES.startFailed, reasonOf(error));
  }

  const { link, hidden } = parsed.flags;
  if (!app.requestSingleInstanceLock({ link, hidden })) {
    return refuseToStart(
      EXIT_CODES.alreadyRunning,
      'Poolwatch is already running with this profile; its window was raised.',
    );
  }
  void open(parsed.flags, profile);
}

async function open(flags: Flags, profile: Profile): Promise<void> {
  try {
    await app.whenReady();
    const mainDir = import.meta.dirname;
    const first = openFirstWindow({ flags, profile, mainDir });
    // Only now: reading and evaluating the program takes as long as the page takes to load.
    const { openDesktop } = await import('./desktop/lifecycle');
    // The page has asked for its scripts meanwhile; they are on their way before this thread is busy with the engine.
    await new Promise((resolve) => setImmediate(resolve));
    await openDesktop({ flags, profile, links, mainDir, first });
  } catch (error) {
    refuseToStart(EXIT_CODES.startFailed, reasonOf(error));
  }
}
