// Which tables batches may write in which database, in display order.
import type { TableName } from '../../../shared/contract/tables';
import type { DatabaseName } from '../../../shared/domain/database';

export const DATABASE_TABLES: Readonly<Record<DatabaseName, readonly TableName[]>> = {
  market: ['dexes', 'tokens', 'pools', 'candles'],
  monitor: ['slots', 'runs', 'storage_samples'],
};
