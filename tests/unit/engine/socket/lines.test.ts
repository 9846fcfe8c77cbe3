import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../../src/main/engine/socket/lines';

describe('LineSplitter', () => {
  it('finds the same lines however the bytes are cut', () => {
    const text = fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const splitter = new LineSplitter(1_000_000);
        const found: string[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          found.push(...splitter.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(found).toEqual(lines);
        expect(splitter.isHalfway).toBe(false);
      }),
    );
  });

  it('takes a line of exactly the limit and refuses one byte more, in one piece or in many', () => {
    expect(new LineSplitter(4).push(Buffer.from('1234\n'))).toEqual(['1234']);
    expect(() => new LineSplitter(4).push(Buffer.from('12345'))).toThrow('too long');
    const splitter = new LineSplitter(4);
    splitter.push(Buffer.from('1234'));
    expect(() => splitter.push(Buffer.from('5'))).toThrow('too long');
  });
});
