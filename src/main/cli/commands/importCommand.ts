// `import`: the data of the original program, its backups or its exports; first as a dry run, if one likes.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ImportedTable, ImportFinding, ImportReport } from '../../../shared/contract/imports';
import type { Link } from '../link/link';
import { withProgress } from '../longWork';
import { answerOf, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

interface ImportOptions extends PlaceOptions {
  readonly dryRun?: true;
  readonly network?: string;
  readonly tradeOffset?: number;
}

const COLUMNS: readonly Column<ImportedTable>[] = [
  { name: 'table', value: ({ from }) => from },
  { name: 'into', value: ({ into }) => into },
  { name: 'read', value: ({ read }) => read },
  { name: 'accepted', value: ({ accepted }) => accepted },
  { name: 'duplicates', value: ({ duplicates }) => duplicates },
  { name: 'repaired', value: ({ repaired }) => countOf(repaired) },
  { name: 'rejected', value: ({ rejected }) => countOf(rejected) },
];

export function addImportCommand(program: Command): void {
  placed(program.command('import'), 'import old/gecko_data.db --dry-run')
    .description(
      'Bring in a database, backup or export of the original program; what is wrong in it is repaired or reported.',
    )
    .argument('<path>', 'a file, or the folder of a backup')
    .option('--dry-run', 'only say what would be stored, repaired and rejected')
    .option('--network <id>', 'network of ids that do not name one')
    .option('--trade-offset <minutes>', 'by how much its trade times are ahead of UTC', readMinutes)
    .action((path: string, options: ImportOptions) =>
      serve(options, (link) => importFrom(link, resolve(path), options)),
    );
}

async function importFrom(link: Link, path: string, options: ImportOptions): Promise<Outcome> {
  const args = {
    networkId: options.network ?? null,
    tradeOffsetMinutes: options.tradeOffset ?? null,
    place: { kind: 'path', path },
  } as const;
  const report = await withProgress(link, 'import', async (): Promise<ImportReport | null> => {
    if (options.dryRun) return answerOf(await link.command('import.preview', args))?.report ?? null;
    return answerOf(await link.command('import.run', args))?.outcome ?? null;
  });
  if (report === null) return { exitCode: EXIT.failed, report: null };
  tell(report);
  return outcome(EXIT.ok, { columns: COLUMNS, rows: report.tables, json: report });
}

/** What a table has no room for. */
function tell({ notes, tables }: ImportReport): void {
  for (const sentence of notes) note(sentence);
  for (const { from, repaired, rejected } of tables) {
    for (const { count, reason } of repaired) note(`${from}: ${count} repaired: ${reason}`);
    for (const { count, reason } of rejected) note(`${from}: ${count} rejected: ${reason}`);
  }
}

function countOf(findings: readonly ImportFinding[]): number {
  return findings.reduce((sum, { count }) => sum + count, 0);
}

function readMinutes(text: string): number {
  if (!/^-?\d{1,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of minutes.');
  return Number(text);
}
