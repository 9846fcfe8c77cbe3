// Division of decimals that keeps enough digits for the smallest token price. Pure.
import type { Decimal } from '../../shared/domain/market';
import { parseDecimal } from '../../shared/util/decimal';

/** More than the source itself ever tells of a price that somebody traded at. */
const SIGNIFICANT_DIGITS = 24;

/** a / b, cut after 24 significant digits; null when b is 0. Both must be canonical and not negative. */
export function ratio(a: Decimal, b: Decimal): Decimal | null {
  const dividend = scaled(a);
  const divisor = scaled(b);
  if (divisor.digits === 0n) return null;
  if (dividend.digits === 0n) return '0';
  const missing = SIGNIFICANT_DIGITS + String(divisor.digits).length - String(dividend.digits).length;
  const shift = Math.max(0, missing);
  const digits = String((dividend.digits * 10n ** BigInt(shift)) / divisor.digits);
  const kept = digits.slice(0, SIGNIFICANT_DIGITS);
  const exponent = digits.length - kept.length - shift - dividend.places + divisor.places;
  return parseDecimal(`${kept}e${exponent}`);
}

function scaled(decimal: Decimal): { readonly digits: bigint; readonly places: number } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}
