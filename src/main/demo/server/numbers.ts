// Numbers as the API writes them: plain decimal strings, never exponents, at least one decimal.

const MAX_FRACTION_DIGITS = 100;

function trim(text: string): string {
  if (!text.includes('.')) return `${text}.0`;
  const trimmed = text.replace(/0+$/, '');
  return trimmed.endsWith('.') ? `${trimmed}0` : trimmed;
}

function magnitude(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
}

/** At most `digits` significant digits and `maxFraction` decimals. */
export function decimal(value: number, digits = 15, maxFraction = MAX_FRACTION_DIGITS): string {
  const fraction = Math.min(maxFraction, MAX_FRACTION_DIGITS, Math.max(0, digits - 1 - magnitude(value)));
  return trim(value.toFixed(fraction));
}

/** Every digit that a double has, cut at `maxLength` characters: how prices on Solana look. Reads back as the same double. */
export function exactDecimal(value: number, maxLength = 70): string {
  const whole = Math.max(1, magnitude(value) + 1);
  return trim(value.toFixed(Math.min(MAX_FRACTION_DIGITS, maxLength - whole - 1)));
}

/** Enough digits to read back the same double. */
export function fullDecimal(value: number): string {
  return decimal(value, 17);
}

/** Percentage with up to 3 decimals; "0" for none. */
export function percent(value: number): string {
  const text = value.toFixed(3).replace(/\.?0+$/, '');
  return text === '-0' || text === '' ? '0' : text;
}

export function isoTime(atS: number): string {
  return `${new Date(atS * 1000).toISOString().slice(0, 19)}Z`;
}
