// `updates`: asks the feed of the Poolwatch that runs for a newer version, and says what that came to.
import type { Command } from 'commander';
import type { UpdateStatus } from '../../../shared/contract/updates';
import { updateSentence } from '../../../shared/util/updateText';
import { answerOf, EXIT } from '../outcome';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';

const COLUMNS: readonly Column<UpdateStatus>[] = [
  { name: 'version', value: ({ version }) => version },
  { name: 'state', value: ({ state }) => state.kind },
  { name: 'detail', value: (status) => updateSentence(status) },
];

export function addUpdatesCommand(program: Command): void {
  placed(program.command('updates'), 'updates')
    .description('Asks whether there is a newer version. Without a configured feed nobody is asked.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const status = answerOf(await link.command('update.check', null));
        return outcome(EXIT.ok, { columns: COLUMNS, rows: [status], json: status });
      }),
    );
}
