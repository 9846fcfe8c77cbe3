// Rows travel by position, and some wait on disk while the program is updated: in the spool, in a damaged file. These are the
// column orders of earlier versions, told apart by their length, and the way to today's. Pure.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';

const EARLIER: { readonly [T in TableName]?: readonly string[] } = {
  // Schema 10.
  pools: [
    ...['id', 'networkId', 'dexId', 'address', 'name', 'baseTokenId', 'quoteTokenId', 'createdAtMs'],
    ...['basePriceUsd', 'quotePriceUsd', 'reserveUsd', 'fdvUsd', 'marketCapUsd', 'volumeUsdH1', 'volumeUsdH24'],
    ...['changePctM5', 'changePctH1', 'changePctH24', 'buysH24', 'sellsH24', 'observedAtMs'],
  ],
  slots: ['collectorId', 'slotAtMs', 'outcome', 'runId', 'detail'],
  runs: [
    ...['id', 'collectorId', 'slotAtMs', 'startedAtMs', 'endedAtMs', 'durationMs', 'trigger', 'outcome', 'fetched'],
    ...['valid', 'inserted', 'changed', 'unchanged', 'rejected', 'calls', 'throttles', 'errorClass', 'errorMessage'],
  ],
};

/** What a column that did not exist then must say where it may not be NULL. */
const MEANT: { readonly [T in TableName]?: Readonly<Record<string, SqlValue>> } = { slots: { turn: 0, slots: 1 } };

/** The row in today's column order, with NULL or what was meant for what did not exist then; a row of no earlier version is left as it is. */
export function rowOfToday(table: TableName, row: readonly SqlValue[]): readonly SqlValue[] {
  const earlier = EARLIER[table];
  if (!earlier || row.length !== earlier.length) return row;
  const meant = MEANT[table] ?? {};
  return TABLE_COLUMNS[table].map((column) => row[earlier.indexOf(column)] ?? meant[column] ?? null);
}
