// How rows cross the port to the writer. Structured clone looks at each value by itself, which costs the main thread half of all it
// has to do for a row; all texts of a message as one, and all numbers as one array, are copied as blocks. Pure.
import type { SqlValue, TableRows } from '../../../shared/contract/storage';
import { TABLE_COLUMNS } from '../../../shared/contract/tables';
import type { WireEntry, WireRows, WireValues, WriteEntry } from './protocol';

/** One byte per value, in order: the length of a text, or one of these. */
const LONG_TEXT = 253;
const NULL = 254;
const NUMBER = 255;

export interface WireMessage {
  readonly entries: readonly WireEntry[];
  readonly values: WireValues;
}

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
export function toWire(entries: readonly WriteEntry[]): WireMessage {
  const most = entries.reduce((sum, { parts }) => sum + cellsOf(parts), 0);
  const to = most > draft.kinds.length ? draftOf(most) : draft;
  to.text = '';
  to.cells = 0;
  to.count = 0;
  const wired: WireEntry[] = [];
  for (const { seq, id, enqueuedAtMs, parts } of entries) {
    const onWire: WireRows[] = [];
    for (const part of parts) {
      if (isRegular(part)) {
        pack(part.rows, to);
        onWire.push({ table: part.table, packed: part.rows.length });
      } else onWire.push(part);
    }
    wired.push({ seq, id, enqueuedAtMs, parts: onWire });
  }
  const { text, kinds, cells, numbers, count } = to;
  to.text = '';
  return { entries: wired, values: { text, kinds: kinds.slice(0, cells), numbers: numbers.slice(0, count) } };
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

function draftOf(cells: number): Draft {
  return { text: '', kinds: new Uint8Array(cells), cells: 0, numbers: new Float64Array(cells), count: 0 };
}

/** The same entries again. A text shares its memory with all of its message: what keeps one for long has to copy it. */
export function fromWire({ entries, values }: WireMessage): readonly WriteEntry[] {
  const { text } = values;
  let at = 0;
  let cell = 0;
  let number = 0;
  const unpack = (rows: number, width: number): TableRows['rows'] => {
    const unpacked: (readonly SqlValue[])[] = [];
    for (let index = 0; index < rows; index += 1) {
      const row: SqlValue[] = [];
      for (let column = 0; column < width; column += 1) {
        const kind = values.kinds[cell++] ?? NULL;
        if (kind === NULL) row.push(null);
        else if (kind === NUMBER) row.push(values.numbers[number++] ?? null);
        else {
          const from = at;
          at += kind === LONG_TEXT ? (values.numbers[number++] ?? 0) : kind;
          row.push(text.slice(from, at));
        }
      }
      unpacked.push(row);
    }
    return unpacked;
  };
  return entries.map(({ parts, ...entry }) => ({
    ...entry,
    parts: parts.map((part) =>
      'packed' in part ? { table: part.table, rows: unpack(part.packed, TABLE_COLUMNS[part.table].length) } : part,
    ),
  }));
}

function cellsOf(parts: readonly TableRows[]): number {
  return parts.reduce((sum, { table, rows }) => sum + rows.length * TABLE_COLUMNS[table].length, 0);
}

function isRegular({ table, rows }: TableRows): boolean {
  const width = TABLE_COLUMNS[table].length;
  for (const row of rows) if (row.length !== width) return false;
  return true;
}
