import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecord, recordsOfPage } from '../../../src/main/storage/worker/jobs/sqliteRecords';

describe('reading rows out of pages', () => {
  it('decodes a record of the file format by hand', () => {
    // header of 6 bytes: NULL, the constant 1, one byte, text of 2, a real number
    const real = Buffer.alloc(8);
    real.writeDoubleBE(1.5);
    const payload = Buffer.concat([Buffer.from([6, 0, 9, 1, 17, 7]), Buffer.from([0xfe]), Buffer.from('hi'), real]);
    expect(decodeRecord(payload)).toEqual([null, 1, -2, 'hi', 1.5]);
  });

  it('never throws on garbage, and never reads beyond the page', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 512, maxLength: 512 }),
        fc.constantFrom(0x0d, 0x0a, 0x02),
        (bytes, type) => {
          const page = Buffer.from(bytes);
          page.writeUInt8(type, 0);
          for (const { values } of recordsOfPage(page, 0)) expect(values.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it('takes nothing from pages of other kinds', () => {
    expect(recordsOfPage(Buffer.alloc(4_096, 0x05), 0)).toEqual([]);
    expect(recordsOfPage(Buffer.alloc(4_096), 0)).toEqual([]);
  });
});
