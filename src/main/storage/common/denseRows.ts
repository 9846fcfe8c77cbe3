// Rows that were read from a message or a spool file, on their way into another message. V8 gives such arrays room for holes, and
// copies an array with holes at half the speed: the copy without them pays for itself. Pure.
import type { SqlValue } from '../../../shared/contract/sqlValue';

/** @param convert what becomes of each row on the way */
export function denseRows(
  rows: readonly (readonly SqlValue[])[],
  convert: (row: readonly SqlValue[]) => readonly SqlValue[] = (row) => row,
): readonly (readonly SqlValue[])[] {
  const dense: (readonly SqlValue[])[] = [];
  for (const row of rows) {
    const values: SqlValue[] = [];
    for (const value of convert(row)) values.push(value);
    dense.push(values);
  }
  return dense;
}
