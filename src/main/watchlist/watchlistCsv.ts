// The watchlist as CSV in the columns of the original program, with two of our own behind them. Reading forgives what can be put
// right, names what cannot, and loses no row without a word. Pure.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CsvProblem } from '../../shared/contract/watchlist';
import { parseGroups, type WatchlistItem } from '../../shared/domain/watchlist';
import { addressCell, cellText, nameCell, networkCell, safeCell } from './csvCells';

const ORIGINAL_COLUMNS = ['tokenSymbol', 'tokenName', 'chain', 'dex', 'poolAddress', 'networkAddress'] as const;
const COLUMNS = [...ORIGINAL_COLUMNS, 'groups', 'note'] as const;
type Column = (typeof COLUMNS)[number];

const MAX_TEXT_CHARS = 200;
const MAX_NOTE_CHARS = 2_000;
const GROUP_SEPARATOR = ';';

export interface CsvEntry {
  readonly line: number;
  readonly networkId: string;
  readonly address: string;
  readonly symbol: string | null;
  readonly name: string | null;
  readonly dexId: string | null;
  readonly tokenAddress: string | null;
  readonly groups: readonly string[];
  readonly note: string | null;
}

export interface WatchlistCsv {
  /** One per pool. */
  readonly entries: readonly CsvEntry[];
  readonly rows: number;
  readonly blankRows: number;
  readonly problems: readonly CsvProblem[];
}

export function formatWatchlistCsv(items: readonly WatchlistItem[]): string {
  const rows = items.map((item) =>
    [
      item.symbol,
      item.name,
      item.networkId,
      item.dexId,
      item.address,
      item.tokenAddress,
      parseGroups(item.groups).join(GROUP_SEPARATOR),
      item.note,
    ].map((value) => (value === null || value === '' ? '' : safeCell(value))),
  );
  return stringify([[...COLUMNS], ...rows], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** Throws an Error with a readable sentence when the text as a whole is no such table. */
export function parseWatchlistCsv(text: string): WatchlistCsv {
  const [heading, ...records] = recordsOf(text);
  if (!heading) throw new Error('The file is empty.');
  const positions = columnsOf(heading.cells);
  const entries = new Map<string, CsvEntry>();
  const problems: CsvProblem[] = [];
  let blankRows = 0;
  for (const { line, cells } of records) {
    if (cells.every((cell) => cellText(cell) === null)) {
      blankRows += 1;
      continue;
    }
    const cell = (column: Column): string | null => {
      const position = positions.get(column);
      return position === undefined ? null : cellText(cells[position]);
    };
    const report = (column: Column | null, severity: CsvProblem['severity'], problem: string): void =>
      void problems.push({ line, column, severity, problem });
    const entry = readRow(line, cell, report);
    if (!entry) continue;
    const key = `${entry.networkId}_${entry.address}`;
    const earlier = entries.get(key);
    if (earlier) report(null, 'rejected', `The same pool stands in line ${earlier.line}.`);
    else entries.set(key, entry);
  }
  return { entries: [...entries.values()], rows: records.length - blankRows, blankRows, problems };
}

type Report = (column: Column | null, severity: CsvProblem['severity'], problem: string) => void;

function readRow(line: number, cell: (column: Column) => string | null, report: Report): CsvEntry | null {
  const networkId = attempt('chain', report, () => networkCell(cell('chain')));
  if (networkId === null) return null;
  const pool = attempt('poolAddress', report, () => addressCell(cell('poolAddress'), networkId, 'pool'));
  if (pool === null) return null;
  if (pool.value === null) {
    report('poolAddress', 'rejected', 'The pool address is missing.');
    return null;
  }
  const token = attempt('networkAddress', report, () => addressCell(cell('networkAddress'), networkId, 'token'));
  if (token === null) return null;
  const symbol = nameCell(cell('tokenSymbol'), 'symbol');
  const name = nameCell(cell('tokenName'), 'name');
  const repairs = { poolAddress: pool, networkAddress: token, tokenSymbol: symbol, tokenName: name };
  for (const [column, { repair }] of Object.entries(repairs)) {
    if (repair !== null) report(column as Column, 'repaired', repair);
  }
  return {
    line,
    networkId,
    address: pool.value,
    symbol: cut(symbol.value, MAX_TEXT_CHARS),
    name: cut(name.value, MAX_TEXT_CHARS),
    dexId: cut(cell('dex')?.toLowerCase() ?? null, 64),
    tokenAddress: token.value,
    groups: (cell('groups') ?? '')
      .split(GROUP_SEPARATOR)
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    note: cut(cell('note'), MAX_NOTE_CHARS),
  };
}

/** A sentence thrown by `read` costs the row, not the file. */
function attempt<T>(column: Column, report: Report, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    report(column, 'rejected', error instanceof Error ? error.message : String(error));
    return null;
  }
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string): readonly CsvRecord[] {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
    let end = 0;
    return parsed.map(({ info, record }) => {
      const line = end + 1;
      end = info.lines;
      return { line, cells: record };
    });
  } catch (error) {
    throw new Error(`This is not a CSV file: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Spreadsheets of some countries separate by semicolons; copied cells by tabs. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split('\n', 1);
  const counts = [',', ';', '\t'].map((mark) => [mark, heading.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function columnsOf(heading: readonly string[]): ReadonlyMap<Column, number> {
  const names = heading.map((cell) => cell.trim().toLowerCase());
  const positions = new Map<Column, number>();
  for (const column of COLUMNS) {
    const position = names.indexOf(column.toLowerCase());
    if (position >= 0) positions.set(column, position);
  }
  const missing = (['chain', 'poolAddress'] as const).filter((column) => !positions.has(column));
  if (missing.length > 0)
    throw new Error(
      `The first line names no column ${missing.join(' and ')}; expected ${ORIGINAL_COLUMNS.join(', ')}.`,
    );
  return positions;
}

function cut(text: string | null, characters: number): string | null {
  return text === null ? null : Array.from(text).slice(0, characters).join('');
}
