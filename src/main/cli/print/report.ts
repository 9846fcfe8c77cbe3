// A report of rows on stdout: a table for people, CSV or JSON for programs. Values come from strangers: nothing in them may steer
// a terminal or a spreadsheet.
import { styleText } from 'node:util';
import CliTable from 'cli-table3';
import { stringify } from 'csv-stringify/sync';

export const FORMATS = ['table', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export type Cell = string | number | boolean | null;

export interface Column<Row> {
  /** Heading of the CSV, and in words of the table. */
  readonly name: string;
  /** As programs want it. */
  value(row: Row): Cell;
  /** As people want it; the value when absent. */
  readonly text?: (row: Row) => string;
}

export interface Report<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** In place of the rows, where JSON can tell more. */
  readonly json?: unknown;
}

/** The whole report as text with an end of line, whatever the format. */
export function renderReport<Row>(report: Report<Row>, format: Format, colour: boolean): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report.json ?? report.rows, null, 2)}\n`;
    case 'csv':
      return renderCsv(report);
    case 'table':
      return renderTable(report, colour);
  }
}

export function csvLine(cells: readonly Cell[]): string {
  return stringify([[...cells]], { escape_formulas: true, cast: { boolean: String } });
}

function renderCsv<Row>({ columns, rows }: Report<Row>): string {
  const head = csvLine(columns.map(({ name }) => name));
  return head + rows.map((row) => csvLine(columns.map((column) => column.value(row)))).join('');
}

function renderTable<Row>({ columns, rows }: Report<Row>, colour: boolean): string {
  if (rows.length === 0) return '';
  const table = new CliTable({
    head: columns.map(({ name }) => heading(name, colour)),
    colAligns: columns.map((column) => (rows.every((row) => isNumeric(column.value(row))) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows)
    table.push(columns.map((column) => printable(column.text?.(row) ?? wordFor(column.value(row)))));
  return `${table.toString()}\n`;
}

function heading(name: string, colour: boolean): string {
  const words = name.replaceAll('_', ' ');
  return colour ? styleText('bold', words) : words;
}

function isNumeric(cell: Cell): boolean {
  return cell === null || typeof cell === 'number';
}

function wordFor(cell: Cell): string {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell === null ? '–' : String(cell);
}

/** Without what a terminal would obey; some obey eight-bit control characters, too. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
