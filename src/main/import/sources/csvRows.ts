// Rows of a CSV file with a heading, whatever it is separated by. A column that appears twice counts once.
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { SourceRow } from './source';

const SEPARATORS = [',', ';', '\t'] as const;
const MAX_ROW_CHARS = 1024 * 1024;

/** @param text in pieces @param note hears what concerns the whole file */
export async function* csvRows(
  from: string,
  text: AsyncIterable<string>,
  note: (sentence: string) => void,
): AsyncGenerator<SourceRow> {
  const { head, rest } = await peek(text);
  const parser = Readable.from(rest).pipe(
    parse({
      delimiter: separatorOf(head),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_CHARS,
    }),
  );
  let columns: readonly string[] | null = null;
  let position = 0;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      if (columns === null) {
        columns = cells.map((cell) => cell.trim());
        const twice = columns.find((column, index) => columns?.indexOf(column) !== index);
        if (twice !== undefined)
          note(`${from} has the column "${twice}" twice; the first one that holds a value counts.`);
        continue;
      }
      position += 1;
      yield { from, position, cells: rowOf(columns, cells) };
    }
  } catch (error) {
    note(`${from} cannot be read beyond row ${position}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rowOf(columns: readonly string[], cells: readonly string[]): SourceRow['cells'] {
  const isEmpty = cells.every((cell) => cell.trim() === '');
  if (cells.length !== columns.length && !isEmpty) {
    return {
      kind: 'unreadable',
      reason: 'more or fewer cells than columns',
      found: `${cells.length} of ${columns.length}`,
    };
  }
  const record: Record<string, string> = {};
  columns.forEach((column, index) => {
    if ((record[column] ?? '') === '') record[column] = cells[index] ?? '';
  });
  return { kind: 'record', record };
}

/** The heading decides: whichever separates it most often. */
function separatorOf(head: string): string {
  const [heading = ''] = head.split(/[\r\n]/);
  const counts = SEPARATORS.map((separator) => [heading.split(separator).length, separator] as const);
  return counts.toSorted(([a], [b]) => b - a)[0]?.[1] ?? ',';
}

async function peek(text: AsyncIterable<string>): Promise<{ head: string; rest: AsyncGenerator<string> }> {
  const pieces = text[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  while (!done && !/[\r\n]/.test(head)) {
    const piece = await pieces.next();
    done = piece.done ?? false;
    if (!piece.done) head += piece.value;
  }
  async function* rest(): AsyncGenerator<string> {
    yield head;
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
  }
  return { head, rest: rest() };
}
