// What is remembered of a pool over time: its figures at every observation, the scores made of them, and how completely a
// network's launches were seen.
import type { CollectorId } from './collector';
import type { Decimal, PoolFigures } from './market';

export interface PoolSnapshotRow extends PoolFigures {
  readonly poolId: string;
  readonly observedAtMs: number;
  /** The collector that made the observation. */
  readonly seenBy: CollectorId;
}

export const TRENDS = ['unknown', 'falling', 'steady', 'rising', 'surging'] as const;
/** `unknown` until there are two earlier snapshots to compare with. */
export type Trend = (typeof TRENDS)[number];

export interface PoolSignalRow {
  readonly poolId: string;
  readonly observedAtMs: number;
  /** 0 to 100: the weighted parts plus the bonus. */
  readonly score: number;
  /** Each part 0 to 100, before its weight. */
  readonly volumePart: number;
  readonly liquidityPart: number;
  readonly momentumPart: number;
  readonly activityPart: number;
  readonly volatilityPart: number;
  readonly bonus: number;
  /** 0 to 100; how busy the pool is by absolute figures alone. 0 also when it misses a minimum. */
  readonly activityScore: number;
  readonly volumeTrend: Trend;
  readonly liquidityTrend: Trend;
  /** Earlier snapshots that the trends rest on. */
  readonly samples: number;
  /** JSON array of short sentences: what raised the score. */
  readonly reasons: string;
}

/** One look at the newest pools of a network, and how much of what was launched since the look before it shows. */
export interface DiscoveryPollRow {
  readonly networkId: string;
  readonly observedAtMs: number;
  readonly pages: number;
  /** Different pools seen, and how many of them were not known before. */
  readonly pools: number;
  readonly freshPools: number;
  readonly newestCreatedAtMs: number | null;
  readonly oldestCreatedAtMs: number | null;
  /** Wall time of the look before; null for the first. */
  readonly previousAtMs: number | null;
  /** 0 to 100: launches since the look before that were seen; null where that cannot be told. */
  readonly capturePct: number | null;
  /** Launches that were probably not seen. */
  readonly missedEstimate: number | null;
  readonly launchesPerMinute: Decimal | null;
}
