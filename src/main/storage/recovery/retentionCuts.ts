// Which rows of a database may go, from how long a person wants to keep them. Pure.
import type { DatabaseName } from '../../../shared/domain/database';
import { JOURNAL_DAYS, SAMPLE_TIERS } from '../../../shared/domain/series';
import { TIMEFRAMES } from '../../../shared/domain/market';
import type { RetentionSettings } from '../../../shared/domain/settings';
import type { RetentionCut } from '../common/protocol';

const DAY_MS = 24 * 60 * 60_000;

/** Rows that one setting keeps; the timeframe is null but for candles, and null days keep for ever. */
export interface KeptTier {
  readonly table: RetentionCut['table'];
  readonly timeframe: RetentionCut['timeframe'];
  readonly days: number | null;
}

/** Null days keep for ever, and make no cut. */
export function retentionCuts(
  database: DatabaseName,
  settings: RetentionSettings,
  nowMs: number,
): readonly RetentionCut[] {
  return keptTiers(database, settings).flatMap(({ table, timeframe, days }) =>
    days === null ? [] : [{ table, beforeMs: nowMs - days * DAY_MS, timeframe }],
  );
}

export function keptTiers(database: DatabaseName, settings: RetentionSettings): readonly KeptTier[] {
  const tier = (table: KeptTier['table'], days: number | null, timeframe: KeptTier['timeframe'] = null): KeptTier => ({
    ...{ table, timeframe, days },
  });
  switch (database) {
    case 'monitor':
      return [
        tier('storage_samples', settings.samplesDays),
        tier('slots', settings.runsDays),
        tier('runs', settings.runsDays),
        tier('collector_events', settings.runsDays),
        tier('alert_instances', settings.runsDays),
        tier('alert_transitions', settings.runsDays),
        tier('incidents', settings.runsDays),
        tier('incident_events', settings.runsDays),
        tier('notices', settings.runsDays),
        tier('sample_ticks', JOURNAL_DAYS),
        tier('sample_seals', settings.runsDays),
        ...SAMPLE_TIERS.map(({ table, keepDays }) => tier(table, keepDays)),
        tier('deliveries', settings.runsDays),
      ];
    case 'market':
      return [
        tier('pool_snapshots', settings.poolHistoryDays),
        tier('pool_signals', settings.poolHistoryDays),
        tier('discovery_polls', settings.poolHistoryDays),
        tier('trades', settings.tradesDays),
        ...TIMEFRAMES.map((timeframe) =>
          tier('candles', settings.candlesDays[timeframe === 'second' ? 'minute' : timeframe], timeframe),
        ),
      ];
  }
}
