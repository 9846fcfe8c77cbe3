// `watchlist`: the pools that are followed; adding, removing, and the list as CSV in and out.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { WatchlistImportReport } from '../../../shared/contract/watchlist';
import { parseGroups, type WatchlistItem } from '../../../shared/domain/watchlist';
import { type CsvPiece, csvPieces } from '../csvPieces';
import type { Link } from '../link/link';
import { answerOf, CommandError, EXIT } from '../outcome';
import { ordered } from '../ordered';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

/** Below what one order may hold, with room for what is around it. */
const PIECE_BYTES = 50_000;

interface AddOptions extends PlaceOptions {
  readonly symbol?: string;
  readonly name?: string;
  readonly dex?: string;
  readonly token?: string;
  readonly group?: readonly string[];
  readonly note?: string;
}

interface ListOptions extends PlaceOptions {
  readonly all?: true;
  readonly group?: string;
  readonly search?: string;
}

interface ImportOptions extends PlaceOptions {
  readonly dryRun?: true;
}

export function addWatchlistCommands(program: Command): void {
  const watchlist = program.command('watchlist').description('The pools that are followed.');

  placed(watchlist.command('add'), 'watchlist add solana 8sLbNZoA1cfnvMJLPfp98ZLAnFSYCFApfJKMbiXNLwxj --symbol SOL')
    .description('Follow a pool; one that was removed is followed again.')
    .argument('<network>', 'for example solana')
    .argument('<address>', 'of the pool')
    .option('--symbol <symbol>', 'of the followed token')
    .option('--name <name>', 'of the followed token')
    .option('--dex <id>', 'the exchange')
    .option('--token <address>', 'the token to follow; the base token of the pool when left out')
    .option('--group <name...>', 'groups to put it into')
    .option('--note <text>', 'whatever is to be remembered')
    .action((network: string, address: string, options: AddOptions) =>
      serve(options, (link) => add(link, network, address, options)),
    );

  placed(watchlist.command('remove'), 'watchlist remove solana_8sLbNZoA1cfnvMJLPfp98ZLAnFSYCFApfJKMbiXNLwxj')
    .description('Stop following a pool. All its data stays.')
    .argument('<id>', 'as `watchlist list` shows it')
    .action((id: string, options: PlaceOptions) =>
      serve(options, async (link) => {
        answerOf(await link.command('watchlist.remove', { id }));
        return ordered(id, 'removed');
      }),
    );

  placed(watchlist.command('list'), 'watchlist list --group majors')
    .description('The followed pools with their present figures.')
    .option('--all', 'also those that were removed')
    .option('--group <name>', 'only of this group')
    .option('--search <text>', 'only with this in symbol, name or address')
    .action((options: ListOptions) => serve(options, (link) => list(link, options)));

  placed(watchlist.command('import'), 'watchlist import watchlist.csv --dry-run')
    .description('Add the pools of a CSV file; what the list knows already is filled in, never overwritten.')
    .argument('<file>', 'with the columns chain and poolAddress, as the original program wrote it')
    .option('--dry-run', 'only say what would be added and what is wrong')
    .action((file: string, options: ImportOptions) =>
      serve(options, (link) => importFile(link, file, options.dryRun ?? false)),
    );

  placed(watchlist.command('export'), 'watchlist export > watchlist.csv')
    .description('Print the list as CSV, in the columns of the original program.')
    .option('--all', 'also those that were removed')
    .action((options: ListOptions) =>
      serve(options, async (link) => {
        const { csv } = answerOf(await link.query('watchlist.exportCsv', { activeOnly: !options.all }));
        process.stdout.write(csv);
        return { exitCode: EXIT.ok, report: null };
      }),
    );
}

async function add(link: Link, networkId: string, address: string, options: AddOptions): Promise<Outcome> {
  const args = {
    networkId,
    address,
    symbol: options.symbol ?? null,
    name: options.name ?? null,
    dexId: options.dex ?? null,
    tokenAddress: options.token ?? null,
    groups: options.group ?? [],
    note: options.note ?? '',
  };
  const { id } = answerOf(await link.command('watchlist.add', args));
  return ordered(id, 'added');
}

const LIST_COLUMNS: readonly Column<WatchlistItem>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'symbol', value: ({ symbol }) => symbol },
  { name: 'name', value: ({ name, poolName }) => name ?? poolName },
  { name: 'groups', value: ({ groups }) => parseGroups(groups).join('; ') || null },
  { name: 'active', value: ({ active }) => active === 1 },
  { name: 'added_by', value: ({ addedBy }) => addedBy },
  { name: 'added_at', value: ({ addedAtMs }) => isoTime(addedAtMs) },
  { name: 'price_usd', value: ({ basePriceUsd }) => basePriceUsd },
  { name: 'reserve_usd', value: ({ reserveUsd }) => reserveUsd },
  { name: 'seen_at', value: ({ poolObservedAtMs }) => isoTime(poolObservedAtMs) },
];

async function list(link: Link, { all, group, search }: ListOptions): Promise<Outcome> {
  const args = { activeOnly: !all, group: group ?? null, search: search ?? null };
  const { items } = answerOf(await link.query('watchlist.list', args));
  if (items.length === 0) note('no followed pool matches.');
  return outcome(EXIT.ok, { columns: LIST_COLUMNS, rows: items });
}

const IMPORT_COLUMNS: readonly Column<WatchlistImportReport>[] = [
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'added', value: ({ added }) => added },
  { name: 'updated', value: ({ updated }) => updated },
  { name: 'unchanged', value: ({ unchanged }) => unchanged },
  { name: 'rejected', value: ({ rejected }) => rejected },
  { name: 'blank', value: ({ blankRows }) => blankRows },
];

/** A large file goes in several orders; each is stored before the next is given. */
async function importFile(link: Link, file: string, dryRun: boolean): Promise<Outcome> {
  let report: WatchlistImportReport | null = null;
  for (const { text, lineOffset } of await piecesOf(file)) {
    const part = answerOf(await link.command('watchlist.importCsv', { csv: text, dryRun }));
    const problems = part.problems.map((problem) => ({ ...problem, line: problem.line + lineOffset }));
    for (const { line, column, severity, problem } of problems)
      note(`line ${line}${column === null ? '' : `, ${column}`}: ${severity}: ${problem}`);
    report = sum(report, { ...part, problems });
  }
  if (report === null) throw new CommandError(EXIT.refused, 'The file is empty.');
  return outcome(EXIT.ok, { columns: IMPORT_COLUMNS, rows: [report], json: report });
}

function sum(a: WatchlistImportReport | null, b: WatchlistImportReport): WatchlistImportReport {
  if (a === null) return b;
  return {
    rows: a.rows + b.rows,
    blankRows: a.blankRows + b.blankRows,
    added: a.added + b.added,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    rejected: a.rejected + b.rejected,
    problems: [...a.problems, ...b.problems],
  };
}

async function piecesOf(file: string): Promise<readonly CsvPiece[]> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return text === '' ? [] : csvPieces(text, PIECE_BYTES);
  } catch (error) {
    if (error instanceof TypeError) throw new CommandError(EXIT.refused, `${file} is not written in UTF-8.`);
    throw new CommandError(EXIT.refused, `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
