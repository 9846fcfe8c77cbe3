// Reads the program's own command-line flags. Switches that belong to Chromium, Electron or a debugger pass by an allow rule;
// anything else is a mistake the user should hear about. Pure: knows no process and no Electron.
import { resolve } from 'node:path';
import type { SourceMode } from '../../shared/domain/settings';
import { isLink } from './deepLink';

export interface Flags {
  /** Overrides the saved choice for this start only. */
  readonly modeOverride: SourceMode | null;
  /** Absolute folder for everything the program keeps, or null for the system's usual place. */
  readonly dataDir: string | null;
  /** Absolute folder given by Chromium's own switch, or null. */
  readonly userDataDir: string | null;
  /** Opens no window where a tray shows that the program runs. */
  readonly hidden: boolean;
  /** A `poolwatch:` address as it was given, not looked into yet; null for none. */
  readonly link: string | null;
}

export type FlagsResult =
  { readonly ok: true; readonly flags: Flags } | { readonly ok: false; readonly message: string };

const USAGE = 'It takes --demo, --live, --data-dir=DIR, --user-data-dir=DIR, --hidden and a poolwatch: address.';

const FOREIGN_SWITCHES: ReadonlySet<string> = new Set([
  'class',
  'headless',
  'high-dpi-support',
  'ignore-gpu-blocklist',
  'in-process-gpu',
  'js-flags',
  'lang',
  'metrics-recording-only',
  'mute-audio',
  'no-default-browser-check',
  'no-first-run',
  'no-sandbox',
  'no-service-autorun',
  'no-zygote',
  'ozone-platform',
  'ozone-platform-hint',
  'password-store',
  'start-maximized',
  'v',
  'vmodule',
  'wayland-text-input-version',
  'window-position',
  'window-size',
]);

/** Families of switches that Chromium, Electron, Node's inspector and test drivers use. */
const FOREIGN_FAMILIES =
  /^(?:disable|enable|force|gpu|gtk|inspect|log|no-proxy|proxy|remote-debugging|touch|trace|unsafely|use)(?:-[a-z0-9-]+)?$/;

/** What macOS hands to a program started from Finder. */
const MACOS_PROCESS_SERIAL = /^-psn_\d+_\d+$/;

/** Options of Electron's default app that take the next argument; test drivers load themselves this way. */
const DEFAULT_APP_PRELOAD: ReadonlySet<string> = new Set(['-r', '--require']);

/**
 * The arguments after the executable that concern us. An unpackaged start (`electron [-r file] <app> …`) also names the app.
 */
export function ownArguments(argv: readonly string[], unpackaged: boolean): readonly string[] {
  const rest = argv.slice(1);
  if (!unpackaged) return rest;
  const own: string[] = [];
  let appSeen = false;
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index] as string;
    if (!appSeen && DEFAULT_APP_PRELOAD.has(argument)) index += 1;
    else if (!appSeen && !argument.startsWith('-')) appSeen = true;
    else own.push(argument);
  }
  return own;
}

/** Parses the arguments of `ownArguments`; relative folders are taken from `cwd`. The message is one line for a person. */
export function parseFlags(args: readonly string[], cwd: string): FlagsResult {
  let modeOverride: SourceMode | null = null;
  let dataDir: string | null = null;
  let userDataDir: string | null = null;
  let hidden = false;
  let link: string | null = null;

  for (const argument of args) {
    const { name, value } = split(argument);
    switch (name) {
      case 'demo':
      case 'live':
        if (value !== null) return refuse(`--${name} takes no value.`);
        if (modeOverride !== null && modeOverride !== name) return refuse('Choose one of --demo and --live.');
        modeOverride = name;
        break;
      case 'hidden':
        if (value !== null) return refuse('--hidden takes no value.');
        hidden = true;
        break;
      case 'data-dir':
        if (!value) return refuse('--data-dir needs a folder: --data-dir=DIR.');
        dataDir = resolve(cwd, value);
        break;
      case 'user-data-dir':
        if (!value) return refuse('--user-data-dir needs a folder: --user-data-dir=DIR.');
        userDataDir = resolve(cwd, value);
        break;
      default:
        if (name === null && isLink(argument)) link = argument;
        else if (!isForeign(argument, name))
          return refuse(`Poolwatch does not know "${printable(argument)}". ${USAGE}`);
    }
  }
  return { ok: true, flags: { modeOverride, dataDir, userDataDir, hidden, link } };
}

function split(argument: string): { readonly name: string | null; readonly value: string | null } {
  if (!argument.startsWith('--')) return { name: null, value: null };
  const equals = argument.indexOf('=');
  return equals < 0
    ? { name: argument.slice(2), value: null }
    : { name: argument.slice(2, equals), value: argument.slice(equals + 1) };
}

function isForeign(argument: string, name: string | null): boolean {
  if (name === null) return MACOS_PROCESS_SERIAL.test(argument);
  return FOREIGN_SWITCHES.has(name) || FOREIGN_FAMILIES.test(name);
}

function printable(argument: string): string {
  return argument.replace(/\p{Cc}/gu, '?').slice(0, 120);
}

function refuse(message: string): FlagsResult {
  return { ok: false, message };
}
