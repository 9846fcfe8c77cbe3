// Which tables can be written and in which column order rows travel. The writer's statements are built from the same lists.
import type { CandleRow, DexRow, NetworkRow, PoolRow, TokenRow, TradeRow } from '../domain/market';
import type { CoverageRow } from '../domain/coverage';
import type { DiscoveryPollRow, PoolSignalRow, PoolSnapshotRow } from '../domain/poolHistory';
import type { TokenDetailRow, TokenInfoRow } from '../domain/tokenFacts';
import type { WatchlistRow } from '../domain/watchlist';

export interface SlotRow {
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly outcome: string;
  readonly runId: string | null;
  readonly detail: string | null;
  /** How often the wall clock had been set back before: the same time can come twice. */
  readonly turn: number;
  /** Slots that this row speaks for, from `slotAtMs` to `untilMs`; 1 and null for a single one. */
  readonly slots: number;
  readonly untilMs: number | null;
}

export interface RunRow {
  readonly id: string;
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly trigger: string;
  readonly outcome: string;
  readonly fetched: number;
  readonly valid: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly calls: number;
  readonly throttles: number;
  readonly errorClass: string | null;
  readonly errorMessage: string | null;
  /** Runs in a row after this one: successes positive, failures negative. */
  readonly streak: number | null;
  /** What the run says about the quality of its data, as JSON. */
  readonly quality: string | null;
}

export interface CollectorEventRow {
  readonly id: string;
  readonly atMs: number;
  readonly kind: string;
  readonly collectorId: string | null;
  readonly host: string | null;
  readonly cause: string;
}

export interface StorageSampleRow {
  readonly database: string;
  readonly atMs: number;
  readonly state: string;
  readonly commits: number;
  readonly rows: number;
  readonly commitP50Ms: number;
  readonly commitP95Ms: number;
  readonly lockWaitP95Ms: number;
  readonly lockWaitMaxMs: number;
  readonly queuedBatches: number;
  readonly sizeBytes: number;
  readonly walBytes: number;
}

export interface AlertRuleRow {
  readonly ruleId: string;
  readonly version: number;
  readonly kind: string;
  readonly atMs: number;
  /** The rule as JSON. */
  readonly body: string;
}

export interface AlertInstanceRow {
  readonly key: string;
  readonly atMs: number;
  /** How far observed time had come. */
  readonly observedMs: number;
  /** The state as JSON. */
  readonly body: string;
}

export interface AlertTransitionRow {
  readonly id: string;
  readonly key: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly targetKind: string;
  readonly targetId: string;
  readonly fromState: string;
  readonly toState: string;
  readonly atMs: number;
  readonly seenAtMs: number;
  readonly value: number | null;
  readonly severity: string;
  readonly reason: string;
  readonly episode: number;
}

export interface IncidentRow {
  readonly id: string;
  readonly openedAtMs: number;
  /** 0 while it is open. */
  readonly resolvedAtMs: number;
  readonly severity: string;
  /** The incident that it turned out to be a part of, or empty. */
  readonly foldedInto: string;
  /** With what has been said about it, as JSON. */
  readonly body: string;
}

export interface IncidentEventRow {
  readonly id: string;
  readonly atMs: number;
  readonly incidentId: string;
  readonly kind: string;
  readonly text: string;
}

export interface SilenceRow {
  readonly id: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** As JSON. */
  readonly body: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly atMs: number;
  readonly incidentId: string;
  readonly kind: string;
  readonly severity: string;
  /** Why nobody was told, or empty. */
  readonly suppressed: string;
  /** 1 once somebody has looked at it. */
  readonly seen: number;
  /** Title and body as JSON. */
  readonly body: string;
}

export interface DeliveryRow {
  readonly key: string;
  readonly channelId: string;
  readonly noticeId: string;
  readonly incidentId: string | null;
  readonly kind: string;
  readonly state: string;
  readonly offeredAtMs: number;
  /** Of the version that this is: an older one never replaces a newer one. */
  readonly observedAtMs: number;
  /** Everything else, as JSON. */
  readonly body: string;
}

interface RowTypes {
  networks: NetworkRow;
  dexes: DexRow;
  tokens: TokenRow;
  token_details: TokenDetailRow;
  token_infos: TokenInfoRow;
  pools: PoolRow;
  pool_snapshots: PoolSnapshotRow;
  pool_signals: PoolSignalRow;
  discovery_polls: DiscoveryPollRow;
  candles: CandleRow;
  candle_coverage: CoverageRow;
  trades: TradeRow;
  watchlist: WatchlistRow;
  slots: SlotRow;
  runs: RunRow;
  collector_events: CollectorEventRow;
  storage_samples: StorageSampleRow;
  alert_rules: AlertRuleRow;
  alert_instances: AlertInstanceRow;
  alert_transitions: AlertTransitionRow;
  incidents: IncidentRow;
  incident_events: IncidentEventRow;
  silences: SilenceRow;
  notices: NoticeRow;
  deliveries: DeliveryRow;
}

export type TableName = keyof RowTypes;
export type RowOf<T extends TableName> = RowTypes[T];

/** The same figures in pools and in their snapshots. */
const POOL_FIGURES = [
  'basePriceUsd',
  'quotePriceUsd',
  'reserveUsd',
  'fdvUsd',
  'marketCapUsd',
  'volumeUsdM5',
  'volumeUsdH1',
  'volumeUsdH6',
  'volumeUsdH24',
  'changePctM5',
  'changePctH1',
  'changePctH6',
  'changePctH24',
  'buysH1',
  'sellsH1',
  'buysH24',
  'sellsH24',
  'buyersH24',
  'sellersH24',
] as const;

/** Property names in travel order. */
export const TABLE_COLUMNS = {
  networks: ['networkId', 'name', 'coingeckoPlatformId', 'observedAtMs'],
  dexes: ['networkId', 'dexId', 'name', 'observedAtMs'],
  tokens: ['id', 'networkId', 'address', 'symbol', 'name', 'decimals', 'observedAtMs'],
  token_details: [
    'id',
    'networkId',
    'address',
    'priceUsd',
    'fdvUsd',
    'marketCapUsd',
    'totalSupply',
    'reserveUsd',
    'volumeUsdH24',
    'imageUrl',
    'coingeckoId',
    'graduationPct',
    'graduatedAtMs',
    'migratedPoolId',
    'lastTradeAtMs',
    'observedAtMs',
  ],
  token_infos: [
    'id',
    'networkId',
    'address',
    'description',
    'imageUrl',
    'websites',
    'discordUrl',
    'farcasterUrl',
    'zoraUrl',
    'telegramHandle',
    'twitterHandle',
    'categories',
    'gtScore',
    'gtScoreDetails',
    'gtVerified',
    'holders',
    'holderDistribution',
    'holdersAtMs',
    'mintAuthority',
    'freezeAuthority',
    'isHoneypot',
    'developerAddress',
    'developerHoldingPct',
    'metadataAtMs',
    'observedAtMs',
  ],
  pools: [
    'id',
    'networkId',
    'dexId',
    'address',
    'name',
    'baseTokenId',
    'quoteTokenId',
    'createdAtMs',
    ...POOL_FIGURES,
    'feePct',
    'lockedLiquidityPct',
    'observedAtMs',
  ],
  pool_snapshots: ['poolId', 'observedAtMs', 'seenBy', ...POOL_FIGURES],
  pool_signals: [
    'poolId',
    'observedAtMs',
    'score',
    'volumePart',
    'liquidityPart',
    'momentumPart',
    'activityPart',
    'volatilityPart',
    'bonus',
    'activityScore',
    'volumeTrend',
    'liquidityTrend',
    'samples',
    'reasons',
  ],
  discovery_polls: [
    'networkId',
    'observedAtMs',
    'pages',
    'pools',
    'freshPools',
    'newestCreatedAtMs',
    'oldestCreatedAtMs',
    'previousAtMs',
    'capturePct',
    'missedEstimate',
    'launchesPerMinute',
  ],
  candles: [
    'poolId',
    'timeframe',
    'aggregate',
    'side',
    'currency',
    'startsAtS',
    'open',
    'high',
    'low',
    'close',
    'volume',
    'observedAtMs',
  ],
  trades: [
    'poolId',
    'txHash',
    'logIndex',
    'blockNumber',
    'blockAtMs',
    'kind',
    'fromTokenAddress',
    'toTokenAddress',
    'fromAmount',
    'toAmount',
    'priceUsd',
    'priceQuote',
    'quotePriceUsd',
    'volumeUsd',
    'sender',
    'observedAtMs',
  ],
  candle_coverage: [
    'poolId',
    'timeframe',
    'aggregate',
    'side',
    'currency',
    'fromS',
    'toS',
    'refusedBeforeS',
    'newestAtMs',
    'observedAtMs',
  ],
  watchlist: [
    'id',
    'networkId',
    'address',
    'symbol',
    'name',
    'dexId',
    'tokenAddress',
    'groups',
    'note',
    'active',
    'addedBy',
    'addedAtMs',
    'score',
    'reasons',
    'updatedAtMs',
  ],
  slots: ['collectorId', 'slotAtMs', 'outcome', 'runId', 'detail', 'turn', 'slots', 'untilMs'],
  runs: [
    'id',
    'collectorId',
    'slotAtMs',
    'startedAtMs',
    'endedAtMs',
    'durationMs',
    'trigger',
    'outcome',
    'fetched',
    'valid',
    'inserted',
    'changed',
    'unchanged',
    'rejected',
    'calls',
    'throttles',
    'errorClass',
    'errorMessage',
    'streak',
    'quality',
  ],
  collector_events: ['id', 'atMs', 'kind', 'collectorId', 'host', 'cause'],
  storage_samples: [
    'database',
    'atMs',
    'state',
    'commits',
    'rows',
    'commitP50Ms',
    'commitP95Ms',
    'lockWaitP95Ms',
    'lockWaitMaxMs',
    'queuedBatches',
    'sizeBytes',
    'walBytes',
  ],
  alert_rules: ['ruleId', 'version', 'kind', 'atMs', 'body'],
  alert_instances: ['key', 'atMs', 'observedMs', 'body'],
  alert_transitions: [
    'id',
    'key',
    'ruleId',
    'ruleVersion',
    'targetKind',
    'targetId',
    'fromState',
    'toState',
    'atMs',
    'seenAtMs',
    'value',
    'severity',
    'reason',
    'episode',
  ],
  incidents: ['id', 'openedAtMs', 'resolvedAtMs', 'severity', 'foldedInto', 'body'],
  incident_events: ['id', 'atMs', 'incidentId', 'kind', 'text'],
  silences: ['id', 'fromMs', 'untilMs', 'body'],
  notices: ['id', 'atMs', 'incidentId', 'kind', 'severity', 'suppressed', 'seen', 'body'],
  deliveries: ['key', 'channelId', 'noticeId', 'incidentId', 'kind', 'state', 'offeredAtMs', 'observedAtMs', 'body'],
} as const satisfies { readonly [T in TableName]: readonly (keyof RowTypes[T])[] };

/** What SQLite can bind. NaN, undefined, booleans and dates are refused before the queue: the binding would store NULL or throw. */
export type SqlValue = string | number | null;

export interface TableRows {
  readonly table: TableName;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Packs objects into travel form. */
export function packRows<T extends TableName>(table: T, rows: readonly RowOf<T>[]): TableRows {
  const columns: readonly string[] = TABLE_COLUMNS[table];
  return {
    table,
    rows: rows.map((row) =>
      columns.map((column) => (row as unknown as Readonly<Record<string, SqlValue>>)[column] ?? null),
    ),
  };
}
