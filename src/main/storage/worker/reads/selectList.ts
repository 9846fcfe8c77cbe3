// The SELECT list that turns a stored row back into the object its travel form came from: `volume_usd_h24 AS volumeUsdH24`.
import { TABLE_COLUMNS, type TableName } from '../../../../shared/contract/tables';
import { columnName } from '../columnName';

export function selectList(table: TableName, alias: string): string {
  return TABLE_COLUMNS[table].map((property) => `${alias}.${columnName(property)} AS ${property}`).join(', ');
}
