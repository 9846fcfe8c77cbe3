// `export`: a table or the candles of one kind of bar, whole or in part, as a file.
import { extname, resolve } from 'node:path';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, type ExportSubject, type RowRange } from '../../../shared/contract/exports';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import { TIMEFRAMES, type Timeframe } from '../../../shared/domain/market';
import { withProgress } from '../longWork';
import { readCount } from '../numbers';
import { answerOf, CommandError, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';

const TABLES = Object.keys(TABLE_COLUMNS) as readonly TableName[];
const BY_EXTENSION: Readonly<Record<string, ExportFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.parquet': 'parquet',
};

interface ExportOptions extends PlaceOptions {
  readonly as?: ExportFormat;
  readonly timeframe: Timeframe;
  readonly aggregate: number;
  readonly pool?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly bom?: true;
}

interface Exported {
  readonly path: string | null;
  readonly rows: number;
  readonly files: number;
}

const COLUMNS: readonly Column<Exported>[] = [
  { name: 'path', value: ({ path }) => path },
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'files', value: ({ files }) => files },
];

export function addExportCommand(program: Command): void {
  placed(program.command('export'), 'export candles bars.parquet --timeframe hour --aggregate 1')
    .description(
      'Write a table to a file, while collection goes on; the file is of one moment, and appears when it is whole.',
    )
    .addArgument(new Argument('<table>', 'what to write').choices(TABLES))
    .argument('<file>', 'where to; a folder with --as qlib_folder')
    .addOption(
      new Option('--as <format>', 'how to write; by the file’s extension when left out').choices(EXPORT_FORMATS),
    )
    .addOption(new Option('--timeframe <timeframe>', 'which candles').choices(TIMEFRAMES).default('minute'))
    .option('--aggregate <count>', 'how many of them in one bar', readCount, 15)
    .option('--pool <id...>', 'only rows of these pools')
    .option('--from <time>', 'only from this moment, such as 2026-01-31 or 2026-01-31T12:00:00Z', readTime)
    .option('--to <time>', 'only before this moment', readTime)
    .option('--bom', 'a mark before CSV for spreadsheets that guess the encoding wrong')
    .action((table: TableName, file: string, options: ExportOptions) => {
      const path = resolve(file);
      const args = {
        subject: subjectOf(table, options),
        format: formatOf(path, options),
        byteOrderMark: !!options.bom,
      };
      return serve(options, async (link) => {
        const exported = await withProgress(link, 'export', async () =>
          answerOf(await link.command('table.export', { ...args, path })),
        );
        return outcome(EXIT.ok, { columns: COLUMNS, rows: [exported], json: exported });
      });
    });
}

function subjectOf(table: TableName, { timeframe, aggregate, pool, from, to }: ExportOptions): ExportSubject {
  const range: RowRange = { poolIds: pool ?? null, fromMs: from ?? null, toMs: to ?? null };
  return table === 'candles' ? { kind: 'candles', timeframe, aggregate, range } : { kind: 'table', table, range };
}

function formatOf(path: string, { as }: ExportOptions): ExportFormat {
  const format = as ?? BY_EXTENSION[extname(path).toLowerCase()];
  if (format === undefined)
    throw new CommandError(EXIT.refused, `What kind of file is ${path} to be? Say so with --as, for example --as csv.`);
  return format;
}

/** Only what begins like an ISO date: Date.parse would take almost anything, and guess. */
function readTime(text: string): number {
  const atMs = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs))
    throw new InvalidArgumentError('It must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z.');
  return atMs;
}
