// The rules that come with the program. Each can be changed, switched off and put back; their limits keep the promised times of
// detection without alarms from single failures, which every source has.
import type { AlertRule } from '../../shared/domain/alerts';
import type { MetricName } from '../../shared/domain/metrics';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const MEGABYTE = 1_024 * 1_024;

type Chosen = Pick<AlertRule, 'id' | 'title' | 'fire' | 'clear' | 'severity' | 'advice'> &
  Partial<Omit<AlertRule, 'metric' | 'version'>>;

/** Fires at once above its limit, ends with the first good reading after `keepForMs`, and is over when readings stop. */
function rule(metric: MetricName, chosen: Chosen): AlertRule {
  return {
    version: 1,
    enabled: true,
    metric,
    targets: null,
    comparison: 'above',
    forMs: 0,
    keepForMs: 5 * SECOND_MS,
    goodReadings: 2,
    noData: 'keep',
    expectedEveryMs: 10 * SECOND_MS,
    needsNetwork: false,
    ...chosen,
  };
}

/** Reads `null` while the collector is paused, which is no fault: a few seconds later it counts as over. */
function collectorRule(metric: MetricName, chosen: Chosen): AlertRule {
  return rule(metric, { noData: 'ok', needsNetwork: true, keepForMs: 0, goodReadings: 1, ...chosen });
}

const FLAG = { fire: 1, clear: 1 } as const;
/** Others tell what fails now; this is for what comes and goes. */
const BURNING = { fire: 1, clear: 0.9, forMs: 2 * MINUTE_MS } as const;

const NETWORK_RULES: readonly AlertRule[] = [
  rule('network.unreachable', {
    id: 'network-down',
    title: 'This computer has no network',
    ...FLAG,
    severity: 'critical',
    needsNetwork: true,
    advice: 'Check the cable, the Wi-Fi or the VPN. Collecting goes on by itself once the network is back.',
  }),
  rule('host.breakerOpen', {
    id: 'host-down',
    title: '{target} is out of reach',
    ...FLAG,
    severity: 'critical',
    needsNetwork: true,
    advice:
      'Poolwatch tries again every few seconds and catches up by itself. See whether the source reports an outage.',
  }),
  rule('host.throttledFor', {
    id: 'host-throttles',
    title: '{target} throttles calls',
    fire: MINUTE_MS,
    clear: 1,
    severity: 'warning',
    keepForMs: MINUTE_MS,
    advice: 'Collect less often, follow fewer pools, or use an API key with more calls.',
  }),
  rule('host.quotaUsed', {
    id: 'host-quota',
    title: 'The calls of {target} are nearly used up',
    fire: 0.98,
    clear: 0.9,
    forMs: 15 * MINUTE_MS,
    keepForMs: 5 * MINUTE_MS,
    severity: 'info',
    advice: 'Collectors take turns now and may be late. Collect less often, or use an API key with more calls.',
  }),
  rule('host.errorRate', {
    id: 'host-errors',
    title: 'Many calls of {target} fail',
    fire: 0.1,
    clear: 0.05,
    // A single failed call in a quiet minute is a large share of few.
    forMs: 5 * MINUTE_MS,
    keepForMs: MINUTE_MS,
    severity: 'warning',
    needsNetwork: true,
    advice: 'The source answers some calls only. Data may be late; nothing needs to be done unless it goes on.',
  }),
];

const COLLECTOR_RULES: readonly AlertRule[] = [
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

const DATABASE_RULES: readonly AlertRule[] = [
  rule('database.lockedFor', {
    id: 'database-locked',
    title: '{target} is locked',
    fire: 250,
    clear: 1,
    severity: 'warning',
    goodReadings: 3,
    advice: 'Close the other program or end its transaction. Rows wait in the spool meanwhile; none is lost.',
  }),
  rule('database.unavailableFor', {
    id: 'database-unavailable',
    title: '{target} takes no rows',
    fire: 5 * SECOND_MS,
    clear: 1,
    severity: 'critical',
    goodReadings: 3,
    advice: 'Rows wait in the spool meanwhile and are stored by themselves once the database is back.',
  }),
  rule('database.budgetBurn', {
    id: 'database-budget',
    title: '{target} is out of service too often for its objective of 99.9 %',
    ...BURNING,
    severity: 'warning',
    advice:
      'Each outage was short, together they are too long. The operations of the database page say what they had in common.',
  }),
  rule('database.failed', {
    id: 'database-failed',
    title: '{target} cannot be used',
    ...FLAG,
    severity: 'critical',
    advice: 'Restore a backup from the database page. Rows are kept in the spool until then.',
  }),
  rule('database.readOnly', {
    id: 'database-read-only',
    title: '{target} can only be read',
    ...FLAG,
    severity: 'critical',
    advice: 'Check the rights of the file and whether the volume is writable. Rows are kept in the spool until then.',
  }),
  rule('database.lockWaitP95', {
    id: 'database-lock-wait',
    title: 'Writes to {target} wait for a lock',
    fire: 500,
    clear: 250,
    forMs: 10 * SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'Another program writes to the file often. Let it read a copy or a backup instead.',
  }),
  rule('database.readP95', {
    id: 'database-slow-reads',
    title: 'Reads of {target} are slow',
    fire: 500,
    clear: 250,
    forMs: 30 * SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'The disk may be busy. Compacting the database or keeping less history helps in the long run.',
  }),
  rule('database.writesFailing', {
    id: 'database-rejects',
    title: '{target} rejects rows',
    fire: 1,
    clear: 1,
    keepForMs: MINUTE_MS,
    severity: 'warning',
    advice: 'Some rows can never be stored as they are. The log names them.',
  }),
  rule('database.walBytes', {
    id: 'database-log-large',
    title: 'The write-ahead log of {target} is large',
    fire: 64 * MEGABYTE,
    clear: 32 * MEGABYTE,
    forMs: 10 * SECOND_MS,
    severity: 'warning',
    advice: 'A program that reads for long keeps the log from being emptied. End its read, then order a checkpoint.',
  }),
  rule('database.walPinnedFor', {
    id: 'database-log-pinned',
    title: 'A reader keeps the write-ahead log of {target} from being emptied',
    fire: 2 * MINUTE_MS,
    clear: 1,
    severity: 'warning',
    advice: 'End the read in the other program. The log grows until then.',
  }),
  rule('database.checkpointFailures', {
    id: 'database-checkpoint',
    title: 'The write-ahead log of {target} cannot be moved into the database',
    fire: 3,
    clear: 1,
    severity: 'warning',
    advice: 'The disk may be full or faulty. Rows are safe in the log.',
  }),
  rule('database.diskFree', {
    id: 'disk-full',
    title: 'The disk of {target} is nearly full',
    comparison: 'below',
    fire: 256 * MEGABYTE,
    clear: 512 * MEGABYTE,
    forMs: 5 * SECOND_MS,
    severity: 'critical',
    expectedEveryMs: MINUTE_MS,
    advice: 'Free some space, or keep less history. Without space nothing can be stored.',
  }),
  rule('database.diskDaysLeft', {
    id: 'disk-days',
    title: 'The disk of {target} will be full within a week',
    comparison: 'below',
    fire: 7,
    clear: 8,
    forMs: 10 * MINUTE_MS,
    severity: 'warning',
    expectedEveryMs: HOUR_MS,
    advice: 'Free some space, or keep less history.',
  }),
  rule('database.diskDaysLeft', {
    id: 'disk-day',
    title: 'The disk of {target} will be full within a day',
    comparison: 'below',
    fire: 1,
    clear: 2,
    forMs: 10 * MINUTE_MS,
    severity: 'critical',
    expectedEveryMs: HOUR_MS,
    advice: 'Free some space now, or keep less history.',
  }),
  rule('database.backupAge', {
    id: 'database-backup-old',
    title: '{target} has no recent backup',
    fire: 26 * HOUR_MS,
    clear: 26 * HOUR_MS,
    severity: 'warning',
    expectedEveryMs: MINUTE_MS,
    advice: 'Make a backup from the database page. If that fails, there may be too little space.',
  }),
  rule('database.checkFailed', {
    id: 'database-damaged',
    title: '{target} is damaged',
    ...FLAG,
    severity: 'critical',
    expectedEveryMs: MINUTE_MS,
    advice: 'Poolwatch repairs what it can by itself. If it goes on, restore a backup.',
  }),
  rule('database.spoolAge', {
    id: 'spool-not-empty',
    title: 'Rows for {target} wait in the spool',
    fire: MINUTE_MS,
    clear: 1,
    severity: 'warning',
    advice: 'They are safe on disk and are stored as soon as the database takes rows again.',
  }),
  rule('database.lostBatches', {
    id: 'batches-lost',
    title: 'Rows for {target} were lost',
    fire: 1,
    clear: 1,
    severity: 'critical',
    advice: 'Acknowledged rows are neither in the database nor in the spool. Somebody may have deleted spool files.',
  }),
];

const OWN_RULES: readonly AlertRule[] = [
  rule('app.evaluatorLate', {
    id: 'evaluator-late',
    title: 'Alerts are judged too late',
    fire: 5 * SECOND_MS,
    clear: 2 * SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'The computer is very busy. Alerts come late until that is over.',
  }),
  rule('app.eventLoopDelay', {
    id: 'program-held-up',
    title: 'Poolwatch was held up',
    fire: 3 * SECOND_MS,
    clear: SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'The computer is very busy, or something in Poolwatch takes too long. Restart it if it happens often.',
  }),
  rule('channel.failures', {
    id: 'channel-failing',
    title: 'Notices by {target} do not arrive',
    fire: 3,
    clear: 1,
    keepForMs: 0,
    goodReadings: 1,
    severity: 'warning',
    needsNetwork: true,
    advice: 'Check the address of the channel in the settings and send a test.',
  }),
];

export const DEFAULT_RULES: readonly AlertRule[] = [
  ...NETWORK_RULES,
  ...COLLECTOR_RULES,
  ...DATABASE_RULES,
  ...OWN_RULES,
];
