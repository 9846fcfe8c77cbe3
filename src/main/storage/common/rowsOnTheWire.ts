// How rows cross the port to the writer. Structured clone looks at each value by itself, which costs the main thread half of all it
// has to do for a row; all texts of a message as one, and all numbers as one array, are copied as blocks. Pure.
import type { SqlValue, TableRows } from '../../../shared/contract/storage';
import { TABLE_COLUMNS } from '../../../shared/contract/tables';
import type { WireEntry, WireRows, WireValues, WriteEntry } from './protocol';

/** One byte per value, in order: the length of a text, or one of these. */
const LONG_TEXT = 253;
const NULL = 254;
const NUMBER = 255;

/** Enough for a message of usual size; used over and over. */
const USUAL_CELLS = 32_768;
let kinds = new Uint8Array(USUAL_CELLS);
let numbers = new Float64Array(USUAL_CELLS);

export interface WireMessage {
  readonly entries: readonly WireEntry[];
  readonly values: WireValues;
}

/** Rows that are not as wide as their table travel as they are: what is wrong with them is for the writer to say. */
export function toWire(entries: readonly WriteEntry[]): WireMessage {
  const most = entries.reduce((sum, { parts }) => sum + cellsOf(parts), 0);
  if (most > kinds.length) {
    kinds = new Uint8Array(most);
    numbers = new Float64Array(most);
  }
  let text = '';
  let cell = 0;
  let number = 0;
  const pack = (rows: TableRows['rows']): void => {
    for (const row of rows) {
      // By index: this loop runs for every value that is ever stored, and an iterator costs as much as the rest of it.
      for (let column = 0; column < row.length; column += 1) {
        const value = row[column];
        if (typeof value === 'string') {
          text += value;
          if (value.length < LONG_TEXT) kinds[cell] = value.length;
          else {
            kinds[cell] = LONG_TEXT;
            numbers[number] = value.length;
            number += 1;
          }
        } else if (typeof value === 'number') {
          kinds[cell] = NUMBER;
          numbers[number] = value;
          number += 1;
        } else kinds[cell] = NULL;
        cell += 1;
      }
    }
  };
  const wired: WireEntry[] = [];
  for (const { parts, ...entry } of entries) {
    const onWire: WireRows[] = [];
    for (const part of parts) {
      if (isRegular(part)) {
        pack(part.rows);
        onWire.push({ table: part.table, packed: part.rows.length });
      } else onWire.push(part);
    }
    wired.push({ ...entry, parts: onWire });
  }
  return { entries: wired, values: { text, kinds: kinds.slice(0, cell), numbers: numbers.slice(0, number) } };
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
