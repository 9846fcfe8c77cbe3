import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { packRows, TABLE_COLUMNS, type TableName, type TableRows } from '../../../../src/shared/contract/tables';
import { denseRows } from '../../../../src/main/storage/common/denseRows';

const TABLES = Object.keys(TABLE_COLUMNS) as readonly TableName[];
/** Enough for the engine to compile the loop; only then does it give arrays made by `map` room for holes. */
const HOT = 20_000;
/** V8's serialiser writes this byte after its two of version for an array without holes, another one for any other. */
const DENSE_ARRAY = 'A';

function formOf(array: readonly unknown[]): string {
  return String.fromCharCode(serialize(array)[2] ?? 0);
}

function packAnything(table: TableName, row: object): TableRows {
  return packRows(table, [row as never]);
}

describe('packing rows', () => {
  it.each(TABLES)('lays %s out in travel order', (table) => {
    const row = Object.fromEntries(TABLE_COLUMNS[table].map((column) => [column, `${column} itself`]));
    expect(packAnything(table, row)).toEqual({
      table,
      rows: [TABLE_COLUMNS[table].map((column) => `${column} itself`)],
    });
  });

  it.each(TABLES)('sends NULL for what a row of %s does not have', (table) => {
    expect(packAnything(table, {}).rows).toEqual([TABLE_COLUMNS[table].map(() => null)]);
  });

  it.each(TABLES)('makes no array of %s that structured clone copies slowly, however hot the code is', (table) => {
    let last = packAnything(table, {});
    for (let n = 0; n < HOT; n += 1) last = packAnything(table, { observedAtMs: n });
    expect([last.rows, ...last.rows].map(formOf)).toEqual([DENSE_ARRAY, DENSE_ARRAY]);
  });
});

describe('rows that came out of a message', () => {
  it('are copied into arrays without holes, value by value', () => {
    const received = structuredClone([
      ['a', 1, null],
      ['b', 2.5, null],
    ]);
    const dense = denseRows(received);
    expect(dense).toEqual(received);
    expect([dense, ...dense].map(formOf)).toEqual([DENSE_ARRAY, DENSE_ARRAY, DENSE_ARRAY]);
  });
});
