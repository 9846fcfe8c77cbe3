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
    'trades',
  ],
  monitor: ['slots', 'runs', 'collector_events', 'storage_samples'],
};
