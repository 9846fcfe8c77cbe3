// Entry of the command line: the same engine, no window. Data goes to stdout, words for people to stderr.
import { Command, CommanderError } from 'commander';
import { addAlertCommands } from './commands/alertCommands';
import { addBackfillCommands } from './commands/backfillCommands';
import { addBackupCommand } from './commands/backupCommand';
import { addChannelCommands } from './commands/channelCommands';
import { addCollectorCommands } from './commands/collectorCommands';
import { addDiagnoseCommand } from './commands/diagnoseCommand';
import { addDbHealthCommand } from './commands/dbHealthCommand';
import { addDbMonitorCommand } from './commands/dbMonitorCommand';
import { addDoorsCommand } from './commands/doorsCommand';
import { addEventCommand } from './commands/eventCommand';
import { addExportCommand } from './commands/exportCommand';
import { addImportCommand } from './commands/importCommand';
import { addLogsCommand } from './commands/logsCommand';
import { addMetricCommands } from './commands/metricCommands';
import { addQualityCommand } from './commands/qualityCommand';
import { addRetentionCommand } from './commands/retentionCommand';
import { addRunCommand } from './commands/runCommand';
import { addStatusCommand } from './commands/statusCommand';
import { addUpdatesCommand } from './commands/updatesCommand';
import { addWatchlistCommands } from './commands/watchlistCommands';
import { CommandError, EXIT } from './outcome';
import { note } from './words';

const EXIT_CODES_HELP = `
Exit codes: 0 it worked; 1 it was tried and failed; 2 wrong usage, or refused; 130 interrupted by Ctrl-C.

A command talks to the Poolwatch that runs on the profile, window or not; when none runs, it opens the profile itself.
The API key, if there is one, is read from POOLWATCH_API_KEY.`;

const program = new Command('poolwatch')
  .description('Collects decentralised-exchange market data into SQLite.')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'poolwatch: ')) })
  .addHelpText('after', EXIT_CODES_HELP);

addRunCommand(program);
addStatusCommand(program);
addCollectorCommands(program);
addEventCommand(program);
addAlertCommands(program);
addChannelCommands(program);
addWatchlistCommands(program);
addBackfillCommands(program);
addQualityCommand(program);
addRetentionCommand(program);
addMetricCommands(program);
addBackupCommand(program);
addDiagnoseCommand(program);
addLogsCommand(program);
addDbHealthCommand(program);
addDbMonitorCommand(program);
addDoorsCommand(program);
addUpdatesCommand(program);
addImportCommand(program);
addExportCommand(program);

// Whoever reads may have had enough (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
);

try {
  // Said in words: under Electron it would look for the arguments elsewhere.
  await program.parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.refused;
  } else {
    note(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof CommandError ? error.exitCode : EXIT.failed;
  }
}
