// The file by which Linux desktops start a program with the session (Desktop Application Autostart Specification). Written, read and
// removed by us alone; a person or a desktop may switch it off in it. Knows no Electron.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

export interface StartedProgram {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
}

export interface Autostart {
  readonly enabled: boolean;
  /** The program that it starts; null where the file does not say, or is not there. */
  readonly path: string | null;
  readonly hidden: boolean;
}

const FILE_NAME = 'poolwatch.desktop';
/** Our own entry: reading a path back from `Exec` would mean undoing two kinds of quoting. */
const PROGRAM_KEY = 'X-Poolwatch-Program';

/** Where the desktop looks. A relative `XDG_CONFIG_HOME` counts for nothing, says the specification of base directories. */
export function autostartFile(environment: NodeJS.ProcessEnv = process.env): string {
  const config = environment['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(config) ? config : join(homedir(), '.config'), 'autostart', FILE_NAME);
}

export function autostartEntry({ path, args }: StartedProgram): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Poolwatch',
    'Comment=Collects decentralised-exchange market data',
    `Exec=${[path, ...args].map(quoted).join(' ')}`,
    'Icon=poolwatch',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    `${PROGRAM_KEY}=${path.replaceAll('\\', '\\\\')}`,
    '',
  ].join('\n');
}

export function readAutostart(file: string): Autostart {
  if (!existsSync(file)) return { enabled: false, path: null, hidden: false };
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const value = (key: string): string | null => {
    const line = lines.find((each) => each.startsWith(`${key}=`));
    return line === undefined ? null : line.slice(key.length + 1).trim();
  };
  const isOff = value('Hidden') === 'true' || value('X-GNOME-Autostart-enabled') === 'false';
  return {
    enabled: !isOff,
    path: value(PROGRAM_KEY)?.replaceAll('\\\\', '\\') ?? null,
    hidden: value('Exec')?.endsWith(' --hidden') === true,
  };
}

/** Throws when the file cannot be written. */
export function writeAutostart(file: string, program: StartedProgram): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, autostartEntry(program));
}

/** Throws when it is there and cannot be removed. */
export function removeAutostart(file: string): void {
  rmSync(file, { force: true });
}

/** A program that was moved would not start any more: the file is written anew. Returns whether it was. */
export function mendAutostart(file: string, program: (hidden: boolean) => StartedProgram): boolean {
  const { enabled, path, hidden } = readAutostart(file);
  if (!enabled || path === null || existsSync(path)) return false;
  writeAutostart(file, program(hidden));
  return true;
}

/** An argument of `Exec`: quoted by its rules, then as every string of the file; a lone percent sign would be a field code. */
function quoted(argument: string): string {
  const plain = /^[A-Za-z0-9_./:=@,+-]+$/.test(argument);
  const text = plain ? argument : `"${argument.replaceAll(/["`$\\]/g, '\\$&')}"`;
  return text.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n');
}
