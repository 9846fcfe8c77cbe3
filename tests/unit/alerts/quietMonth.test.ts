// Thirty days of a hundred collectors whose source fails one call in a hundred by chance: that is how sources are, and no news.
import { expect, it } from 'vitest';
import type { Moment } from '../../../src/main/alerts/instance';
import { Judge } from '../../../src/main/alerts/judge';
import { DEFAULT_RULES } from '../../../src/main/alerts/defaultRules';
import { COLLECTOR_OBJECTIVE, fastestBurn } from '../../../src/main/monitoring/series/availability';
import { OutcomeWindow } from '../../../src/main/monitoring/sensors/outcomeWindow';
import { RuleBook } from '../../../src/main/alerts/ruleBook';
import type { MetricName, Reading } from '../../../src/shared/domain/metrics';
import { collector, numbers, T0 } from './support/alertBench';

const MINUTE_MS = 60_000;
const DAYS = 30;
const COLLECTORS = 100;
const CALL_FAILS = 0.01;
const CALLS_PER_RUN = 3;
/** The client tries a failed call three times; here only twice, to be harsher. */
const ATTEMPTS = 2;
/** Minutes between the runs, as in the program's own settings. */
const INTERVALS = [2, 5, 5, 5, 10, 15, 30, 60];
const MONTH_MS = DAYS * 24 * 60 * MINUTE_MS;
const PATIENCE_MS = 60_000;

interface Month {
  readonly runs: number;
  readonly failedRuns: number;
  /** Readings that were worth judging, oldest first. */
  readonly readings: readonly Reading[];
}

/** One collector alone: what is good before and after says nothing, and is left out. */
function month(id: string, everyMs: number, random: () => number): Month {
  const readings: Reading[] = [];
  let runs = 0;
  let failedRuns = 0;
  let streak = 0;
  let slow = false;
  let latest: readonly boolean[] = [];
  const outcomes = new OutcomeWindow();
  let burn = 0;
  for (let nowMs = Math.floor(random() * everyMs); nowMs < MONTH_MS;) {
    const atMs = T0 + nowMs;
    const read = (metric: MetricName, value: number, earlierMs = 0): number =>
      readings.push({ metric, target: collector(id), value, atMs: atMs - earlierMs, detail: null });
    // Sensors say the same each second until the next run.
    if (slow) read('collector.durationVersusUsual', 6, 1);
    const failed = runFails(random);
    // A call that is tried again makes the run slower.
    const isSlow = !failed && random() < CALLS_PER_RUN * CALL_FAILS;
    runs += 1;
    failedRuns += Number(failed);
    const before = { streak, share: share(latest) };
    streak = failed ? streak + 1 : 0;
    latest = [...latest, failed].slice(-10);
    outcomes.add(atMs, failed ? 'failed' : 'ok', 1);
    const burnBefore = burn;
    // What has not burned begins to with a failure only.
    if (failed || burn > 0) burn = burnAt(outcomes, atMs, everyMs);
    if (burn > 0 || burnBefore > 0) read('collector.budgetBurn', burn);
    if (streak > 0 || before.streak > 0) read('collector.failureStreak', streak);
    if (share(latest) > 0 || before.share > 0) read('collector.errorRate', share(latest));
    if (isSlow || slow) read('collector.durationVersusUsual', isSlow ? 6 : 1);
    slow = isSlow;
    // Failed runs are tried again soon.
    nowMs += failed ? MINUTE_MS : everyMs;
  }
  return { runs, failedRuns, readings };
}

function burnAt(outcomes: OutcomeWindow, atMs: number, everyMs: number): number {
  const count = (windowMs: number) => outcomes.count(atMs, Math.max(windowMs, 2 * everyMs));
  // Harsher than the sensor, which leaves out what is tried again.
  return fastestBurn(COLLECTOR_OBJECTIVE, count)?.share ?? 0;
}

function runFails(random: () => number): boolean {
  for (let call = 0; call < CALLS_PER_RUN; call += 1) {
    let attempts = 0;
    while (attempts < ATTEMPTS && random() < CALL_FAILS) attempts += 1;
    if (attempts === ATTEMPTS) return true;
  }
  return false;
}

function share(latest: readonly boolean[]): number {
  return latest.length < 5 ? 0 : latest.filter(Boolean).length / latest.length;
}

it(
  'makes at most one alert',
  () => {
    const random = numbers(11);
    const facts = {
      titleOf: () => 'x',
      hostsOf: () => [],
      faultOf: () => null,
      isPaused: () => false,
      collectors: () => COLLECTORS,
    };
    const start: Moment = { wallMs: T0, observedMs: 0, settled: true };
    const judge = new Judge(new RuleBook(DEFAULT_RULES, []), facts, [], start);
    const months = Array.from({ length: COLLECTORS }, (_, index) =>
      month(`c${index}`, (INTERVALS[index % INTERVALS.length] ?? 5) * MINUTE_MS, random),
    );
    const sum = (figure: 'runs' | 'failedRuns'): number => months.reduce((total, one) => total + one[figure], 0);
    expect(sum('runs')).toBeGreaterThan(500_000);
    expect(sum('failedRuns')).toBeGreaterThan(100);
    const transitions = months.flatMap(({ readings }) =>
      readings.flatMap((reading) =>
        judge.read([reading], { wallMs: reading.atMs, observedMs: reading.atMs - T0, settled: true }),
      ),
    );
    expect(transitions.filter(({ to }) => to === 'pending').length).toBeGreaterThan(100);
    const fired = transitions.filter(({ from, to }) => from === 'pending' && to === 'firing');
    expect(fired.length).toBeLessThanOrEqual(1);
  },
  PATIENCE_MS,
);
