// Tells a start for the command line from a start of the app. Pure: knows no process and no Electron.

/** Commands are plain words; a link has a colon, a flag begins with a dash. */
const COMMAND = /^[a-z][a-z-]*$/;

/**
 * The command line's own arguments, or null when the app is meant. `args` are those of `ownArguments`. A command comes first
 * (`poolwatch status --live`), or behind `--`: so starts the launcher on the PATH, which puts switches for Chromium in front.
 */
export function commandOf(args: readonly string[]): readonly string[] | null {
  const [first] = args;
  if (first !== undefined && COMMAND.test(first)) return args;
  const marker = args.indexOf('--');
  return marker < 0 ? null : args.slice(marker + 1);
}
