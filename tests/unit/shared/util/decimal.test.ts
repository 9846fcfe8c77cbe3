import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, parseDecimal } from '../../../../src/shared/util/decimal';

/** Exact value as a fraction of whole numbers: an independent way to say what a decimal text means. */
function exactly(text: string): { readonly units: bigint; readonly scale: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^\+/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { units: BigInt(`${whole}${fraction}`.replace(/^(-?)$/, '$10')), scale: fraction.length - Number(exponent) };
}

function sameValue(a: string, b: string): boolean {
  const left = exactly(a);
  const right = exactly(b);
  const scale = Math.max(left.scale, right.scale);
  return left.units * 10n ** BigInt(scale - left.scale) === right.units * 10n ** BigInt(scale - right.scale);
}

const digits = (minLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength: 40 });

const decimalText = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(1), fc.option(digits(1)), fc.option(fc.integer({ min: -60, max: 60 })))
  .map(
    ([sign, whole, fraction, exponent]) =>
      sign + whole + (fraction === null ? '' : `.${fraction}`) + (exponent === null ? '' : `e${exponent}`),
  );

describe('parseDecimal', () => {
  it.each([
    ['0.0000566673284218277368707532612867396024960039002528290815078515286', null],
    ['1.613691542742065e-05', '0.00001613691542742065'],
    [1.613691542742065e-5, '0.00001613691542742065'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    ['1.0', '1'],
    ['-0.0', '0'],
    ['+007.50', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['12e2', '1200'],
    ['999922842480187.0', '999922842480187'],
    ['-28.668', '-28.668'],
    [0, '0'],
    [-0, '0'],
    [1e21, '1000000000000000000000'],
  ])('reads %s', (value, expected) => {
    expect(parseDecimal(value)).toBe(expected ?? value);
  });

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '',
    '.',
    '-',
    'e5',
    '1,234',
    '0x1f',
    ' 1',
    '1 ',
    '1_000',
    '１',
    '1e99999',
    '1e401',
  ])('takes %j for no number', (value) => {
    expect(parseDecimal(value)).toBeNull();
  });

  it.each([NaN, Infinity, null, undefined, true, {}, [], ['1'], '9'.repeat(401)])('takes %j for no number', (value) => {
    expect(parseDecimal(value)).toBeNull();
  });

  it('keeps the exact value of every decimal text', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const plain = parseDecimal(text);
        expect(plain).not.toBeNull();
        expect(plain).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(sameValue(text, plain ?? '')).toBe(true);
      }),
    );
  });

  it('gives back every finite JSON number unchanged', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(parseDecimal(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('is canonical: two spellings of one value give one text, and reading twice changes nothing', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: 0, max: 5 }), (text, zeros) => {
        const plain = parseDecimal(text) ?? '';
        const padded = plain.includes('.') ? plain + '0'.repeat(zeros) : `${plain}.${'0'.repeat(zeros + 1)}`;
        expect(parseDecimal(padded)).toBe(plain);
        expect(parseDecimal(plain)).toBe(plain);
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseDecimal(value)));
  });
});

describe('compareDecimals', () => {
  it('orders decimals by their exact value', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const left = exactly(a);
        const right = exactly(b);
        const scale = Math.max(left.scale, right.scale);
        const difference =
          left.units * 10n ** BigInt(scale - left.scale) - right.units * 10n ** BigInt(scale - right.scale);
        const compared = compareDecimals(parseDecimal(a) ?? '', parseDecimal(b) ?? '');
        expect(Math.sign(compared)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
  });

  it('tells apart values that a float cannot', () => {
    expect(compareDecimals('0.1000000000000000000001', '0.1')).toBeGreaterThan(0);
    expect(compareDecimals('-10000000000000000000001', '-10000000000000000000000')).toBeLessThan(0);
  });

  it('refuses text that is no canonical decimal', () => {
    expect(() => compareDecimals('NaN', '1')).toThrow('not a canonical decimal');
  });
});
