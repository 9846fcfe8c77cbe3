// Which figures can be true. A missing one is just not known; one that is negative, not a number or beyond anything that exists
// is a mistake of the source, and must be named rather than stored or dropped in silence.
import type { Decimal } from '../../../shared/domain/market';
import { compareDecimals, parseDecimal } from '../../../shared/util/decimal';
import { Rejection } from './readItems';

/** USD; no price of one token, no trade and no pool has ever come near. */
const MOST_USD = '1000000000000';
/** USD; nonsense supplies make nonsense valuations, and they are real answers. Beyond this not even that. */
const MOST_VALUATION_USD = '1000000000000000000000000';

export type FigureKind = 'usd' | 'valuation';

/** Passes a figure on. Throws a Rejection for one that is negative or absurd; `label` is for example "price". */
export function checked(value: Decimal | null, label: string, kind: FigureKind = 'usd'): Decimal | null {
  if (value === null) return null;
  if (value.startsWith('-')) throw new Rejection(`negative ${label}`);
  if (compareDecimals(value, kind === 'usd' ? MOST_USD : MOST_VALUATION_USD) > 0)
    throw new Rejection(`absurd ${label}`);
  return value;
}

/** The same for what must be a number when it is there at all: "NaN" is a mistake, null is not known. */
export function readChecked(raw: unknown, label: string): Decimal | null {
  if (raw === null || raw === undefined) return null;
  const value = parseDecimal(raw);
  if (value === null) throw new Rejection(`${label} is not a number`);
  return checked(value, label);
}

/** Labels of the `fields` of `attributes` that hold something which is not a number, for example "NaN". */
export function unreadable(attributes: unknown, fields: Readonly<Record<string, string>>): readonly string[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  const values = attributes as Readonly<Record<string, unknown>>;
  return Object.entries(fields).flatMap(([field, label]) => {
    const value = values[field];
    return value === null || value === undefined || parseDecimal(value) !== null ? [] : [label];
  });
}
