// How the rows of a batch are kept on the main thread and cross the port: all texts as one and all numbers as one array. Structured
// clone looks at each value and each object by itself, and the collector of garbage at each that waits for its answer; both cost
// the main thread more than everything else that it has to do for a row. Pure.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { type TableRows, TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';

export interface PackedRows {
  /** All texts, one after the other. */
  readonly text: string;
  /** What each value is, and how long each text. */
  readonly kinds: Uint8Array;
  /** How many parts; of each part its table and rows, then the numbers among its values and the lengths of its longest texts. */
  readonly numbers: Float64Array;
  /** Rows that could not be laid out so: not as wide as their table, or of none that there is. That is for the writer to say. */
  readonly odd: readonly TableRows[];
}

/** One byte per value, in order: the length of a text, or one of these. */
const LONG_TEXT = 253;
const NULL = 254;
const NUMBER = 255;

/** Where the number of a table would be: the rows travel as they are. */
const ODD = -1;
const TABLES = Object.keys(TABLE_COLUMNS) as readonly TableName[];
const TABLE_NUMBERS = new Map(TABLES.map((table, index) => [table, index]));
const NUMBERS_PER_PART = 2;

interface Draft {
  text: string;
  kinds: Uint8Array;
  cells: number;
  numbers: Float64Array;
  count: number;
}

/** Enough for a batch of usual size; used over and over. */
const USUAL_CELLS = 32_768;
const draft: Draft = draftOf(USUAL_CELLS);

export function packParts(parts: readonly TableRows[]): PackedRows {
  const most = parts.reduce((sum, part) => sum + roomFor(part), 1);
  const to = most > draft.kinds.length ? draftOf(most) : draft;
  to.text = '';
  to.cells = 0;
  to.count = 0;
  const odd: TableRows[] = [];
  to.numbers[to.count++] = parts.length;
  for (const part of parts) {
    const isOdd = !isRegular(part);
    to.numbers[to.count++] = isOdd ? ODD : (TABLE_NUMBERS.get(part.table) ?? ODD);
    to.numbers[to.count++] = part.rows.length;
    if (isOdd) odd.push(part);
    else pack(part.rows, to);
  }
  const { text, kinds, cells, numbers, count } = to;
  to.text = '';
  return { text, kinds: kinds.slice(0, cells), numbers: numbers.slice(0, count), odd };
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

/** The same rows again. A text shares its memory with all of its batch: what keeps one for long has to copy it. */
export function unpackParts(packed: PackedRows): readonly TableRows[] {
  return new PackedReader(packed).parts(packed.text);
}

/** Reads batches that were packed one after the other, each with a text of its own. */
export class PackedReader {
  readonly #packed: Omit<PackedRows, 'text'>;
  #text = '';
  #at = 0;
  #cell = 0;
  #number = 0;
  #odd = 0;

  constructor(packed: Omit<PackedRows, 'text'>) {
    this.#packed = packed;
  }

  /** @param text that of the batch whose turn it is */
  parts(text: string): readonly TableRows[] {
    this.#text = text;
    this.#at = 0;
    return Array.from({ length: this.#nextNumber() }, () => this.#part());
  }

  #part(): TableRows {
    const table = TABLES[this.#nextNumber()];
    const rows = this.#nextNumber();
    const odd = table === undefined ? this.#packed.odd[this.#odd++] : undefined;
    if (odd) return odd;
    if (!table) throw new RangeError('rows that were packed are garbled');
    const width = TABLE_COLUMNS[table].length;
    const unpacked: (readonly SqlValue[])[] = [];
    for (let index = 0; index < rows; index += 1) unpacked.push(this.#row(width));
    return { table, rows: unpacked };
  }

  #row(width: number): readonly SqlValue[] {
    const { kinds } = this.#packed;
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
    return this.#packed.numbers[this.#number++] ?? 0;
  }

  #nextText(length: number): string {
    const from = this.#at;
    this.#at += length;
    return this.#text.slice(from, this.#at);
  }
}

function draftOf(cells: number): Draft {
  return { text: '', kinds: new Uint8Array(cells), cells: 0, numbers: new Float64Array(cells), count: 0 };
}

/** Undefined for a table that another version has, and left in the spool. */
function widthOf(table: TableName): number | undefined {
  return TABLE_NUMBERS.has(table) ? TABLE_COLUMNS[table].length : undefined;
}

function roomFor({ table, rows }: TableRows): number {
  return rows.length * (widthOf(table) ?? 0) + NUMBERS_PER_PART;
}

function isRegular({ table, rows }: TableRows): boolean {
  const width = widthOf(table);
  if (width === undefined) return false;
  for (const row of rows) if (row.length !== width) return false;
  return true;
}
