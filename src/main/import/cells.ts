// One row of a foreign file, read value by value. What had to be repaired on the way is remembered by reason; what cannot be
// understood is left out (null), never guessed.
import type { Decimal } from '../../shared/domain/market';
import { parseDecimal } from '../../shared/util/decimal';
import { readTime } from './times';

export type SourceRecord = Readonly<Record<string, unknown>>;

/** A row that cannot be stored; the reason is one of few, the detail says what was found. */
export class Rejection extends Error {
  readonly reason: string;
  readonly detail: string;

  constructor(reason: string, detail = '') {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}

const BLANKS = new Set(['', 'nan', 'none', 'null', 'nat', '<na>', 'n/a', 'undefined']);
const WITH_SEPARATORS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;
const SHOWN_CHARS = 60;

export class Cells {
  readonly #record: SourceRecord;
  readonly #nowMs: number;
  /** Reason → what was found. */
  readonly repairs = new Map<string, string>();

  constructor(record: SourceRecord, nowMs: number) {
    this.#record = record;
    this.#nowMs = nowMs;
  }

  /** Null for blanks, also for the words that programs write for them. */
  text(...names: readonly string[]): string | null {
    const value = this.#first(names);
    return value === null ? null : String(value).trim();
  }

  decimal(...names: readonly string[]): Decimal | null {
    const value = this.#first(names);
    if (value === null) return null;
    const text = String(value).trim();
    const separated = WITH_SEPARATORS.test(text);
    const decimal = parseDecimal(separated ? text.replaceAll(',', '') : typeof value === 'number' ? value : text);
    if (decimal === null) this.#leftOut(names, value);
    else if (separated) this.repaired('separators in a number', text);
    else if (typeof value === 'string' && /e/i.test(text)) this.repaired('scientific notation', text);
    return decimal;
  }

  integer(...names: readonly string[]): number | null {
    const value = this.#first(names);
    const decimal = this.decimal(...names);
    if (decimal === null) return null;
    const number = Number(decimal);
    if (Number.isSafeInteger(number)) return number;
    this.#leftOut(names, value);
    return null;
  }

  /** Wall time in UTC; null when there is none, or none that can be. */
  timeMs(...names: readonly string[]): number | null {
    const value = this.#first(names);
    if (value === null) return null;
    const time = readTime(value);
    if (time === null || time.ms < EARLIEST_MS || time.ms > this.#nowMs + DAY_MS) {
      this.#leftOut(names, value);
      return null;
    }
    if (time.mangled) this.repaired('a date that a spreadsheet rewrote', String(value));
    return time.ms;
  }

  repaired(reason: string, found: string): void {
    if (!this.repairs.has(reason)) this.repairs.set(reason, shown(found));
  }

  /** @throws Rejection when the value is null, naming what was there */
  required<T>(value: T | null, reason: string, ...names: readonly string[]): T {
    if (value !== null) return value;
    throw new Rejection(reason, shown(String(this.#first(names) ?? '')));
  }

  #leftOut(names: readonly string[], value: string | number | boolean | bigint | null): void {
    this.repaired('a value that cannot be read was left out', `${names[0] ?? ''}: ${String(value)}`);
  }

  /** The first of the columns that holds more than a blank. */
  #first(names: readonly string[]): string | number | boolean | bigint | null {
    for (const name of names) {
      const value = this.#record[name];
      if (value === undefined || value === null) continue;
      if (typeof value === 'number' && Number.isNaN(value)) continue;
      if (typeof value === 'string' && BLANKS.has(value.trim().toLowerCase())) continue;
      if (isSimple(value)) return value;
    }
    return null;
  }
}

function isSimple(value: unknown): value is string | number | boolean | bigint {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  );
}

/** True when no column holds more than a blank. */
export function isBlank(record: SourceRecord): boolean {
  return Object.values(record).every(
    (value) =>
      value === null || value === undefined || (typeof value === 'string' && BLANKS.has(value.trim().toLowerCase())),
  );
}

export function shown(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
