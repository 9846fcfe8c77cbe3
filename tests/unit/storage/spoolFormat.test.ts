import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriteBatch } from '../../../src/shared/contract/storage';
import {
  batchesOf,
  decodeSpool,
  encodeRecord,
  measureSpool,
  SPOOL_HEADER,
} from '../../../src/main/storage/spool/spoolFormat';

const batch: fc.Arbitrary<WriteBatch> = fc.record({
  id: fc.string({ minLength: 1 }),
  parts: fc.array(
    fc.record({
      table: fc.constantFrom('pools' as const, 'candles' as const),
      rows: fc.array(fc.array(fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.constant(null)))),
    }),
    { maxLength: 2 },
  ),
});

function fileOf(batches: readonly WriteBatch[]): Buffer {
  return Buffer.concat([SPOOL_HEADER, ...batches.map(encodeRecord)]);
}

describe('the spool format', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const file = fileOf(batches);
        expect(decodeSpool(file)).toEqual({ batches, damaged: 0, goodBytes: file.length });
      }),
    );
  });

  it('cut off at any byte, gives every batch that was whole and calls nothing damaged', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 5 }), fc.nat(), (batches, cut) => {
        const records = batches.map(encodeRecord);
        const file = Buffer.concat([SPOOL_HEADER, ...records]);
        const length = cut % (file.length + 1);
        let end = SPOOL_HEADER.length;
        const whole = batches.filter((_, index) => (end += records[index]?.length ?? 0) <= length);
        const { batches: found, damaged } = decodeSpool(file.subarray(0, length));
        expect([found, damaged]).toEqual([whole, 0]);
      }),
    );
  });

  it('with one flipped bit, also in its only or its last batch, loses at most the batch that it is in, and says so', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(7), (batches, place, bit) => {
        const file = fileOf(batches);
        const at = SPOOL_HEADER.length + (place % (file.length - SPOOL_HEADER.length));
        file.writeUInt8(file.readUInt8(at) ^ (1 << bit), at);
        const { batches: found, damaged } = decodeSpool(file);
        expect(damaged).toBe(1);
        expect(found).toHaveLength(batches.length - 1);
      }),
    );
  });

  it('whose end is as long as it should be, and was not written, calls nothing damaged', () => {
    const sectors = 4;
    const long = { id: 'long', parts: [{ table: 'pools' as const, rows: [['x'.repeat(sectors * 512)]] }] };
    const file = fileOf([long, long]);
    // A crash may leave the new length and not the new bytes, sector by sector.
    const middle = Buffer.from(file);
    const sector = Math.ceil(file.length / 512) - 3;
    middle.fill(0, sector * 512, (sector + 1) * 512);
    expect(decodeSpool(middle)).toMatchObject({ batches: [long], damaged: 0 });
    const end = Buffer.from(file).fill(0, file.length - (file.length % 512));
    expect(decodeSpool(end)).toMatchObject({ batches: [long], damaged: 0 });
  });

  it('is measured and read one by one with the same result as at once, however it is damaged', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 5 }), fc.nat(), fc.nat(7), (batches, place, bit) => {
        const file = fileOf(batches);
        const at = place % file.length;
        file.writeUInt8(file.readUInt8(at) ^ (1 << bit), at);
        const { batches: found, ...end } = decodeSpool(file);
        expect(measureSpool(file)).toEqual({ batches: found.length, ...end });
        expect([...batchesOf(file)]).toEqual(found);
      }),
    );
  });

  it('with a flipped bit in its header, gives every batch', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 3 }), fc.nat(63), (batches, bit) => {
        const file = fileOf(batches);
        file.writeUInt8(file.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(decodeSpool(file)).toEqual({ batches, damaged: 0, goodBytes: file.length });
      }),
    );
  });

  it('takes nothing from a file of another kind, and calls it damaged', () => {
    expect(decodeSpool(Buffer.from('SQLite format 3\u0000 and more'))).toMatchObject({ batches: [], damaged: 1 });
    expect(decodeSpool(Buffer.alloc(0))).toMatchObject({ batches: [], damaged: 0 });
  });
});
