// `logs`: what Poolwatch wrote down, from the files alone, so that it also helps when nothing else starts. Never writes.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CollectorId } from '../../../shared/domain/collector';
import { LOG_LEVELS, type LogFilter, type LogLevel, type LogLine } from '../../../shared/domain/log';
import { systemClock } from '../../engine/systemClock';
import { logFolder, readLogPage } from '../../logging/readLog';
import { interruptible } from '../interrupt';
import { readCount } from '../numbers';
import { EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import { csvLine, type Format, FORMATS, printable } from '../print/report';
import { note } from '../words';
import { readCollector } from './collectorArgument';

const DEFAULT_LINES = 200;
const LOOK_EVERY_MS = 500;
const PAGE_LINES = 500;
const CSV_HEAD = ['at', 'level', 'collector', 'run', 'message', 'details'] as const;

interface LogOptions {
  readonly dataDir: string;
  readonly format: Format;
  readonly level: LogLevel;
  readonly text?: string;
  readonly collector?: CollectorId;
  readonly run?: string;
  readonly limit: number;
  readonly follow?: true;
}

export function addLogsCommand(program: Command): void {
  program
    .command('logs')
    .description('What Poolwatch wrote down, newest last: also of earlier starts, and whether it runs or not.')
    .addOption(
      new Option('--data-dir <dir>', 'folder for settings and databases')
        .env('POOLWATCH_DATA_DIR')
        .makeOptionMandatory(),
    )
    .addOption(new Option('--level <level>', 'this one and the more serious ones').choices(LOG_LEVELS).default('info'))
    .option('--text <text>', 'only lines with this in them')
    .option('--collector <collector>', 'only lines of this one', readCollector)
    .option('--run <id>', 'only lines of this run, whatever their level')
    .option('--limit <count>', 'how many lines at most', readCount, DEFAULT_LINES)
    .option('--follow', 'go on with what is written from now on, until Ctrl-C')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText(
      'after',
      '\nAs json it prints one object per line.\nExample:\n  poolwatch logs --level warn --follow --data-dir ~/pools',
    )
    .action(async (options: LogOptions) => {
      process.exitCode = await printLog(options);
    });
}

async function printLog(options: LogOptions): Promise<number> {
  const folder = logFolder(resolve(options.dataDir));
  const filter = filterOf(options);
  if (options.format === 'csv') process.stdout.write(csvLine(CSV_HEAD));
  const { lines, newer } = await newestLines(folder, filter, options.limit);
  print(lines, options.format);
  if (lines.length === 0) note(`No line of the log in ${folder} is like that.`);
  if (options.follow) await interruptible((signal) => follow(folder, filter, newer, options.format, signal));
  return EXIT.ok;
}

/** Of a run everything is of interest. */
function filterOf({ level, text, collector, run }: LogOptions): LogFilter {
  return {
    level: run === undefined ? level : 'debug',
    text: text === undefined || text === '' ? null : text,
    collectorId: collector ?? null,
    runId: run ?? null,
  };
}

async function newestLines(folder: string, filter: LogFilter, limit: number) {
  const first = await readLogPage(folder, { filter, from: null, direction: 'older', limit });
  let lines = first.lines;
  for (let { older } = first; older !== null && lines.length < limit;) {
    const page = await readLogPage(folder, { filter, from: older, direction: 'older', limit: limit - lines.length });
    lines = [...page.lines, ...lines];
    older = page.older;
  }
  return { lines, newer: first.newer };
}

async function follow(
  folder: string,
  filter: LogFilter,
  begin: string,
  format: Format,
  signal: AbortSignal,
): Promise<void> {
  let from = begin;
  for (;;) {
    const { lines, newer } = await readLogPage(folder, { filter, from, direction: 'newer', limit: PAGE_LINES });
    print(lines, format);
    const caughtUp = newer === from;
    from = newer;
    signal.throwIfAborted();
    if (caughtUp) await pause(signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolved, reject) => {
    const stop = (): void => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    const timer = systemClock.after(LOOK_EVERY_MS, () => {
      signal.removeEventListener('abort', stop);
      resolved();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function print(lines: readonly LogLine[], format: Format): void {
  if (lines.length > 0) process.stdout.write(lines.map((line) => lineText(line, format)).join(''));
}

function lineText(line: LogLine, format: Format): string {
  const { atMs, level, collectorId, runId, message, details } = line;
  switch (format) {
    case 'json':
      return `${JSON.stringify({ at: isoTime(atMs), level, collectorId, runId, message, details })}\n`;
    case 'csv':
      return csvLine([isoTime(atMs), level, collectorId, runId, message, details]);
    case 'table': {
      const who = collectorId === null ? '' : `${collectorId}${runId === null ? '' : ` ${runId.slice(0, 8)}`}: `;
      return `${isoTime(atMs)} ${level.padEnd(5)} ${who}${printable(message)} ${printable(details)}`.trimEnd() + '\n';
    }
  }
}
