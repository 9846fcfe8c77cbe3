// How batches cross the port to the writer. Structured clone looks at each value and each object by itself, which costs the main
// thread half of all that it has to do for a row; all texts of a message as one, and all numbers as one array, are copied as blocks.
// Pure.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { type TableRows, TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import type { WireBatches, WriteEntry } from './protocol';

/** One byte per value, in order: the length of a text, or one of these. */
const LONG_TEXT = 253;
const NULL = 254;
const NUMBER = 255;

/** Where the number of a table and of its rows would be: the rows travel as they are. */
const ODD = -1;
const TABLES = Object.keys(TABLE_COLUMNS) as readonly TableName[];
const TABLE_NUMBERS = new Map(TABLES.map((table, index) => [table, index]));
/** Numbers beside the values: of each batch, and of each part. */
const NUMBERS_PER_BATCH = 4;
const NUMBERS_PER_PART = 2;

/** A message that is being put together. */
interface Draft {
  text: string;
  kinds: Uint8Array;
  cells: number;
  numbers: Float64Array;
  count: number;
}

/** Enough for a message of usual size; used over and over. */
const USUAL_CELLS = 32_768;
const draft: Draft = draftOf(USUAL_CELLS);

/** Rows that are not as wide as their table travel as they are: what is wrong with them is for the writer to say. */
export function toWire(entries: readonly WriteEntry[]): WireBatches {
  const most = entries.reduce((sum, entry) => sum + roomFor(entry), 0);
  const to = most > draft.kinds.length ? draftOf(most) : draft;
  to.text = '';
  to.cells = 0;
  to.count = 0;
  const odd: TableRows[] = [];
  for (const { seq, id, enqueuedAtMs, parts } of entries) {
    to.text += id;
    for (const number of [seq, enqueuedAtMs, id.length, parts.length]) to.numbers[to.count++] = number;
    for (const part of parts) {
      const isOdd = !isRegular(part);
      to.numbers[to.count++] = isOdd ? ODD : (TABLE_NUMBERS.get(part.table) ?? ODD);
      to.numbers[to.count++] = part.rows.length;
      if (isOdd) odd.push(part);
      else pack(part.rows, to);
    }
  }
  const { text, kinds, cells, numbers, count } = to;
  to.text = '';
  return { batches: entries.length, text, kinds: kinds.slice(0, cells), numbers: numbers.slice(0, count), odd };
}

/** This runs for every value that is ever stored: by index and in local variables, which is several times as fast. */
function pack(rows: TableRows['rows'], to: Draft): void {
  const { kinds, numbers } = to;
  let { text, cells, count } = to;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? [];
    for (let column = 0; column < row.length; column += 1) {
      const value = row[column];
      if (typeof value === 'string') {
        text += value;
        if (value.length < LONG_TEXT) kinds[cells] = value.length;
        else {
          kinds[cells] = LONG_TEXT;
          numbers[count] = value.length;
          count += 1;
        }
      } else if (typeof value === 'number') {
        kinds[cells] = NUMBER;
        numbers[count] = value;
        count += 1;
      } else kinds[cells] = NULL;
      cells += 1;
    }
  }
  to.text = text;
  to.cells = cells;
  to.count = count;
}

/** The same batches again. A text shares its memory with all of its message: what keeps one for long has to copy it. */
export function fromWire(message: WireBatches): readonly WriteEntry[] {
  const reader = new WireReader(message);
  return Array.from({ length: message.batches }, () => reader.entry());
}

class WireReader {
  readonly #message: WireBatches;
  #at = 0;
  #cell = 0;
  #number = 0;
  #odd = 0;

  constructor(message: WireBatches) {
    this.#message = message;
  }

  entry(): WriteEntry {
    const seq = this.#nextNumber();
    const enqueuedAtMs = this.#nextNumber();
    const id = this.#nextText(this.#nextNumber());
    const parts = Array.from({ length: this.#nextNumber() }, () => this.#part());
    return { seq, id: copyOf(id), enqueuedAtMs, parts };
  }

  #part(): TableRows {
    const table = TABLES[this.#nextNumber()];
    const rows = this.#nextNumber();
    const odd = table === undefined ? this.#message.odd[this.#odd++] : undefined;
    if (odd) return odd;
    if (!table) throw new RangeError('a message to the writer is garbled');
    const width = TABLE_COLUMNS[table].length;
    const unpacked: (readonly SqlValue[])[] = [];
    for (let index = 0; index < rows; index += 1) unpacked.push(this.#row(width));
    return { table, rows: unpacked };
  }

  #row(width: number): readonly SqlValue[] {
    const { kinds } = this.#message;
    const row: SqlValue[] = [];
    for (let column = 0; column < width; column += 1) {
      const kind = kinds[this.#cell++] ?? NULL;
      if (kind === NULL) row.push(null);
      else if (kind === NUMBER) row.push(this.#nextNumber());
      else row.push(this.#nextText(kind === LONG_TEXT ? this.#nextNumber() : kind));
    }
    return row;
  }

  #nextNumber(): number {
    return this.#message.numbers[this.#number++] ?? 0;
  }

  #nextText(length: number): string {
    const from = this.#at;
    this.#at += length;
    return this.#message.text.slice(from, this.#at);
  }
}

/** Without the message that it came in, which would otherwise be kept with it. */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function draftOf(cells: number): Draft {
  return { text: '', kinds: new Uint8Array(cells), cells: 0, numbers: new Float64Array(cells), count: 0 };
}

function roomFor({ parts }: WriteEntry): number {
  const cells = parts.reduce((sum, { table, rows }) => sum + rows.length * TABLE_COLUMNS[table].length, 0);
  return cells + NUMBERS_PER_BATCH + parts.length * NUMBERS_PER_PART;
}

function isRegular({ table, rows }: TableRows): boolean {
  const width = TABLE_COLUMNS[table].length;
  for (const row of rows) if (row.length !== width) return false;
  return true;
}
