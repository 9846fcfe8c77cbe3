// Whatever can be stored arrives as it was sent, through a real structured clone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriteEntry } from '../../../src/main/storage/common/protocol';
import { resultsFromWire, resultsToWire } from '../../../src/main/storage/common/resultsOnTheWire';
import { packParts, unpackParts } from '../../../src/main/storage/common/packedRows';
import { fromWire, toWire } from '../../../src/main/storage/common/rowsOnTheWire';
import type { SqlValue } from '../../../src/shared/contract/sqlValue';
import { TABLE_COLUMNS, type TableName } from '../../../src/shared/contract/tables';

const across = (entries: readonly WriteEntry[]): readonly WriteEntry[] => {
  const packed = entries.map(({ parts, ...head }) => ({ ...head, packed: packParts(parts) }));
  expect(packed.map((entry) => unpackParts(entry.packed))).toEqual(entries.map(({ parts }) => parts));
  return fromWire(structuredClone(toWire(packed)));
};

const value: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', 'é', '語', '\u0000', '\ud83d'), minLength: 240, maxLength: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);
const part = fc.constantFrom<TableName>('pools', 'candles', 'slots', 'dexes').chain((table) => {
  const width = TABLE_COLUMNS[table].length;
  return fc.record({
    table: fc.constant(table),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 4 }),
  });
});
const entry: fc.Arbitrary<WriteEntry> = fc.record({
  seq: fc.nat(),
  id: fc.string(),
  enqueuedAtMs: fc.nat(),
  parts: fc.array(part, { maxLength: 3 }),
});

describe('rows on their way to the writer', () => {
  it('arrive as they were sent: any text, any number, several batches in one message', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        expect(across(entries)).toEqual(entries);
      }),
    );
  });

  it('arrive when there are more of them than a message usually has', () => {
    const width = TABLE_COLUMNS.candles.length;
    const rows = Array.from({ length: 5_000 }, (_, row) => Array.from({ length: width }, (_, n) => `${row}/${n}`));
    const [arrived] = across([{ seq: 1, id: 'large', enqueuedAtMs: 0, parts: [{ table: 'candles', rows }] }]);
    expect(arrived?.parts[0]?.rows).toEqual(rows);
  });

  it('are left to the writer as they are when they do not fit their table', () => {
    const odd: WriteEntry = {
      seq: 1,
      id: 'odd',
      enqueuedAtMs: 0,
      parts: [{ table: 'dexes', rows: [['a'], ['b', 1]] }],
    };
    const sound: WriteEntry = {
      ...odd,
      seq: 2,
      parts: [{ table: 'dexes', rows: [TABLE_COLUMNS.dexes.map(() => 'x')] }],
    };
    expect(across([odd, sound])).toEqual([odd, sound]);
  });
});

describe('results on their way back', () => {
  it('arrive as they were sent, with what was rejected', () => {
    const rejected = fc.array(
      fc.record({ table: fc.constant('dexes' as const), index: fc.nat(), code: fc.string(), reason: fc.string() }),
      { maxLength: 2 },
    );
    const outcome = fc.record({ inserted: fc.nat(), changed: fc.nat(), unchanged: fc.nat(), rejected });
    const result = fc.record({ seq: fc.nat(), pickedAtMs: fc.double({ noNaN: true }), outcome });
    fc.assert(
      fc.property(fc.array(result, { maxLength: 5 }), (results) => {
        expect(resultsFromWire(structuredClone(resultsToWire(results)))).toEqual(results);
      }),
    );
  });
});
