// What the window asks and orders about the settings, about the program itself, and about how it starts.
import type { Settings } from '../domain/settings';

/** What a person may change without opening the file. Channels, keys and the choice of source have orders of their own. */
export const CHANGEABLE_SECTIONS = [
  'source',
  'networks',
  'collectors',
  'recovery',
  'topPools',
  'newPools',
  'trending',
  'poolDetails',
  'tokenDetails',
  'tokenInfos',
  'trades',
  'ohlcv',
  'watchlist',
  'retention',
  'window',
  'appearance',
] as const satisfies readonly (keyof Settings)[];
export type ChangeableSection = (typeof CHANGEABLE_SECTIONS)[number];

type Changeable = Pick<Settings, Exclude<ChangeableSection, 'source'>> & {
  readonly source: Pick<Settings['source'], 'callsPerMinute'>;
};

type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: PartOf<T[K]> } : T;

/** Only what changes: the rest of an entry stays as it is. Lists are replaced whole. */
export type SettingsChange = PartOf<Changeable>;

export interface SavedSettings {
  /** As they are in the file, which may not be what is in effect; without secrets. */
  readonly saved: Settings;
  /** Sections that the demo market replaces by its own while it is the source. */
  readonly replaced: readonly (keyof Settings)[];
  readonly file: string;
}

export interface About {
  readonly version: string;
  /** True when built with a runtime that is only for tests. */
  readonly testBuild: boolean;
  readonly licence: string;
  /** Versions by name: electron, chrome, node, better-sqlite3, sqlite. */
  readonly versions: Readonly<Record<string, string>>;
  /** "linux x64". */
  readonly platform: string;
  readonly dataDir: string;
  /** Of the profile in use: its databases. */
  readonly profileDir: string;
  readonly settingsFile: string;
  readonly logsDir: string;
  /** Where API keys and addresses of channels are kept. */
  readonly secrets: 'keychain' | 'memory';
}

/** What can be put on the clipboard; a page never says the text itself. */
export const COPYABLE = ['data_folder', 'settings_file', 'about'] as const;
export type Copyable = (typeof COPYABLE)[number];

/** How the program starts with the computer. */
export interface StartupState {
  /** Why it cannot be changed here, in a sentence; null where it can. */
  readonly unavailable: string | null;
  readonly atLogin: boolean;
  /** The file that tells the desktop to; null where the system keeps it elsewhere. */
  readonly file: string | null;
  /** Whether there is a tray that somebody can see now. */
  readonly tray: boolean;
}
