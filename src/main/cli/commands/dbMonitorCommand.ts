// `db-monitor`: the databases watched live in the terminal, beside a running instance and on when it ends; changes nothing.
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../engine/systemClock';
import { readSeconds } from '../duration';
import { HEALTH_EXIT_HELP, healthExit } from '../health/healthExit';
import { HealthSource } from '../health/healthSource';
import { interruptible, whenAborted } from '../interrupt';
import { type Crossing, crossingsOf, type Thresholds, turnBetween } from '../monitor/crossings';
import { MonitorPrinter } from '../monitor/monitorPrinter';
import { addSample, EMPTY_SUMMARY } from '../monitor/monitorSummary';
import { NextLook } from '../monitor/nextLook';
import { sampleOf } from '../monitor/samples';
import { EXIT, type ExitCode } from '../outcome';
import { placed, placeOf, type PlaceOptions, wantsColour } from '../serve';

const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_THRESHOLD_MS = 500;

interface DbMonitorOptions extends PlaceOptions {
  readonly interval: number;
  readonly duration?: number;
  readonly alertThresholdLockWait: number;
  readonly alertThresholdQueryTime: number;
}

export function addDbMonitorCommand(program: Command): void {
  placed(program.command('db-monitor'), 'db-monitor --interval 10')
    .description(
      `Watch the databases: a line for each look, and one at once for whatever changes. ${HEALTH_EXIT_HELP} Ctrl-C ends it with 0.`,
    )
    .option('--interval <seconds>', 'how often to look, for example 30, 90s or 5m', readSeconds, DEFAULT_INTERVAL_MS)
    .option('--duration <seconds>', 'for how long; until Ctrl-C when not said', readSeconds)
    .option('--alert-threshold-lock-wait <ms>', 'longest wait for the write lock', readMs, DEFAULT_THRESHOLD_MS)
    .option('--alert-threshold-query-time <ms>', 'longest read of every table', readMs, DEFAULT_THRESHOLD_MS)
    .action(async (options: DbMonitorOptions) => {
      process.exitCode = await watchDatabases(options);
    });
}

async function watchDatabases(options: DbMonitorOptions): Promise<ExitCode> {
  const thresholds = { lockWaitMs: options.alertThresholdLockWait, queryTimeMs: options.alertThresholdQueryTime };
  const next = new NextLook(systemClock);
  const source = new HealthSource(placeOf(options), () => next.ring());
  const watch = new Watch(source, thresholds, new MonitorPrinter(options.format, wantsColour()));
  const endsAtMs = systemClock.monotonicMs() + (options.duration ?? Infinity);
  const untilTheEnd = async (): Promise<ExitCode> => {
    for (;;) {
      await watch.look();
      const leftMs = endsAtMs - systemClock.monotonicMs();
      if (leftMs <= 0) return healthExit(watch.summary.worst);
      await next.wait(Math.min(options.interval, leftMs));
    }
  };
  try {
    const exitCode = await interruptible((signal) => Promise.race([untilTheEnd(), whenAborted(signal)]));
    watch.end();
    return exitCode ?? EXIT.ok;
  } finally {
    next.stop();
    await source.close();
  }
}

class Watch {
  readonly #source: HealthSource;
  readonly #thresholds: Thresholds;
  readonly #printer: MonitorPrinter;
  #crossings: readonly Crossing[] = [];
  #isOver = false;
  summary = EMPTY_SUMMARY;

  constructor(source: HealthSource, thresholds: Thresholds, printer: MonitorPrinter) {
    this.#source = source;
    this.#thresholds = thresholds;
    this.#printer = printer;
  }

  async look(): Promise<void> {
    const seen = await this.#source.look({ connectivity: false, performance: false });
    // Interrupted meanwhile: the summary has been printed.
    if (this.#isOver) return;
    const crossings = crossingsOf(seen, this.#thresholds);
    const turn = turnBetween(this.#crossings, crossings);
    const sample = sampleOf(seen, crossings);
    this.#crossings = crossings;
    this.summary = addSample(this.summary, sample, turn);
    this.#printer.show(sample, turn, this.summary);
  }

  end(): void {
    this.#isOver = true;
    this.#printer.end(this.summary);
  }
}

function readMs(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of milliseconds from 1.');
  return Number(text);
}
