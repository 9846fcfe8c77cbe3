// Objects out of JSON of any length without holding it: every object that lies directly in an array, or one per line, is a row.
// An array may be a value of an outer object, as in `{"pools": [...], "tokens": [...]}`; its name tells the table then.
import type { SourceRow } from './source';

const MAX_ROW_CHARS = 1024 * 1024;
const MAX_DEPTH = 64;

/** @param text in pieces @param isLines one object per line @param note hears what concerns the whole file */
export async function* jsonRows(
  from: string,
  text: AsyncIterable<string>,
  isLines: boolean,
  note: (sentence: string) => void,
): AsyncGenerator<SourceRow> {
  const scanner = new ObjectScanner(isLines);
  const positions = new Map<string, number>();
  for await (const piece of text) {
    for (const { name, json } of scanner.take(piece)) {
      const table = name === null ? from : `${from}: ${name}`;
      const position = (positions.get(table) ?? 0) + 1;
      positions.set(table, position);
      yield { from: table, position, cells: parsed(json) };
    }
    if (scanner.problem !== null) break;
  }
  const problem = scanner.problem ?? (scanner.isWhole ? null : 'it ends in the middle');
  if (problem !== null) note(`${from} cannot be read to its end: ${problem}. What came before counts.`);
}

function parsed(json: string): SourceRow['cells'] {
  try {
    const record: unknown = JSON.parse(json);
    return { kind: 'record', record: record as Readonly<Record<string, unknown>> };
  } catch {
    return { kind: 'unreadable', reason: 'broken JSON', found: json.slice(0, 40) };
  }
}

/** Follows brackets and strings only; what lies between them is left to JSON.parse. */
class ObjectScanner {
  readonly #isLines: boolean;
  readonly #open: ('[' | '{')[] = [];
  #inString = false;
  #escaped = false;
  /** Depth at which the row being read began; null outside of rows. */
  #rowDepth: number | null = null;
  #row: string[] = [];
  #rowChars = 0;
  #string = '';
  #lastString: string | null = null;
  #name: string | null = null;
  problem: string | null = null;

  constructor(isLines: boolean) {
    this.#isLines = isLines;
  }

  get isWhole(): boolean {
    return this.#open.length === 0 && !this.#inString;
  }

  *take(text: string): Generator<{ readonly name: string | null; readonly json: string }> {
    let rowStart = 0;
    for (let index = 0; index < text.length && this.problem === null; index += 1) {
      const char = text.charAt(index);
      if (this.#inString) {
        this.#takeStringChar(char);
        continue;
      }
      if (char === '"') {
        this.#inString = true;
        this.#string = '';
      } else if (char === '{' || char === '[') {
        const lies = this.#open.at(-1) === '[' || (this.#isLines && this.#open.length === 0);
        const isRow = char === '{' && this.#rowDepth === null && lies;
        if (char === '[' && this.#rowDepth === null) this.#name = this.#open.length === 0 ? null : this.#lastString;
        if (isRow) {
          this.#rowDepth = this.#open.length;
          this.#row = [];
          this.#rowChars = 0;
          rowStart = index;
        }
        this.#open.push(char);
        if (this.#open.length > MAX_DEPTH) this.problem = `it is nested more than ${MAX_DEPTH} levels deep`;
      } else if (char === '}' || char === ']') {
        if (this.#open.pop() !== (char === '}' ? '{' : '[')) this.problem = 'its brackets do not match';
        if (this.#rowDepth === this.#open.length && this.problem === null) {
          this.#rowDepth = null;
          yield { name: this.#name, json: [...this.#row, text.slice(rowStart, index + 1)].join('') };
        }
      }
    }
    if (this.#rowDepth === null) return;
    this.#row.push(text.slice(rowStart));
    this.#rowChars += text.length - rowStart;
    if (this.#rowChars > MAX_ROW_CHARS) this.problem = 'a row is longer than 1 MB';
  }

  #takeStringChar(char: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (char === '\\') this.#escaped = true;
    else if (char === '"') {
      this.#inString = false;
      this.#lastString = this.#string;
    }
    if (this.#rowDepth === null && this.#inString && this.#string.length < 64) this.#string += char;
  }
}
