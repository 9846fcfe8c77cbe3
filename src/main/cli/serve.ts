// From a parsed command line to an exit code: opens the link, runs the command, prints its report, closes the link.
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { KEY_PLANS, type KeyPlan, type Settings, type SourceMode } from '../../shared/domain/settings';
import { openLink, type Place } from './link/openLink';
import type { Link } from './link/link';
import type { ExitCode } from './outcome';
import { type Format, FORMATS, type Report, renderReport } from './print/report';

export interface Outcome {
  readonly exitCode: ExitCode;
  /** Null when there is nothing to print. */
  readonly report: Report<never> | null;
}

/** What every command takes. */
export interface PlaceOptions {
  readonly dataDir: string;
  readonly format: Format;
  readonly demo?: true;
  readonly live?: true;
  readonly baseUrl?: string;
  readonly keyPlan?: KeyPlan;
}

/** An outcome whose rows have any one type. */
export function outcome<Row>(exitCode: ExitCode, report: Report<Row>): Outcome {
  return { exitCode, report: report as unknown as Report<never> };
}

/** Adds the options that say which profile is meant, and an example to the help. */
export function placed(command: Command, example: string): Command {
  return command
    .addOption(
      new Option('--data-dir <dir>', 'folder for settings and databases')
        .env('POOLWATCH_DATA_DIR')
        .makeOptionMandatory(),
    )
    .addOption(new Option('--demo', 'the built-in market').conflicts(['live', 'baseUrl', 'keyPlan']))
    .addOption(new Option('--live', 'GeckoTerminal, or CoinGecko with a key'))
    .addOption(new Option('--key-plan <plan>', 'whose key is in POOLWATCH_API_KEY').choices(KEY_PLANS))
    .option('--base-url <url>', 'an API at this address', readUrl)
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', `\nExample:\n  poolwatch ${example} --data-dir ~/pools`);
}

export function placeOf(options: PlaceOptions): Place {
  return {
    rootDir: resolve(options.dataDir),
    mode: modeOf(options),
    sourceOverride: {
      ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
      ...(options.keyPlan !== undefined && { keyPlan: options.keyPlan }),
    } satisfies Partial<Settings['source']>,
    workers: {
      writer: join(import.meta.dirname, 'storageWriter.js'),
      reader: join(import.meta.dirname, 'storageReader.js'),
      exporter: join(import.meta.dirname, 'exporter.js'),
      importer: join(import.meta.dirname, 'importer.js'),
      demoMarket: join(import.meta.dirname, 'demoMarket.js'),
    },
  };
}

/** Runs one command to its end; sets the exit code of the process. */
export async function serve(options: PlaceOptions, perform: (link: Link) => Promise<Outcome>): Promise<void> {
  const link = await openLink(placeOf(options));
  try {
    const { exitCode, report } = await perform(link);
    if (report) process.stdout.write(renderReport(report, options.format, wantsColour()));
    process.exitCode = exitCode;
  } finally {
    await link.close();
  }
}

/** NO_COLOR is what people set to be left in peace, whatever its value. */
export function wantsColour(): boolean {
  return process.stdout.isTTY && !process.env['NO_COLOR'];
}

function modeOf({ demo, live, baseUrl, keyPlan }: PlaceOptions): SourceMode | null {
  if (demo) return 'demo';
  return live || baseUrl !== undefined || keyPlan !== undefined ? 'live' : null;
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('It must be a whole http or https address.');
  return text;
}
