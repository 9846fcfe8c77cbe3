// Rows of everything that hangs on a pool or a token, every value a function of a number.
import { packRows, type TableRows } from '../../../src/shared/contract/tables';
import type { NetworkRow, TradeRow } from '../../../src/shared/domain/market';
import type { DiscoveryPollRow, PoolSignalRow, PoolSnapshotRow } from '../../../src/shared/domain/poolHistory';
import type { TokenDetailRow, TokenInfoRow } from '../../../src/shared/domain/tokenFacts';
import { pool, T0 } from './sampleRows';

export function network(n: number, change: Partial<NetworkRow> = {}): NetworkRow {
  return { networkId: `net_${n}`, name: `Net ${n}`, coingeckoPlatformId: null, observedAtMs: T0, ...change };
}

export function snapshot(n: number, change: Partial<PoolSnapshotRow> = {}): PoolSnapshotRow {
  const { id, ...figures } = pool(n % 20);
  return { ...figures, poolId: id, observedAtMs: T0 + n, seenBy: 'top_pools', ...change };
}

export function signal(n: number, change: Partial<PoolSignalRow> = {}): PoolSignalRow {
  return {
    poolId: pool(n % 20).id,
    observedAtMs: T0 + n,
    score: 61.25,
    volumePart: 50,
    liquidityPart: 20.5,
    momentumPart: 0,
    activityPart: 100,
    volatilityPart: 3,
    bonus: 10,
    activityScore: 44.5,
    volumeTrend: 'rising',
    liquidityTrend: 'unknown',
    samples: n,
    reasons: '["volume doubled"]',
    ...change,
  };
}

export function trade(n: number, change: Partial<TradeRow> = {}): TradeRow {
  return {
    poolId: pool(n % 20).id,
    txHash: `Tx${String(n).padStart(80, '0')}`,
    logIndex: n % 7,
    blockNumber: 300_000_000 + n,
    blockAtMs: T0 + n * 1_000,
    kind: n % 2 === 0 ? 'buy' : 'sell',
    fromTokenAddress: 'sol',
    toTokenAddress: `base${n}`,
    fromAmount: '0.106968578509495',
    toAmount: '211.331589',
    priceUsd: `0.0000${n + 1}23`,
    priceQuote: '0.000506164643987487',
    quotePriceUsd: '171.25',
    volumeUsd: `${n}.5`,
    sender: null,
    observedAtMs: T0 + 3,
    ...change,
  };
}

export function poll(n: number, change: Partial<DiscoveryPollRow> = {}): DiscoveryPollRow {
  return {
    networkId: 'solana',
    observedAtMs: T0 + n,
    pages: 10,
    pools: 200,
    freshPools: 120,
    newestCreatedAtMs: T0,
    oldestCreatedAtMs: T0 - 400_000,
    previousAtMs: n === 0 ? null : T0 + n - 1,
    capturePct: n === 0 ? null : 62.5,
    missedEstimate: n === 0 ? null : 72,
    launchesPerMinute: '30.5',
    ...change,
  };
}

function tokenIdentity(n: number): Pick<TokenDetailRow, 'id' | 'networkId' | 'address'> {
  return { id: `solana_token${n}`, networkId: 'solana', address: `token${n}` };
}

export function tokenDetail(n: number, change: Partial<TokenDetailRow> = {}): TokenDetailRow {
  return {
    ...tokenIdentity(n),
    priceUsd: '2.0174050182',
    fdvUsd: null,
    marketCapUsd: null,
    totalSupply: '999999108.407137',
    reserveUsd: '38853273.6350283264033294',
    volumeUsdH24: '0',
    imageUrl: null,
    coingeckoId: null,
    graduationPct: '2.16',
    graduatedAtMs: null,
    migratedPoolId: null,
    lastTradeAtMs: T0,
    observedAtMs: T0,
    ...change,
  };
}

export function tokenInfo(n: number, change: Partial<TokenInfoRow> = {}): TokenInfoRow {
  return {
    ...tokenIdentity(n),
    description: `Said about ${n}`,
    imageUrl: null,
    websites: '["https://example.org/"]',
    discordUrl: null,
    farcasterUrl: null,
    zoraUrl: null,
    telegramHandle: null,
    twitterHandle: null,
    categories: '[]',
    gtScore: '86.5',
    gtScoreDetails: null,
    gtVerified: 1,
    holders: n,
    holderDistribution: null,
    holdersAtMs: T0,
    mintAuthority: 0,
    freezeAuthority: null,
    isHoneypot: null,
    developerAddress: null,
    developerHoldingPct: null,
    metadataAtMs: null,
    observedAtMs: T0,
    ...change,
  };
}

/** `count` rows of every table that this file makes. */
export function historyParts(count: number): readonly TableRows[] {
  const numbers = Array.from({ length: count }, (_, n) => n);
  return [
    packRows(
      'networks',
      numbers.map((n) => network(n)),
    ),
    packRows(
      'token_details',
      numbers.map((n) => tokenDetail(n)),
    ),
    packRows(
      'token_infos',
      numbers.map((n) => tokenInfo(n)),
    ),
    packRows(
      'pool_snapshots',
      numbers.map((n) => snapshot(n)),
    ),
    packRows(
      'pool_signals',
      numbers.map((n) => signal(n)),
    ),
    packRows(
      'discovery_polls',
      numbers.map((n) => poll(n)),
    ),
    packRows(
      'trades',
      numbers.map((n) => trade(n)),
    ),
  ];
}
