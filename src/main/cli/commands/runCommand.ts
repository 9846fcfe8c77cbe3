// `run`: collects as the window does, without one, for a given time; a line per slot and a summary at the end.
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { createApplication } from '../../engine/createApplication';
import type { SlotEvent } from '../../engine/engineOptions';
import { ProfileInUseError } from '../../engine/profileLock';
import { slotLine } from '../../engine/slotLine';
import { systemClock } from '../../engine/systemClock';
import type { Application } from '../../engine/application';
import { openLogger } from '../../logging/logger';
import { logFolder } from '../../logging/readLog';
import { readDuration } from '../duration';
import { interruptible } from '../interrupt';
import { applicationOptions, cliPorts, findInstance, type Place, profileDirOf } from '../link/openLink';
import { CommandError, EXIT, type ExitCode } from '../outcome';
import { isoTime } from '../print/cells';
import { csvLine, type Format } from '../print/report';
import { placed, placeOf, type PlaceOptions } from '../serve';
import { note } from '../words';
import { emptySummary, hasSucceeded, summarise, summaryWords } from './runSummary';

const DEFAULT_SPAN_MS = 60_000;
/** Runs under way at the end may finish, so that what the source sent is also stored. */
const FINISH_GRACE_MS = 15_000;

const CSV_HEAD = [
  'slot_at',
  'collector',
  'outcome',
  'fetched',
  'new',
  'changed',
  'unchanged',
  'calls',
  'error',
] as const;

export function addRunCommand(program: Command): void {
  placed(program.command('run'), 'run --demo --for 15m')
    .description('Collect for a while: a line per run, and a summary. Other commands can talk to it meanwhile.')
    .option('--for <span>', 'how long, for example 60s, 15m or 2h', readDuration, DEFAULT_SPAN_MS)
    .action(async (options: PlaceOptions & { readonly for: number }) => {
      process.exitCode = await runForAWhile(placeOf(options), options.for, options.format);
    });
}

/** 0 when at least one run succeeded and none failed for good, else 1. */
async function runForAWhile(place: Place, forMs: number, format: Format): Promise<ExitCode> {
  const instance = await findInstance(place);
  if (instance) {
    await instance.close();
    const who = instance.instance ? ` (process ${instance.instance.pid})` : '';
    throw new CommandError(EXIT.refused, `Poolwatch collects into this profile already${who}.`);
  }
  let summary = emptySummary();
  if (format === 'csv') process.stdout.write(csvLine(CSV_HEAD));
  const application = await start(place, (slot) => {
    summary = summarise(summary, slot);
    process.stdout.write(slotText(slot, format));
  });
  try {
    await interruptible((signal) => span(forMs, signal));
    await application.finishRuns('The time given with --for is over.', FINISH_GRACE_MS);
  } finally {
    await application.stop();
  }
  // Only a closed database has told the last of its figures.
  const databases = application.snapshot().databases.map(({ name, path, tables }) => ({
    name,
    path,
    rows: Object.fromEntries(tables.map((table) => [table.name, table.rows])),
  }));
  const result = { type: 'summary', ...summary, databases };
  if (format === 'json') process.stdout.write(`${JSON.stringify(result)}\n`);
  else note(summaryWords(summary));
  return hasSucceeded(summary) ? EXIT.ok : EXIT.failed;
}

async function start(place: Place, onSlot: (slot: SlotEvent) => void): Promise<Application> {
  try {
    // A log of its own: the window may be at work on another profile of this folder.
    const logger = await openLogger(join(logFolder(place.rootDir), `run-${basename(profileDirOf(place))}`));
    const application = await createApplication({ ...applicationOptions(place), logger, onSlot }, cliPorts());
    for (const { message } of application.snapshot().banners) note(message);
    return application;
  } catch (error) {
    if (error instanceof ProfileInUseError) throw new CommandError(EXIT.refused, error.message);
    throw error;
  }
}

function slotText(slot: SlotEvent, format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ type: 'slot', ...slot })}\n`;
    case 'csv':
      return csvLine(slotCells(slot));
    case 'table':
      return `${slotLine(slot)}\n`;
  }
}

function slotCells({ collectorId, slotAtMs, outcome, run }: SlotEvent): Parameters<typeof csvLine>[0] {
  const counts = run
    ? [run.fetched, run.inserted, run.changed, run.unchanged, run.calls]
    : [null, null, null, null, null];
  return [isoTime(slotAtMs), collectorId, outcome, ...counts, run?.error?.message ?? null];
}

/** Resolves when the time is over; rejects with the signal's reason before that. */
function span(forMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = systemClock.after(forMs, resolve);
    signal.addEventListener('abort', () => {
      timer.cancel();
      reject(signal.reason as Error);
    });
  });
}
