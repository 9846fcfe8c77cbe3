// Entry of the command line: the same engine, no window. Results go to stdout, everything else to stderr.
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from './duration';
import { runForAWhile } from './run';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const program = new Command('poolwatch')
  .description('Collects decentralised-exchange market data into SQLite.')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'poolwatch: ')) });

program
  .command('run')
  .description('Collect for a while, print one line per run and a summary.')
  .requiredOption('--data-dir <dir>', 'folder for settings and databases')
  .option('--for <span>', 'how long, for example 60s, 15m or 2h', readDuration, 60_000)
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
  .addOption(new Option('--demo', 'collect from the built-in market').conflicts('baseUrl'))
  .option('--base-url <url>', 'collect from an API at this address', readUrl)
  .action(async (given: { dataDir: string; for: number; format: 'text' | 'json'; demo?: true; baseUrl?: string }) => {
    process.exitCode = await runForAWhile({
      dataDir: given.dataDir,
      forMs: given.for,
      format: given.format,
      mode: given.demo ? 'demo' : 'live',
      baseUrl: given.baseUrl ?? null,
      workers: {
        writer: join(import.meta.dirname, 'storageWriter.js'),
        reader: join(import.meta.dirname, 'storageReader.js'),
        demoMarket: join(import.meta.dirname, 'demoMarket.js'),
      },
    });
  });

function readDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('It must be a whole http or https address.');
  return text;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else {
    process.stderr.write(`poolwatch: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_FAILED;
  }
}
