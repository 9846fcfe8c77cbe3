// Decimal numbers as text: the API sends up to 70 significant digits, which no float can hold. Everything here is exact.
import type { Decimal } from '../domain/market';

/** Longest text kept. Every finite double fits (the smallest needs 342 characters); anything longer is not a price. */
const MAX_DECIMAL_CHARS = 400;

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const CANONICAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Decimal text or a JSON number in canonical plain notation: no exponent, no plus sign, no needless zeros ("1.0" is "1", "-0" is "0").
 * Returns null for everything else: "NaN", "Infinity", "", "1,234", "0x1f", null, numbers too long to be one.
 */
export function parseDecimal(value: unknown): Decimal | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > MAX_DECIMAL_CHARS) return null;
  const match = DECIMAL_TEXT.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;

  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  // The value is 0.<digits> times ten to the power of `point`.
  const point = whole.length + Number(exponent) - (whole.length + fraction.length - digits.length);
  if (Math.abs(point) > MAX_DECIMAL_CHARS) return null;
  const plain = (sign === '-' ? '-' : '') + placePoint(digits, point);
  return plain.length > MAX_DECIMAL_CHARS ? null : plain;
}

/** Exact comparison of canonical decimals: negative when a < b, 0 when equal, positive when a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const left = split(a);
  const right = split(b);
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  const size = compareMagnitudes(left, right);
  return left.negative ? -size : size;
}

function placePoint(digits: string, point: number): string {
  const significant = digits.replace(/0+$/, '');
  if (point <= 0) return `0.${'0'.repeat(-point)}${significant}`;
  if (point >= significant.length) return significant + '0'.repeat(point - significant.length);
  return `${significant.slice(0, point)}.${significant.slice(point)}`;
}

interface Magnitude {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function split(decimal: Decimal): Magnitude {
  const match = CANONICAL.exec(decimal);
  if (!match) throw new RangeError(`not a canonical decimal: ${decimal.slice(0, 40)}`);
  const [, sign, whole = '', fraction = ''] = match;
  return { negative: sign === '-', whole, fraction };
}

function compareMagnitudes(a: Magnitude, b: Magnitude): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1;
  // Without trailing zeros, text order of fractions is their numeric order.
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}
