// A CSV file in pieces that fit into one order each: whole records, the heading before every piece. Pure.
import { parse } from 'csv-parse/sync';

export interface CsvPiece {
  readonly text: string;
  /** What to add to a line number of the piece to have that of the file. */
  readonly lineOffset: number;
}

/** @throws Error with a sentence when the text is no CSV, or when one record alone is larger than `maxBytes` */
export function csvPieces(text: string, maxBytes: number): readonly CsvPiece[] {
  if (Buffer.byteLength(text) <= maxBytes) return [{ text, lineOffset: 0 }];
  const [heading, ...records] = recordsOf(text);
  if (!heading) return [];
  const pieces: CsvPiece[] = [];
  let taken: string[] = [];
  let bytes = Buffer.byteLength(heading.raw);
  let firstLine = heading.endLine + 1;
  let lastLine = heading.endLine;
  const close = (): void => {
    if (taken.length > 0)
      pieces.push({ text: heading.raw + taken.join(''), lineOffset: firstLine - 1 - heading.endLine });
    taken = [];
    bytes = Buffer.byteLength(heading.raw);
    firstLine = lastLine + 1;
  };
  for (const { raw, endLine } of records) {
    const size = Buffer.byteLength(raw);
    if (bytes + size > maxBytes) close();
    if (bytes + size > maxBytes) throw new Error(`The row that begins in line ${firstLine} is too long.`);
    taken.push(raw);
    bytes += size;
    lastLine = endLine;
  }
  close();
  return pieces;
}

interface RawRecord {
  /** As it stands in the file, with its end of line. */
  readonly raw: string;
  readonly endLine: number;
}

function recordsOf(text: string): readonly RawRecord[] {
  const options = { delimiter: [',', ';', '\t'], info: true, raw: true, relax_column_count: true, relax_quotes: true };
  const parsed = parse(text, options) as unknown as readonly {
    readonly info: { readonly lines: number };
    readonly raw: string;
  }[];
  return parsed.map(({ info, raw }) => ({ raw, endLine: info.lines }));
}
