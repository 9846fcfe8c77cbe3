// `backup`: a verified copy of a database, now; works while an instance collects into it.
import { Argument, type Command } from 'commander';
import { DATABASE_NAMES, type DatabaseName } from '../../../shared/domain/database';
import type { LongOperation } from '../../../shared/domain/operation';
import { workToItsEnd } from '../longWork';
import { EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';

const COLUMNS: readonly Column<LongOperation>[] = [
  { name: 'database', value: ({ subject }) => subject },
  { name: 'result', value: ({ state }) => state },
  { name: 'detail', value: ({ detail }) => detail },
];

export function addBackupCommand(program: Command): void {
  placed(program.command('backup'), 'backup market')
    .description('Copy a database while it is in use, verify the copy, and keep it beside the others.')
    .addArgument(new Argument('<database>', 'which one').choices(DATABASE_NAMES))
    .action((database: DatabaseName, options: PlaceOptions) =>
      serve(options, async (link) => {
        const ended = await workToItsEnd(link, 'backup', () => link.command('database.backup', { database }));
        return outcome(EXIT.ok, { columns: COLUMNS, rows: [ended] });
      }),
    );
}
