// Which rows of a database may go, from how long a person wants to keep them. Pure.
import type { DatabaseName } from '../../../shared/domain/database';
import { TIMEFRAMES } from '../../../shared/domain/market';
import type { RetentionSettings } from '../../../shared/domain/settings';
import type { RetentionCut } from '../common/protocol';

const DAY_MS = 24 * 60 * 60_000;

/** Null days keep for ever, and make no cut. */
export function retentionCuts(
  database: DatabaseName,
  settings: RetentionSettings,
  nowMs: number,
): readonly RetentionCut[] {
  const cut = (table: RetentionCut['table'], days: number | null, timeframe: RetentionCut['timeframe'] = null) =>
    days === null ? [] : [{ table, beforeMs: nowMs - days * DAY_MS, timeframe }];
  switch (database) {
    case 'monitor':
      return [
        ...cut('storage_samples', settings.samplesDays),
        ...cut('slots', settings.runsDays),
        ...cut('runs', settings.runsDays),
        ...cut('collector_events', settings.runsDays),
        ...cut('alert_transitions', settings.runsDays),
        ...cut('incident_events', settings.runsDays),
        ...cut('notices', settings.runsDays),
        ...cut('deliveries', settings.runsDays),
      ];
    case 'market':
      return [
        ...cut('pool_snapshots', settings.poolHistoryDays),
        ...cut('pool_signals', settings.poolHistoryDays),
        ...cut('discovery_polls', settings.poolHistoryDays),
        ...cut('trades', settings.tradesDays),
        ...TIMEFRAMES.flatMap((timeframe) =>
          cut('candles', settings.candlesDays[timeframe === 'second' ? 'minute' : timeframe], timeframe),
        ),
      ];
  }
}
