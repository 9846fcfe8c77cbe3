// A cell of ours is text or a number in a spreadsheet, never something that it runs; and reading it back gives the same words.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../src/main/export/cells';
import { renderReport } from '../../../src/main/cli/print/report';

/** What Excel, LibreOffice and Sheets take for the beginning of a formula, blanks in front or not. */
const RUNS = /^\s*[=+@\t\r-]/;
const PLAIN_NEGATIVE = /^-\d+(?:\.\d+)?$/;

const inFile: readonly [string, (text: string) => string][] = [
  ['an export', csvText],
  [
    'the command line',
    (text) => {
      const columns = [{ name: 'x', value: () => text }];
      return renderReport({ columns, rows: [null] }, 'csv', false)
        .split('\n')
        .slice(1)
        .join('\n');
    },
  ],
];

const cellOf = (written: string): string => (parse(written, { relax_column_count: true }) as string[][])[0]?.[0] ?? '';

describe.each(inFile)('a cell of %s', (_where, write) => {
  it.each([
    '=1+1',
    '=HYPERLINK("https://example.com","x")',
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
  ])('is not run: %j', (text) => {
    expect(RUNS.test(cellOf(write(text)))).toBe(false);
    expect(cellOf(write(text)).endsWith(text)).toBe(true);
  });
});

describe('an export', () => {
  it('holds no cell that is run, whatever a token is called, and leaves numbers numbers', () => {
    const piece = fc.oneof(
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', "'", '\u00A0', '1'),
      fc.string(),
    );
    const name = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
    const safe = fc.property(name, (text) => {
      const cell = cellOf(csvText(text));
      return PLAIN_NEGATIVE.test(text) ? cell === text : !RUNS.test(cell);
    });
    expect(fc.check(safe)).toMatchObject({ failed: false });
    for (const number of ['-1', '-0.000000000000000001', '12', '0.5']) expect(csvText(number)).toBe(number);
  });
});
