// Orders from the window. A command answers "accepted" or "refused, because"; its effect shows in the next snapshot.
import type { AlertRule, Incident } from '../domain/alerts';
import type { CollectorId } from '../domain/collector';
import type { DatabaseName } from '../domain/database';
import type { DiagnosticStepId } from '../domain/diagnostics';
import type { KeyPlan, SourceMode, Theme } from '../domain/settings';
import type { SilenceArgs } from './alerts';
import type { SaveChannelArgs } from './delivery';
import type { ExportArgs } from './exports';
import type { ImportArgs, ImportOutcome, ImportPlace, ImportReport } from './imports';
import type { BackfillScope } from './gaps';
import type { PoolFilter, PoolSortColumn } from './queries';
import type { Copyable, SettingsChange } from './settings';
import type { UpdateStatus } from './updates';
import type { WatchlistAddArgs, WatchlistImportReport, WatchlistUpdateArgs } from './watchlist';

export interface ExportPoolsArgs {
  readonly filter: PoolFilter;
  readonly sortBy: PoolSortColumn;
  readonly descending: boolean;
}

export interface OneDatabase {
  readonly database: DatabaseName;
}

/** Work that was accepted; its progress and its end show under this id in the snapshot. */
export interface Started {
  readonly operationId: string;
}

export interface UseSourceArgs {
  readonly mode: SourceMode;
  readonly keyPlan: KeyPlan;
  /**
   * Null with a plan keeps the stored key; going live without a plan forgets it. Kept in the operating system's keychain where
   * there is one, else only in memory; never written to settings.
   */
  readonly apiKey: string | null;
}

/** Command name → [arguments, answer]. Adding a command is one line here, one schema and one handler in main. */
export interface Commands {
  /** `untilMs` is wall time; null pauses until resumed. A manual pause survives restarts. */
  'collector.pause': [{ readonly collectorId: CollectorId; readonly untilMs: number | null }, null];
  'collector.resume': [{ readonly collectorId: CollectorId }, null];
  'collector.runNow': [{ readonly collectorId: CollectorId }, null];
  /** Asks a host that is down at once whether it is back; only its answer closes the breaker. */
  'host.resetBreaker': [{ readonly host: string }, null];
  /** Asks for a file, then writes exactly what the filter shows. `path` is null when the person cancelled the dialog. */
  'pools.export': [ExportPoolsArgs, { readonly path: string | null; readonly rows: number }];
  /**
   * Writes a whole table, or a part of it, to a file; answers once it is written. With `path` null it asks for a place, and the
   * window must. The work is on the operation board meanwhile.
   */
  'table.export': [
    ExportArgs & { readonly path: string | null },
    { readonly path: string | null; readonly rows: number; readonly files: number },
  ];
  /** Reads a foreign database or file and says what would be stored, repaired and rejected; null when the person cancelled. */
  'import.preview': [
    ImportArgs & { readonly place: ImportPlace },
    { readonly previewId: string; readonly path: string; readonly report: ImportReport } | null,
  ];
  /** Stores it. Answers when it is done; the work is on the operation board meanwhile. */
  'import.run': [
    ImportArgs & { readonly place: ImportPlace },
    { readonly path: string; readonly outcome: ImportOutcome } | null,
  ];
  /** Answers with the id of the entry; one that was removed is followed again. */
  'watchlist.add': [WatchlistAddArgs, { readonly id: string }];
  'watchlist.update': [WatchlistUpdateArgs, null];
  /** The entry becomes inactive; all its data stays. */
  'watchlist.remove': [{ readonly id: string }, null];
  /** `csv` is the text of the file. With `dryRun` nothing is stored, and the report says what would be. */
  'watchlist.importCsv': [{ readonly csv: string; readonly dryRun: boolean }, WatchlistImportReport];
  /** Fetches missing candles at quiet moments; what it has fetched stays when it is called off. */
  'backfill.start': [BackfillScope, Started];
  /** Asks the configured feed, if there is one and the computer is not on its battery; answers what that came to. */
  'update.check': [null, UpdateStatus];
  /** Ends the program in order, puts the downloaded version in its place and starts it. Refused when there is none. */
  'update.install': [null, null];
  /** Opens the page with the releases, if one is configured. */
  'update.openReleases': [null, null];
  'source.use': [UseSourceArgs, { readonly keyStored: 'keychain' | 'memory' | 'none' }];
  /** Another program holds the write lock of the demo market's database for a while. Refused for live data. */
  'demo.outage': [null, Started];
  'database.backup': [OneDatabase, Started];
  /** `backup` is the name of one of `database.backups`. */
  'database.verify': [OneDatabase & { readonly backup: string }, Started];
  /** `thorough` also compares indexes with their tables. */
  'database.check': [OneDatabase & { readonly thorough: boolean }, Started];
  'database.checkpoint': [OneDatabase, Started];
  /** Rewrites the file without its free pages; rows go to the spool meanwhile. */
  'database.compact': [OneDatabase, Started];
  /** The present file is kept in the quarantine folder; with `bringNewer` its newer rows are brought over afterwards. */
  'database.restore': [OneDatabase & { readonly backup: string; readonly bringNewer: boolean }, Started];
  /** Deletes what is older than the settings keep. */
  'database.applyRetention': [OneDatabase, Started];
  /** Takes a database out of service until it is put back, also across restarts: rows go to the spool. */
  'database.isolate': [OneDatabase, null];
  'database.rejoin': [OneDatabase, null];
  /** Looks at the program's surroundings; null: every step. What was found is `diagnostics.report`, also while it runs. */
  'diagnostics.run': [{ readonly steps: readonly DiagnosticStepId[] | null }, Started];
  /** Puts the report, as text that may be shown to strangers, on the clipboard. */
  'diagnostics.copy': [null, null];
  /** Writes the report to a file that may be shown to strangers. `path` is null when the person cancelled the dialog. */
  'diagnostics.save': [null, { readonly path: string | null }];
  /**
   * Writes the report with recent logs, settings, versions, incidents and operations as a ZIP that may be shown to strangers; answers
   * once it is written. With `path` null it asks for a place, and the window must.
   */
  'diagnostics.bundle': [{ readonly path: string | null }, { readonly path: string | null; readonly bytes: number }];
  /** Puts a line of the log on the clipboard as it stands in its file; refused when its file is no longer kept. */
  'logs.copyLine': [{ readonly id: string }, null];
  /** Keeps the performance of the last hours, to compare later ones with. */
  'baseline.capture': [{ readonly hours: number }, { readonly atMs: number; readonly series: number }];
  /** Takes effect at the next step of the work; nothing half done stays behind. */
  'operation.cancel': [{ readonly operationId: string }, null];
  /** Stops reminders until it gets worse; a note is required. Refused for an incident that is over. */
  'incident.ack': [{ readonly incidentId: string; readonly note: string }, null];
  'incident.unack': [{ readonly incidentId: string }, null];
  /** Holds notices back until a wall time or until something about the incident changes; null ends it. */
  'incident.snooze': [{ readonly incidentId: string; readonly until: Incident['snoozed'] }, null];
  'silence.start': [SilenceArgs, { readonly id: string }];
  'silence.end': [{ readonly id: string }, null];
  /** Adds a rule, or changes the one with its id; the version is given by the answer. */
  'rule.save': [{ readonly rule: AlertRule }, { readonly version: number }];
  /** Puts back what comes with the program. */
  'rule.reset': [{ readonly ruleId: string }, null];
  /** Only rules that a person added; the others can be switched off. */
  'rule.remove': [{ readonly ruleId: string }, null];
  /** Notices up to this wall time have been looked at. */
  'inbox.seen': [{ readonly untilMs: number }, null];
  /** Adds or changes where notices go. */
  'channel.save': [SaveChannelArgs, { readonly id: string; readonly addressKept: 'keychain' | 'memory' | 'none' }];
  /** What waits for it is held back. */
  'channel.remove': [{ readonly channelId: string }, null];
  /** Sends a test message now; refused with what the receiver or the desktop said. */
  'channel.test': [{ readonly channelId: string }, null];
  /** Puts a text on the clipboard: the page itself may not. */
  'text.copy': [{ readonly text: string }, null];
  'appearance.setTheme': [{ readonly theme: Theme }, null];
  /** Takes effect at once; where a collector must go by it, collecting begins anew, which long work in progress forbids. */
  'settings.change': [{ readonly change: SettingsChange }, null];
  /** Writes the saved settings to a file, without anything secret. `path` is null when the person cancelled the dialog. */
  'settings.export': [null, { readonly path: string | null }];
  'startup.set': [{ readonly atLogin: boolean }, null];
  'app.copy': [{ readonly what: Copyable }, null];
  'banner.dismiss': [{ readonly id: string }, null];
  'link.open': [{ readonly link: 'geckoterminal' | 'data_folder' }, null];
}
export type CommandName = keyof Commands;
export type CommandArgs<C extends CommandName> = Commands[C][0];
export type CommandAnswer<C extends CommandName> = Commands[C][1];

export const COMMAND_NAMES = [
  'collector.pause',
  'collector.resume',
  'collector.runNow',
  'host.resetBreaker',
  'pools.export',
  'table.export',
  'import.preview',
  'import.run',
  'watchlist.add',
  'watchlist.update',
  'watchlist.remove',
  'watchlist.importCsv',
  'backfill.start',
  'update.check',
  'update.install',
  'update.openReleases',
  'source.use',
  'demo.outage',
  'database.backup',
  'database.verify',
  'database.check',
  'database.checkpoint',
  'database.compact',
  'database.restore',
  'database.applyRetention',
  'database.isolate',
  'database.rejoin',
  'diagnostics.run',
  'diagnostics.copy',
  'diagnostics.save',
  'diagnostics.bundle',
  'logs.copyLine',
  'baseline.capture',
  'operation.cancel',
  'incident.ack',
  'incident.unack',
  'incident.snooze',
  'silence.start',
  'silence.end',
  'rule.save',
  'rule.reset',
  'rule.remove',
  'inbox.seen',
  'channel.save',
  'channel.remove',
  'channel.test',
  'text.copy',
  'appearance.setTheme',
  'settings.change',
  'settings.export',
  'startup.set',
  'app.copy',
  'banner.dismiss',
  'link.open',
] as const satisfies readonly CommandName[];
