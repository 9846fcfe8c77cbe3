// Which tables batches may write in which database, in display order.
import type { TableName } from '../../../shared/contract/tables';
import type { DatabaseName } from '../../../shared/domain/database';

export const DATABASE_TABLES: Readonly<Record<DatabaseName, readonly TableName[]>> = {
  market: [
    'networks',
    'dexes',
    'tokens',
    'token_details',
    'token_infos',
    'pools',
    'pool_snapshots',
    'pool_signals',
    'discovery_polls',
    'candles',
    'candle_coverage',
    'trades',
    'watchlist',
  ],
  monitor: [
    'slots',
    'runs',
    'collector_events',
    'storage_samples',
    'alert_rules',
    'alert_instances',
    'alert_transitions',
    'incidents',
    'incident_events',
    'silences',
    'notices',
    'deliveries',
  ],
};

/** What is brought over from a damaged file: not coverage, since the candles that it vouches for may be lost with the damage. */
export function salvagedTables(database: DatabaseName): readonly TableName[] {
  return DATABASE_TABLES[database].filter((table) => table !== 'candle_coverage');
}
