// Rules about collectors.
import type { AlertRule } from '../../../shared/domain/alerts';
import type { MetricName } from '../../../shared/domain/metrics';
import { BURNING, type Chosen, FLAG, MINUTE_MS, rule, SECOND_MS } from './rule';

/** Over after some seconds without a value: the last run said nothing of it. */
function collectorRule(metric: MetricName, chosen: Chosen): AlertRule {
  return rule(metric, { noData: 'ok', needsNetwork: true, keepForMs: 0, goodReadings: 1, ...chosen });
}

export const COLLECTOR_RULES: readonly AlertRule[] = [
  collectorRule('collector.lastRunFault', {
    id: 'collector-fault',
    title: '{target} cannot collect',
    ...FLAG,
    severity: 'warning',
    needsNetwork: false,
    advice: 'The run failed in a way that another attempt will not cure. Its error says what is wrong.',
  }),
  collectorRule('collector.failureStreak', {
    id: 'collector-failing',
    title: '{target} keeps failing',
    fire: 3,
    clear: 1,
    severity: 'warning',
    advice: 'Look at the error of the last run. It is tried again by itself.',
  }),
  collectorRule('collector.failureStreak', {
    id: 'collector-down',
    title: '{target} has failed many times in a row',
    fire: 5,
    clear: 1,
    severity: 'critical',
    advice: 'It rests between attempts now. Look at the error of the last run, or run it by hand after a change.',
  }),
  collectorRule('collector.silentFor', {
    id: 'collector-hangs',
    title: '{target} hangs',
    fire: 15 * SECOND_MS,
    clear: 5 * SECOND_MS,
    // A call that ran into its time limit is tried again at once; whether the host is to blame shows a while later.
    keepForMs: 15 * SECOND_MS,
    severity: 'warning',
    advice: 'The run is cut off at its deadline and tried again. If it happens often, the source is slow.',
  }),
  collectorRule('collector.startLate', {
    id: 'collector-not-started',
    title: '{target} has not begun its run',
    fire: 5 * SECOND_MS,
    clear: SECOND_MS,
    forMs: SECOND_MS,
    severity: 'warning',
    advice: 'The program may be held up. If it does not begin within a minute, restart Poolwatch.',
  }),
  collectorRule('collector.missedSlots', {
    id: 'collector-missed',
    title: '{target} misses runs',
    fire: 3,
    clear: 1,
    severity: 'warning',
    advice: 'Runs take longer than the time between them, or the computer was too busy. Collect less often.',
  }),
  collectorRule('collector.staleBy', {
    id: 'collector-stale',
    title: 'The data of {target} is old',
    fire: 1,
    clear: 1,
    // After a start or a sleep nobody knows for a while: only new data, or a pause, ends it.
    noData: 'keep',
    severity: 'warning',
    advice: 'New data has not come for longer than promised. The errors of its runs say why.',
  }),
  collectorRule('collector.rowsVersusUsual', {
    id: 'collector-few-rows',
    title: '{target} brings far fewer rows than usual',
    comparison: 'below',
    fire: 0.1,
    clear: 0.5,
    severity: 'warning',
    advice: 'The run succeeded, but hardly brought anything. The source may have changed or lost data.',
  }),
  collectorRule('collector.durationVersusUsual', {
    id: 'collector-slow',
    title: '{target} takes far longer than usual',
    fire: 5,
    clear: 2,
    // More than two intervals of nearly every collector: calls that are tried again make single runs slow.
    forMs: 125 * MINUTE_MS,
    severity: 'info',
    advice: 'The source or the network is slow. Nothing needs to be done unless runs are missed.',
  }),
  collectorRule('collector.rejectedShare', {
    id: 'collector-rejects',
    title: '{target} gets many rows that are not valid',
    fire: 0.2,
    clear: 0.05,
    severity: 'warning',
    needsNetwork: false,
    advice: 'What is not valid is not stored. The source may have changed its format.',
  }),
  collectorRule('collector.errorRate', {
    id: 'collector-errors',
    title: 'Many runs of {target} fail',
    // Of the latest ten runs: one failure among them is no news.
    fire: 0.3,
    clear: 0.11,
    severity: 'warning',
    advice: 'It recovers each time, but not for long. The errors of its runs say why.',
  }),
  collectorRule('collector.availability', {
    id: 'collector-availability',
    title: '{target} has succeeded in less than 95 % of its runs in 24 hours',
    comparison: 'below',
    fire: 0.95,
    clear: 0.97,
    forMs: 5 * MINUTE_MS,
    severity: 'info',
    needsNetwork: false,
    advice: 'Missing candles can be fetched again from the gaps page.',
  }),
  collectorRule('collector.budgetBurn', {
    id: 'collector-budget',
    title: '{target} fails too often for its objective of 95 %',
    ...BURNING,
    severity: 'warning',
    advice:
      'One in twenty runs may fail over a month. At this speed that is used up within days: see what its runs say.',
  }),
];
