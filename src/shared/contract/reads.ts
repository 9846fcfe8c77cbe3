// Reads that a reader thread can answer; each is one prepared statement. Other parts of the program name them, never SQL.
import type { CollectorId, RunReport, SlotOutcome } from '../domain/collector';
import type { CollectorEvent } from '../domain/collectorEvent';
import type { Delivery } from '../domain/delivery';
import type { DeliveryListArgs } from './delivery';
import type {
  CandleSeries,
  CandleSeriesArgs,
  EventListArgs,
  MetricSeriesArgs,
  PoolList,
  PoolListArgs,
} from './queries';
import type { Series } from '../domain/bars';
import type { SeriesState } from '../domain/coverage';
import type { PoolRow } from '../domain/market';
import type { TableQuality } from '../domain/quality';
import type { RetentionTier } from '../domain/retention';
import type { WatchCandidate, WatchlistItem } from '../domain/watchlist';
import type { Range } from '../util/ranges';
import type { IncidentListArgs } from './alerts';
import type { TimelineReads } from './timeline';
import type {
  AlertInstanceRow,
  AlertRuleRow,
  AlertTransitionRow,
  IncidentEventRow,
  IncidentRow,
  NoticeRow,
  SilenceRow,
} from './rows/alertRows';
import type { BaselineRow } from './rows/sampleRows';
import type { TableName, TableRows } from './tables';
import type { SlotTally } from '../domain/availability';
import type { MetricName } from '../domain/metrics';
import type { Figure, SeriesBucket, SeriesId, TierCost } from '../domain/series';
import type { Decimal } from '../domain/market';
import type { DiscoveryPollRow } from '../domain/poolHistory';

export interface PoolReference {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly name: string | null;
  readonly baseTokenId: string | null;
  readonly quoteTokenId: string | null;
}

export type PoolFigureRecord = Pick<PoolRow, 'id' | 'basePriceUsd' | 'reserveUsd' | 'volumeUsdH24' | 'observedAtMs'>;

export interface SlotRecord {
  readonly collectorId: CollectorId;
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  readonly durationMs: number | null;
  /** Rows inserted or changed by the slot's run. */
  readonly rows: number | null;
  /** How often the wall clock had been set back before. */
  readonly turn: number;
  /** Slots that this record speaks for, from `slotAtMs` to `untilMs`; 1 and null for a single one. */
  readonly slots: number;
  readonly untilMs: number | null;
  /** False for a run beside the schedule: ordered by hand, or an extra attempt after a failure. */
  readonly expected: boolean;
}

/** What a pool's scores compare its present with. */
export interface PoolHistoryPoint {
  readonly poolId: string;
  readonly observedAtMs: number;
  readonly volumeUsdH24: Decimal | null;
  readonly reserveUsd: Decimal | null;
  readonly buysH24: number | null;
  readonly sellsH24: number | null;
}

export interface TokenReference {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
}

/** What there is of a tier of retention. */
export interface TierExtent extends Pick<RetentionTier, 'timeframe' | 'partitions' | 'oldestAtMs' | 'newestAtMs'> {
  readonly table: TableName;
  /** Null where only a scan would tell. */
  readonly rows: number | null;
  /** Estimated, indexes included. */
  readonly rowBytes: number;
}

export interface StoredAlerts {
  /** Oldest first. */
  readonly rules: readonly AlertRuleRow[];
  readonly instances: readonly AlertInstanceRow[];
  readonly incidents: readonly IncidentRow[];
  readonly silences: readonly SilenceRow[];
  readonly unseen: readonly NoticeRow[];
}

/** An hour of the journal of samples. */
export interface SampleHour {
  readonly fromS: number;
  readonly ticks: number;
}

/** What a rollup to local days, and a question up to now, need to know. */
export interface SampleTime {
  readonly nowMs: number;
  /** Time zone in which days begin: "Europe/Berlin". */
  readonly zone: string;
}

/** Read name → [arguments, answer]. */
export interface Reads extends TimelineReads {
  // both
  'retention.extents': [null, readonly TierExtent[]];
  /** What reads the file: the version of SQLite, and that of the interface between it and the runtime. */
  'addon.about': [null, { readonly sqlite: string; readonly nodeApi: string }];
  // market.db
  'pools.list': [PoolListArgs, PoolList];
  /** The tokens of every pool that knows both. */
  'pools.tokenPairs': [
    null,
    readonly { readonly id: string; readonly baseTokenId: string; readonly quoteTokenId: string }[],
  ];
  'pools.facets': [null, { readonly networks: readonly { readonly id: string; readonly dexIds: readonly string[] }[] }];
  /** Pools of the given networks with the largest reserve, largest first. */
  'pools.largest': [{ readonly networkIds: readonly string[]; readonly limit: number }, readonly PoolReference[]];
  /**
   * Pools worth another look: launched since `createdSinceMs` and not seen since `youngBeforeMs`, or of any age and not seen since
   * `otherBeforeMs`. Half of them are those with the best scores; the other half is drawn by chance, so that a pool which the
   * source has dropped cannot stand in the way of others.
   */
  'pools.toRevisit': [
    {
      readonly networkIds: readonly string[];
      readonly createdSinceMs: number;
      readonly youngBeforeMs: number;
      readonly otherBeforeMs: number;
      readonly limit: number;
    },
    readonly PoolReference[],
  ];
  /** Snapshots of the given pools, oldest first within a pool. */
  'pools.history': [{ readonly poolIds: readonly string[]; readonly sinceMs: number }, readonly PoolHistoryPoint[]];
  /** The latest look at the newest pools of a network. */
  'discovery.last': [{ readonly networkId: string }, DiscoveryPollRow | null];
  /** Tokens never asked about first, then those not asked about since `observedBeforeMs`; of the most worth in pools first. */
  'tokens.due': [
    {
      readonly about: 'token_details' | 'token_infos';
      readonly networkIds: readonly string[];
      readonly observedBeforeMs: number;
      readonly limit: number;
    },
    readonly TokenReference[],
  ];
  /** When the newest stored trade of each pool was; pools without trades are left out. */
  'trades.newest': [
    { readonly poolIds: readonly string[] },
    readonly { readonly poolId: string; readonly blockAtMs: number }[],
  ];
  'candles.series': [CandleSeriesArgs, CandleSeries];
  /** What is stored of a series between two times, in seconds since the epoch. */
  'candles.state': [{ readonly series: Series; readonly window: Range }, SeriesState];
  /** Newest additions last. */
  'watchlist.list': [{ readonly activeOnly: boolean }, readonly WatchlistItem[]];
  /**
   * Pools that scored at least `minScore` since `sinceMs` and were never on the watchlist, best first; and how many were added
   * for their score since `addedSinceMs`.
   */
  'watchlist.candidates': [
    { readonly minScore: number; readonly sinceMs: number; readonly addedSinceMs: number; readonly limit: number },
    { readonly candidates: readonly WatchCandidate[]; readonly autoAdded: number },
  ];
  /** The figures of some pools as last seen; unknown pools are left out. */
  'pools.figures': [{ readonly ids: readonly string[] }, readonly PoolFigureRecord[]];
  /** Rows, newest observation and filled key fields of every table of collected data. Reads them whole. */
  'quality.tables': [null, readonly Omit<TableQuality, 'verdicts'>[]];
  // monitor.db
  /** The newest slots of each collector, oldest first within a collector. */
  'slots.recent': [
    { readonly collectorIds: readonly CollectorId[]; readonly perCollector: number },
    readonly SlotRecord[],
  ];
  'runs.recent': [{ readonly collectorId: CollectorId; readonly limit: number }, readonly RunReport[]];
  /** Runs in a row after the newest run: successes positive, failures negative; null when it is not on record. */
  'runs.streak': [{ readonly collectorId: CollectorId }, number | null];
  /** Newest first. */
  'events.recent': [EventListArgs, readonly CollectorEvent[]];
  /** What alerts go on from after a start. Incidents: those that are open or ended since `endedSinceMs`. */
  'alerts.stored': [{ readonly endedSinceMs: number; readonly runningAtMs: number }, StoredAlerts];
  /** Without those that turned out to be a part of another one; newest first. */
  'incidents.list': [IncidentListArgs, readonly IncidentRow[]];
  /** An incident with its timeline, oldest first. */
  'incidents.one': [
    { readonly incidentId: string },
    { readonly incident: IncidentRow; readonly events: readonly IncidentEventRow[] } | null,
  ];
  /** Oldest first; the newest of them when there are more. */
  'alerts.transitions': [
    { readonly keys: readonly string[]; readonly fromMs: number; readonly toMs: number; readonly limit: number },
    readonly AlertTransitionRow[],
  ];
  /** Newest first. */
  'notices.list': [{ readonly beforeMs: number | null; readonly limit: number }, readonly NoticeRow[]];
  /** Hours that have ended and of which not all ticks are packed and rolled up, oldest first. */
  'samples.due': [{ readonly nowMs: number }, readonly SampleHour[]];
  /** The rows of such an hour, of `limit` series from the one at `offset` on; to be written as they are. */
  'samples.seal': [
    SampleTime & { readonly fromS: number; readonly offset: number; readonly limit: number },
    { readonly parts: readonly TableRows[]; readonly isLast: boolean },
  ];
  /** Oldest first; there is no bucket where there is no sample. */
  'samples.series': [MetricSeriesArgs & SampleTime, readonly SeriesBucket[]];
  'samples.list': [null, readonly SeriesId[]];
  /** One figure for each series of the given metrics that has samples in that time. */
  'samples.figures': [
    SampleTime & { readonly metrics: readonly MetricName[]; readonly fromMs: number; readonly toMs: number },
    readonly (SeriesId & { readonly figure: Figure })[],
  ];
  /** Finest tier first. */
  'samples.cost': [null, readonly TierCost[]];
  'baselines.newest': [null, BaselineRow | null];
  /** What the slots of each collector say about each of some stretches of time. */
  'slots.tally': [
    {
      readonly collectorIds: readonly CollectorId[];
      readonly windows: readonly { readonly fromMs: number; readonly toMs: number }[];
    },
    readonly { readonly collectorId: CollectorId; readonly tallies: readonly SlotTally[] }[],
  ];
  /** Newest first. */
  'deliveries.list': [DeliveryListArgs, readonly Delivery[]];
  /** Those offered since then, and all of incidents whose end was not offered on that channel; oldest first. */
  'deliveries.open': [{ readonly sinceMs: number }, readonly Delivery[]];
}
export type ReadName = keyof Reads;
export type ReadArgs<R extends ReadName> = Reads[R][0];
export type ReadAnswer<R extends ReadName> = Reads[R][1];
