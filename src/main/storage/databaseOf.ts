// Which database holds a table.
import type { TableName } from '../../shared/contract/tables';
import type { DatabaseName } from '../../shared/domain/database';
import { DATABASE_TABLES } from './common/databaseTables';

export function databaseOf(table: TableName): DatabaseName {
  return DATABASE_TABLES.monitor.includes(table) ? 'monitor' : 'market';
}
