// Times as databases, JSON dumps and spreadsheets write them. A time without a zone is taken as UTC. Pure.

export interface ReadTime {
  readonly ms: number;
  /** Rewritten by a spreadsheet: the order of day and month is a guess where both are possible. */
  readonly mangled: boolean;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/;
const SPREADSHEET = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(AM|PM)?)?$/i;
const EPOCH = /^\d{9,16}(?:\.\d+)?$/;
const MAX_MONTH = 12;

/** Null for whatever is not certainly a time, for example "41:57.8". */
export function readTime(value: unknown): ReadTime | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  const trimmed = text.trim();
  if (EPOCH.test(trimmed)) return { ms: epochMs(Number(trimmed)), mangled: false };
  const iso = ISO.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = iso;
    const ms = utc(year, month, day, hour, minute, second);
    const fractionMs = Math.trunc(Number(`0.${fraction || '0'}`) * 1_000);
    return ms === null ? null : { ms: ms + fractionMs - zoneMs(zone), mangled: false };
  }
  const sheet = SPREADSHEET.exec(trimmed);
  if (!sheet) return null;
  const [, first = '', second = '', year, hour = '0', minute = '0', seconds = '0', half] = sheet;
  const dayFirst = Number(first) > MAX_MONTH;
  const ms = utc(
    year,
    dayFirst ? second : first,
    dayFirst ? first : second,
    String(hour24(hour, half)),
    minute,
    seconds,
  );
  return ms === null ? null : { ms, mangled: true };
}

/** Seconds, milliseconds or microseconds since 1970: their lengths do not overlap between 1973 and 5138. */
function epochMs(value: number): number {
  if (value < 1e11) return Math.round(value * 1_000);
  return value < 1e14 ? Math.round(value) : Math.round(value / 1_000);
}

function hour24(hour: string, half: string | undefined): number {
  if (half === undefined) return Number(hour);
  return (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!match) return 0;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Null when there is no such day or hour; Date would roll it over. */
function utc(...parts: readonly (string | undefined)[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? ms : null;
}
