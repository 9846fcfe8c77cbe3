// Which tables can be written and in which column order rows travel. The writer's statements are built from the same lists.
import type { CandleRow, DexRow, NetworkRow, PoolRow, TokenRow, TradeRow } from '../domain/market';
import type { CoverageRow } from '../domain/coverage';
import type { DiscoveryPollRow, PoolSignalRow, PoolSnapshotRow } from '../domain/poolHistory';
import type { TokenDetailRow, TokenInfoRow } from '../domain/tokenFacts';
import type { WatchlistRow } from '../domain/watchlist';
import { packCandle, packPool, packSnapshot, packTrade } from './rowPackers';
import type {
  AlertInstanceRow,
  AlertRuleRow,
  AlertTransitionRow,
  DeliveryRow,
  IncidentEventRow,
  IncidentRow,
  NoticeRow,
  SilenceRow,
} from './rows/alertRows';
import type { CollectorEventRow, RunRow, SlotRow, StorageSampleRow } from './rows/recordRows';
import type {
  BaselineRow,
  SampleChunkRow,
  SampleLayoutRow,
  SampleRollupRow,
  SampleSealRow,
  SampleTickRow,
} from './rows/sampleRows';
import type { SqlValue } from './sqlValue';

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
  sample_layouts: SampleLayoutRow;
  sample_ticks: SampleTickRow;
  sample_seals: SampleSealRow;
  sample_chunks: SampleChunkRow;
  sample_minutes: SampleRollupRow;
  sample_ten_minutes: SampleRollupRow;
  sample_hours: SampleRollupRow;
  sample_days: SampleRollupRow;
  baselines: BaselineRow;
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

const ROLLUP = ['metric', 'target', 'fromS', 'widthS', 'body'] as const;

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
  sample_layouts: ['id', 'names'],
  sample_ticks: ['fromS', 'layout', 'body'],
  sample_seals: ['fromS', 'ticks'],
  sample_chunks: ['metric', 'target', 'fromS', 'body', 'samples'],
  sample_minutes: ROLLUP,
  sample_ten_minutes: ROLLUP,
  sample_hours: ROLLUP,
  sample_days: ROLLUP,
  baselines: ['id', 'atMs', 'body'],
  deliveries: ['key', 'channelId', 'noticeId', 'incidentId', 'kind', 'state', 'offeredAtMs', 'observedAtMs', 'body'],
} as const satisfies { readonly [T in TableName]: readonly (keyof RowTypes[T])[] };

export interface TableRows {
  readonly table: TableName;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Tables that grow fastest; all others are packed by the names of their columns. */
const ROW_PACKERS: { readonly [T in TableName]?: (row: Partial<RowOf<T>>) => readonly SqlValue[] } = {
  pools: packPool,
  pool_snapshots: packSnapshot,
  candles: packCandle,
  trades: packTrade,
};

/** Packs objects into travel form. Every array grows by `push`: V8 copies one that was made in its full size at half the speed. */
export function packRows<T extends TableName>(table: T, rows: readonly RowOf<T>[]): TableRows {
  const pack = ROW_PACKERS[table] ?? ((row: RowOf<T>) => packByName(TABLE_COLUMNS[table], row));
  const packed: (readonly SqlValue[])[] = [];
  for (const row of rows) packed.push(pack(row));
  return { table, rows: packed };
}

function packByName(columns: readonly string[], row: object): readonly SqlValue[] {
  const values: SqlValue[] = [];
  for (const column of columns) values.push((row as Readonly<Record<string, SqlValue>>)[column] ?? null);
  return values;
}
