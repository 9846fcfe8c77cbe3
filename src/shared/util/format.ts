// Numbers and times as people read them. Pure; formatters are made once. Missing values are an en dash, never zero.
// Decimal strings are formatted as strings: a price with twenty leading zeros keeps its digits.

const LOCALE = 'en';
/** What stands where there is no value. */
export const NO_VALUE = '–';
const MINUS = '−';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const countFormat = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const compactFormat = new Intl.NumberFormat(LOCALE, {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const smallCompactFormat = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const clockFormat = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dateTimeFormat = new Intl.DateTimeFormat(LOCALE, {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** 1234567 → "1,234,567". */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? countFormat.format(value) : NO_VALUE;
}

/** "1 row", "2 rows", "1,200 rows"; the plural is the singular with an s unless given. */
export function formatQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

/** Bytes in binary steps with the usual short names: 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_VALUE;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** A measured duration: "0.35 ms", "12 ms", "1.2 s", "2 min 5 s", "3 h 20 min". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  if (ms < 1) return ms <= 0 ? '0 ms' : `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  return formatAge(ms);
}

/** A span that ticks: whole seconds below a minute, then the two largest units. Negative spans count as none. */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return twoUnits(span, MINUTE_MS, 'min', SECOND_MS, 's');
  if (span < DAY_MS) return twoUnits(span, HOUR_MS, 'h', MINUTE_MS, 'min');
  return twoUnits(span, DAY_MS, 'd', HOUR_MS, 'h');
}

/** The age in its largest unit only, for narrow columns: "42 s", "5 min", "3 h", "12 d", "2 y". */
export function formatShortAge(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < 2 * DAY_MS) return `${Math.floor(span / HOUR_MS)} h`;
  if (span < 730 * DAY_MS) return `${Math.floor(span / DAY_MS)} d`;
  return `${Math.floor(span / (365 * DAY_MS))} y`;
}

function twoUnits(span: number, bigMs: number, big: string, smallMs: number, small: string): string {
  const whole = Math.floor(span / bigMs);
  const rest = Math.floor((span % bigMs) / smallMs);
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}

/** Local time of day, "14:03:09". */
export function formatClock(atMs: number): string {
  return Number.isFinite(atMs) ? clockFormat.format(atMs) : NO_VALUE;
}

/** Local date and time, "Nov 23, 14:03:09". */
export function formatDateTime(atMs: number): string {
  return Number.isFinite(atMs) ? dateTimeFormat.format(atMs) : NO_VALUE;
}

/** The same moment for tooltips and reports: "2026-11-23 13:03:09 UTC". */
export function formatUtc(atMs: number): string {
  if (!Number.isFinite(atMs) || Math.abs(atMs) > 8.64e15) return NO_VALUE;
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** An amount of dollars in three significant digits: "$1.24M", "$982", "$0.42"; tiny amounts are "<$0.01". */
export function formatUsd(amount: string | null): string {
  if (amount === null) return NO_VALUE;
  const value = Number(amount);
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size === 0) return '$0';
  if (size < 0.01) return `${sign}<$0.01`;
  return `${sign}$${size < 1_000 ? smallCompactFormat.format(size) : compactFormat.format(size)}`;
}

/** A change in percent with its sign: "+1.24 %", "−0.30 %", "0.00 %". */
export function formatPercentChange(percent: string | null): string {
  if (percent === null) return NO_VALUE;
  const value = Number(percent);
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  const digits = size >= 1_000 ? countFormat.format(size) : size.toFixed(size >= 100 ? 1 : 2);
  if (Number(digits.replaceAll(',', '')) === 0) return `${digits} %`;
  return `${value < 0 ? MINUS : '+'}${digits} %`;
}

/** A share between 0 and 1 as "98.3 %"; only a full share is written "100 %". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  if (share >= 1) return '100 %';
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const PLAIN_DECIMAL = /^(-?)(\d+)(?:\.(\d*))?$/;
/** From this many zeros after the point on, they are counted instead of written. */
const COUNTED_ZEROS = 4;

/**
 * A price from a plain decimal string, cut (never rounded up) to about `significant` digits, cents kept while they matter: "1234.5678" → "1,234.56",
 * "0.00001613691" → "0.0₄16136" where the small figure counts zeros. Input that is not a plain decimal is shown as it is.
 */
export function formatPrice(price: string | null, significant = 5): string {
  if (price === null) return NO_VALUE;
  const match = PLAIN_DECIMAL.exec(price.trim());
  if (match === null) return price;
  const [, sign = '', rawWhole = '0', fraction = ''] = match;
  const whole = rawWhole.replace(/^0+(?=\d)/, '');
  const prefix = sign === '' ? '' : MINUS;
  if (whole !== '0') {
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    const places = whole.length > significant ? 0 : Math.max(2, significant - whole.length);
    const kept = trimZeros(fraction.slice(0, places));
    return `${prefix}${grouped}${kept === '' ? '' : `.${kept.padEnd(2, '0')}`}`;
  }
  const firstDigit = fraction.search(/[1-9]/);
  if (firstDigit === -1) return '0';
  const digits = trimZeros(fraction.slice(firstDigit, firstDigit + significant));
  if (firstDigit < COUNTED_ZEROS) return `${prefix}0.${'0'.repeat(firstDigit)}${digits}`;
  return `${prefix}0.0${toSubscript(firstDigit)}${digits}`;
}

function trimZeros(digits: string): string {
  return digits.replace(/0+$/, '');
}

function toSubscript(value: number): string {
  return Array.from(String(value), (digit) => SUBSCRIPTS[Number(digit)] ?? digit).join('');
}
