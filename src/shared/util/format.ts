// Numbers and times as people read them, in English until told otherwise; formatters are made once for each language. Missing
// values are an en dash, never zero. Decimal strings are formatted as strings: a price with twenty leading zeros keeps its digits.
import type { Language } from '../domain/settings';

/** What stands where there is no value. */
export const NO_VALUE = '–';
const MINUS = '−';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Formats {
  readonly count: Intl.NumberFormat;
  readonly compact: Intl.NumberFormat;
  readonly smallCompact: Intl.NumberFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly dateTime: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  /** Between whole and fraction, and between thousands. */
  readonly point: string;
  readonly comma: string;
  /** Around an amount of dollars. */
  readonly dollars: (amount: string) => string;
  readonly days: string;
  readonly years: string;
}

const TIME_OF_DAY = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

function makeFormats(language: Language): Formats {
  return {
    count: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
    compact: new Intl.NumberFormat(language, {
      notation: 'compact',
      minimumSignificantDigits: 3,
      maximumSignificantDigits: 3,
    }),
    smallCompact: new Intl.NumberFormat(language, { maximumFractionDigits: 2 }),
    clock: new Intl.DateTimeFormat(language, TIME_OF_DAY),
    dateTime: new Intl.DateTimeFormat(language, { day: '2-digit', month: 'short', ...TIME_OF_DAY }),
    minute: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }),
    ...(language === 'de'
      ? { point: ',', comma: '.', dollars: (amount) => `${amount} $`, days: 'T', years: 'J' }
      : { point: '.', comma: ',', dollars: (amount) => `$${amount}`, days: 'd', years: 'y' }),
  };
}

const made = new Map<Language, Formats>();
let formats = formatsOf('en');

function formatsOf(language: Language): Formats {
  const found = made.get(language) ?? makeFormats(language);
  made.set(language, found);
  return found;
}

/** From now on everything here is written as people of this language write it. The program itself never asks for it: only a window does. */
export function setFormatLanguage(language: Language): void {
  formats = formatsOf(language);
}

/** A number that was written with a point, as it is written in the present language. */
export function localDecimal(written: string): string {
  return written.replace('.', formats.point);
}

/** 1234567 → "1,234,567". */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? formats.count.format(value) : NO_VALUE;
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
  return `${localDecimal(value.toFixed(digits))} ${units[unit]}`;
}

/** A measured duration: "0.35 ms", "12 ms", "1.2 s", "2 min 5 s", "3 h 20 min". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  if (ms < 1) return ms <= 0 ? '0 ms' : `${localDecimal(ms.toFixed(2))} ms`;
  if (ms < 10) return `${localDecimal(ms.toFixed(1))} ms`;
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${localDecimal((ms / SECOND_MS).toFixed(1))} s`;
  return formatAge(ms);
}

/** A span that ticks: whole seconds below a minute, then the two largest units. Negative spans count as none. */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return twoUnits(span, MINUTE_MS, 'min', SECOND_MS, 's');
  if (span < DAY_MS) return twoUnits(span, HOUR_MS, 'h', MINUTE_MS, 'min');
  return twoUnits(span, DAY_MS, formats.days, HOUR_MS, 'h');
}

/** The age in its largest unit only, for narrow columns: "42 s", "5 min", "3 h", "12 d", "2 y". */
export function formatShortAge(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < 2 * DAY_MS) return `${Math.floor(span / HOUR_MS)} h`;
  if (span < 730 * DAY_MS) return `${Math.floor(span / DAY_MS)} ${formats.days}`;
  return `${Math.floor(span / (365 * DAY_MS))} ${formats.years}`;
}

function twoUnits(span: number, bigMs: number, big: string, smallMs: number, small: string): string {
  const whole = Math.floor(span / bigMs);
  const rest = Math.floor((span % bigMs) / smallMs);
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}

/** Local time of day, "14:03:09". */
export function formatClock(atMs: number): string {
  return Number.isFinite(atMs) ? formats.clock.format(atMs) : NO_VALUE;
}

/** Local date and time, "Nov 23, 14:03:09". */
export function formatDateTime(atMs: number): string {
  return Number.isFinite(atMs) ? formats.dateTime.format(atMs) : NO_VALUE;
}

/** A moment to come: its time of day, and its date, too, when it is further away than a day. */
export function formatUntil(atMs: number, nowMs: number): string {
  return atMs - nowMs < DAY_MS ? formatClock(atMs) : formatDateTime(atMs);
}

/** Local time of day without seconds, "14:03". */
export function formatMinute(atMs: number): string {
  return Number.isFinite(atMs) ? formats.minute.format(atMs) : NO_VALUE;
}

/** Local day, "Nov 23". */
export function formatDay(atMs: number): string {
  return Number.isFinite(atMs) ? formats.day.format(atMs) : NO_VALUE;
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
  if (size === 0) return formats.dollars('0');
  if (size < 0.01) return `${sign}<${formats.dollars(localDecimal('0.01'))}`;
  return `${sign}${formats.dollars((size < 1_000 ? formats.smallCompact : formats.compact).format(size))}`;
}

/** A change in percent with its sign: "+1.24 %", "−0.30 %", "0.00 %". */
export function formatPercentChange(percent: string | null): string {
  if (percent === null) return NO_VALUE;
  const value = Number(percent);
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  const fixed = size.toFixed(size >= 100 ? 1 : 2);
  const digits = size >= 1_000 ? formats.count.format(size) : localDecimal(fixed);
  if (Number(fixed) === 0) return `${digits} %`;
  return `${value < 0 ? MINUS : '+'}${digits} %`;
}

/** A share between 0 and 1 as "98.3 %"; only a full share is written "100 %". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  if (share >= 1) return '100 %';
  return `${localDecimal((Math.floor(share * 1_000) / 10).toFixed(1))} %`;
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
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, formats.comma);
    const places = whole.length > significant ? 0 : Math.max(2, significant - whole.length);
    const kept = trimZeros(fraction.slice(0, places));
    return `${prefix}${grouped}${kept === '' ? '' : `${formats.point}${kept.padEnd(2, '0')}`}`;
  }
  const firstDigit = fraction.search(/[1-9]/);
  if (firstDigit === -1) return '0';
  const digits = trimZeros(fraction.slice(firstDigit, firstDigit + significant));
  if (firstDigit < COUNTED_ZEROS) return `${prefix}0${formats.point}${'0'.repeat(firstDigit)}${digits}`;
  return `${prefix}0${formats.point}0${toSubscript(firstDigit)}${digits}`;
}

/** The same as an amount of dollars. */
export function formatUsdPrice(price: string): string {
  return formats.dollars(formatPrice(price));
}

function trimZeros(digits: string): string {
  return digits.replace(/0+$/, '');
}

function toSubscript(value: number): string {
  return Array.from(String(value), (digit) => SUBSCRIPTS[Number(digit)] ?? digit).join('');
}
