// What a look at the program's own surroundings finds: ordered steps, each with a verdict, a finding and an advice.

export const DIAGNOSTIC_STEPS = [
  'runtime',
  'addon',
  'data_folder',
  'disk',
  'market_database',
  'monitor_database',
  'spool',
  'backups',
  'logs',
  'crashes',
  'keychain',
  'tray',
  'notifications',
  'autostart',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'http',
  'clock',
  'quota',
] as const;
export type DiagnosticStepId = (typeof DIAGNOSTIC_STEPS)[number];

/** `skipped`: it does not apply here, or a step it builds on failed. `timeout`: no answer within its time. */
export const DIAGNOSTIC_VERDICTS = ['ok', 'notice', 'problem', 'timeout', 'skipped'] as const;
export type DiagnosticVerdict = (typeof DIAGNOSTIC_VERDICTS)[number];

/** What the desktop offers around the window; null where nobody can tell. */
export interface DesktopFacts {
  /** Whether a tray that somebody can see takes the icon. */
  readonly tray: boolean;
  readonly notifications: boolean;
  /** Whether the system starts Poolwatch when the person logs in. */
  readonly startsAtLogin: boolean | null;
}

export interface DiagnosticFinding {
  readonly verdict: DiagnosticVerdict;
  /** One plain sentence: what was found. */
  readonly finding: string;
  /** What a person can do about it; null when there is nothing to do. */
  readonly advice: string | null;
  /** What was measured, by name; the unit is in the name. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface DiagnosticResult extends DiagnosticFinding {
  readonly step: DiagnosticStepId;
  readonly title: string;
  readonly durationMs: number;
}

export interface DiagnosticReport {
  readonly startedAtMs: number;
  /** Null while it runs. */
  readonly endedAtMs: number | null;
  /** The steps that were asked for, in their order. */
  readonly asked: readonly DiagnosticStepId[];
  /** Those that have ended, in the same order. */
  readonly results: readonly DiagnosticResult[];
}

/** The names of the steps as a person reads them. */
export const DIAGNOSTIC_TITLES: Readonly<Record<DiagnosticStepId, string>> = {
  runtime: 'Program and runtime',
  addon: 'Database addon',
  data_folder: 'Data folder',
  disk: 'Free disk space',
  market_database: 'market.db',
  monitor_database: 'monitor.db',
  spool: 'Spool',
  backups: 'Backups',
  logs: 'Log files',
  crashes: 'Crashes',
  keychain: 'Keychain',
  tray: 'Tray',
  notifications: 'Notifications',
  autostart: 'Start at login',
  proxy: 'Proxy settings',
  dns: 'Name of the source',
  tcp: 'Connection to the source',
  tls: 'Certificate of the source',
  http: 'Answer of the source',
  clock: 'Clock of this machine',
  quota: 'Calls left',
};
