// The start order of the desktop program, and nothing else: flags, folders, one instance per profile, then the rest.
import { app } from 'electron';
import { keepCrashDumps } from './desktop/crashReports';
import { ownArguments, parseFlags, type Flags } from './desktop/flags';
import { openDesktop } from './desktop/lifecycle';
import { prepareProfile, type Profile } from './desktop/profile';
import { registerAppScheme } from './desktop/protocol';
import { enforceSandbox } from './desktop/security';
import { EXIT_CODES, reasonOf, refuseToStart } from './desktop/startFailure';

// Electron takes both only before it is ready; it waits for this module, but not for a promise of it.
registerAppScheme();
enforceSandbox();
start();

function start(): void {
  const parsed = parseFlags(ownArguments(process.argv, process.defaultApp === true), process.cwd());
  if (!parsed.ok) return refuseToStart(EXIT_CODES.usage, parsed.message);

  let profile: Profile;
  try {
    profile = prepareProfile(parsed.flags);
    keepCrashDumps(profile.rootDir);
  } catch (error) {
    return refuseToStart(EXIT_CODES.startFailed, reasonOf(error));
  }

  if (!app.requestSingleInstanceLock()) {
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
    await openDesktop({ flags, profile, mainDir: import.meta.dirname });
  } catch (error) {
    refuseToStart(EXIT_CODES.startFailed, reasonOf(error));
  }
}
