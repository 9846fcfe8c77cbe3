// Questions with an answer: history and lists that are too large for the snapshot. Each is one prepared read in a reader thread,
// or a lookup in the main process; none changes anything.
import type { AlertRule, Incident, Notice } from '../domain/alerts';
import type { CollectorId, RunReport } from '../domain/collector';
import type { CollectorEvent } from '../domain/collectorEvent';
import type { BackupInfo, DatabaseName, OperationKind, OperationRecord, RestorePreview } from '../domain/database';
import type { DiagnosticReport } from '../domain/diagnostics';
import type { Delivery } from '../domain/delivery';
import type { LogPage, LogPageArgs } from '../domain/log';
import type { CandleRow, PoolRow, Timeframe } from '../domain/market';
import type { HealthReport, HealthTests } from '../domain/health';
import type { AvailabilityReport } from '../domain/availability';
import type { Target } from '../domain/metrics';
import type {
  BaselineComparison,
  MetricComparison,
  SeriesBucket,
  SeriesId,
  TierCost,
  WeekLine,
} from '../domain/series';
import type { Settings } from '../domain/settings';
import type { QualityReport } from '../domain/quality';
import type { RetentionTier } from '../domain/retention';
import type { CollectorHistory, Timeline } from '../domain/timeline';
import type { BackTest, IncidentDetails, IncidentListArgs, RuleEntry } from './alerts';
import type { ChannelStatus, DeliveryListArgs } from './delivery';
import type { DoorsStatus } from './doors';
import type { BackfillPreview, BackfillScope, SeriesGapReport } from './gaps';
import type { About, SavedSettings, StartupState } from './settings';
import type { UpdateStatus } from './updates';
import type { AppSnapshot } from './snapshot';
import type { CollectorHistoryArgs, StorageHistory, StorageHistoryArgs, TimelineArgs } from './timeline';
import type { WatchlistList, WatchlistListArgs } from './watchlist';

export const POOL_SORT_COLUMNS = [
  'reserveUsd',
  'volumeUsdH24',
  'basePriceUsd',
  'changePctH24',
  'createdAtMs',
  'name',
  'observedAtMs',
] as const;
export type PoolSortColumn = (typeof POOL_SORT_COLUMNS)[number];

export interface PoolFilter {
  readonly networkId: string | null;
  readonly dexId: string | null;
  /** Matches name, symbol or address, case-insensitively. */
  readonly search: string | null;
  readonly minReserveUsd: number | null;
}

export interface PoolListArgs {
  readonly filter: PoolFilter;
  readonly sortBy: PoolSortColumn;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface PoolListItem extends PoolRow {
  readonly dexName: string | null;
  readonly baseSymbol: string | null;
  readonly quoteSymbol: string | null;
  /** How many candles are stored for this pool. */
  readonly candles: number;
}

export interface PoolList {
  /** Rows that match the filter, not only this page. */
  readonly total: number;
  readonly items: readonly PoolListItem[];
}

export interface CandleSeriesArgs {
  readonly poolId: string;
  readonly timeframe: Timeframe;
  readonly aggregate: number;
  /** Newest bars first are taken, returned oldest first. Of the base token in USD; where only other bars are kept, of those. */
  readonly limit: number;
}

export interface CandleSeries {
  readonly poolId: string;
  readonly candles: readonly CandleRow[];
}

export interface OperationListArgs {
  readonly database: DatabaseName;
  /** Null: every kind. */
  readonly kind: OperationKind | null;
  readonly limit: number;
}

export interface RunListArgs {
  readonly collectorId: CollectorId;
  readonly limit: number;
}

export interface EventListArgs {
  /** Null for those of every collector and host. */
  readonly collectorId: CollectorId | null;
  /** Only events before this wall time; null for the newest. */
  readonly beforeMs: number | null;
  readonly limit: number;
}

export interface MetricWindow extends SeriesId {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface MetricSeriesArgs extends MetricWindow {
  /** How many buckets at most, about: as many as a chart has pixels. */
  readonly points: number;
}

/** Query name → [arguments, answer]. Adding a query is one line here, one schema and one handler in main. */
export interface Queries {
  'snapshot.get': [null, AppSnapshot];
  /** The same as a text for `parseSnapshot`. */
  'snapshot.text': [null, string];
  /** What is in effect now: on the demo market its own pace and watchlist instead of the saved ones. */
  'settings.get': [null, Settings];
  'settings.saved': [null, SavedSettings];
  'app.about': [null, About];
  'startup.get': [null, StartupState];
  'update.status': [null, UpdateStatus];
  'pools.list': [PoolListArgs, PoolList];
  'pools.facets': [null, { readonly networks: readonly { readonly id: string; readonly dexIds: readonly string[] }[] }];
  'candles.series': [CandleSeriesArgs, CandleSeries];
  'watchlist.list': [WatchlistListArgs, WatchlistList];
  /** In the columns of the original program, with groups and notes behind them. */
  'watchlist.exportCsv': [{ readonly activeOnly: boolean }, { readonly csv: string; readonly rows: number }];
  /** What is missing in every collected candle series, told apart from what the source has none of. */
  'gaps.list': [BackfillScope, { readonly series: readonly SeriesGapReport[] }];
  /** What it would take to fill the gaps. */
  'backfill.preview': [BackfillScope, BackfillPreview];
  /** Reads the tables whole: takes seconds where there is much. */
  'quality.report': [null, QualityReport];
  /** How the storage layer did, folded to so many columns. */
  'storage.history': [StorageHistoryArgs, StorageHistory];
  /** What every collector did, and what they share. */
  'timeline.get': [TimelineArgs, Timeline];
  /** What one collector did: slots, durations, rows, ages, errors, events. */
  'collector.history': [CollectorHistoryArgs, CollectorHistory];
  /** What the storage layer did and suffered, newest first, also in earlier runs. */
  'database.operations': [OperationListArgs, { readonly operations: readonly OperationRecord[] }];
  /** Newest first. */
  'database.backups': [{ readonly database: DatabaseName }, { readonly backups: readonly BackupInfo[] }];
  /** Reads the backup whole and compares it with the present database: takes seconds where there is much. */
  'database.restorePreview': [{ readonly database: DatabaseName; readonly backup: string }, RestorePreview];
  /** What keeping the rows of a database costs, in the order of its tables; only of what can be cut by age and has rows. */
  'retention.cost': [{ readonly database: DatabaseName }, { readonly tiers: readonly RetentionTier[] }];
  /** The latest look at each step since the start, also while it runs; null when there was none. */
  'diagnostics.report': [null, DiagnosticReport | null];
  /** The same as Markdown that may be shown to strangers, at most 32 KiB; null when there was none. */
  'diagnostics.markdown': [null, { readonly text: string } | null];
  /**
   * Looks at both databases on connections of their own, takes each write lock for a moment, and judges what it sees. The tests take
   * a second or two; that of performance writes a scratch file beside each database meanwhile.
   */
  'health.report': [HealthTests, HealthReport];
  'runs.list': [RunListArgs, { readonly runs: readonly RunReport[] }];
  /** What changed in how collectors and hosts are treated, newest first. */
  'events.list': [EventListArgs, { readonly events: readonly CollectorEvent[] }];
  /** Newest first; without those that turned out to be a part of another one. */
  'incidents.list': [IncidentListArgs, { readonly incidents: readonly Incident[] }];
  /** Null when there never was one with this id. */
  'incidents.get': [{ readonly incidentId: string }, IncidentDetails | null];
  'rules.list': [null, { readonly rules: readonly RuleEntry[] }];
  /** When the rule would have fired over stored history; takes seconds where there is much. */
  'rules.backTest': [{ readonly rule: AlertRule; readonly fromMs: number; readonly toMs: number }, BackTest];
  /** Newest first, also those that were held back. */
  'inbox.list': [
    { readonly beforeMs: number | null; readonly limit: number },
    { readonly notices: readonly (Notice & { readonly seen: boolean })[] },
  ];
  /** What there are series of. */
  'metrics.list': [null, { readonly series: readonly SeriesId[] }];
  /** Oldest first; there is no bucket where there is no sample. */
  'metrics.series': [MetricSeriesArgs, { readonly buckets: readonly SeriesBucket[] }];
  /** The figure of a time beside that of a week before, what is usual now, when its level changed, when a limit is reached. */
  'metrics.compare': [MetricWindow, MetricComparison];
  /** The last day of everything that is measured of one target, beside the same day a week before. */
  'metrics.week': [{ readonly target: Target }, { readonly lines: readonly WeekLine[] }];
  /** What it costs to keep all series, tier by tier. */
  'metrics.cost': [null, { readonly tiers: readonly TierCost[] }];
  'availability.get': [{ readonly fromMs: number; readonly toMs: number }, AvailabilityReport];
  /** The performance that was captured last beside that of the same length of time until now; null when none was. */
  'baseline.compare': [null, BaselineComparison | null];
  /** Newest first: on which channel somebody was told of what, or why not. */
  'alerts.deliveries': [DeliveryListArgs, { readonly deliveries: readonly Delivery[] }];
  'channels.list': [null, { readonly channels: readonly ChannelStatus[] }];
  'doors.status': [null, DoorsStatus];
  /** What the program wrote down, of all files that are kept. Answers after a while of reading, whether or not that was enough. */
  'logs.page': [LogPageArgs, LogPage];
}
export type QueryName = keyof Queries;
export type QueryArgs<Q extends QueryName> = Queries[Q][0];
export type QueryAnswer<Q extends QueryName> = Queries[Q][1];

export const QUERY_NAMES = [
  'snapshot.get',
  'snapshot.text',
  'settings.get',
  'settings.saved',
  'app.about',
  'startup.get',
  'update.status',
  'pools.list',
  'pools.facets',
  'candles.series',
  'watchlist.list',
  'watchlist.exportCsv',
  'gaps.list',
  'backfill.preview',
  'quality.report',
  'storage.history',
  'timeline.get',
  'collector.history',
  'database.operations',
  'database.backups',
  'database.restorePreview',
  'retention.cost',
  'diagnostics.report',
  'diagnostics.markdown',
  'health.report',
  'runs.list',
  'events.list',
  'incidents.list',
  'incidents.get',
  'rules.list',
  'rules.backTest',
  'inbox.list',
  'metrics.list',
  'metrics.series',
  'metrics.compare',
  'metrics.week',
  'metrics.cost',
  'availability.get',
  'baseline.compare',
  'alerts.deliveries',
  'channels.list',
  'doors.status',
  'logs.page',
] as const satisfies readonly QueryName[];
