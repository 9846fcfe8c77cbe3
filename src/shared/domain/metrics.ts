// What the program measures about itself, by name: the one list that rules, samples, charts and the command line go by.
// A reading is a number at a moment; `null` says that it could not be told, and never satisfies a comparison.

export const TARGET_KINDS = ['network', 'host', 'collector', 'database', 'app', 'channel'] as const;
/** What a reading is about, from the outside in: a fault of an earlier kind explains faults of later ones. */
export type TargetKind = (typeof TARGET_KINDS)[number];

export interface Target {
  readonly kind: TargetKind;
  /** `own` for the network, `main` for the program, else the host name, collector id, database name or channel id. */
  readonly id: string;
}

export type MetricUnit = 'ms' | 'bytes' | 'count' | 'share' | 'ratio' | 'days' | 'per_second' | 'flag';

export interface MetricInfo {
  readonly target: TargetKind;
  /** `share` is 0 to 1; `flag` is 0 or 1. */
  readonly unit: MetricUnit;
  /** In plain words, to complete "… is 12". */
  readonly title: string;
  /** False for what is only judged and never kept as a series. */
  readonly sampled: boolean;
}

const metric = (target: TargetKind, unit: MetricUnit, title: string, sampled = true): MetricInfo => ({
  target,
  unit,
  title,
  sampled,
});

export const METRICS = {
  'network.unreachable': metric('network', 'flag', 'own network out of reach'),

  'host.breakerOpen': metric('host', 'flag', 'API out of reach'),
  'host.failedProbes': metric('host', 'count', 'failed probes in a row', false),
  'host.throttledFor': metric('host', 'ms', 'time since the API began to throttle'),
  'host.quotaUsed': metric('host', 'share', 'share of the calls in use'),
  'host.errorRate': metric('host', 'share', 'share of calls that fail'),
  'host.latencyP95': metric('host', 'ms', 'latency of calls, 95th percentile'),

  'collector.failureStreak': metric('collector', 'count', 'failed runs in a row'),
  /** The class of its error is not one that another attempt cures: all but server, network, host_down, timeout, throttled and storage. */
  'collector.lastRunFault': metric('collector', 'flag', 'last run failed for good', false),
  'collector.silentFor': metric('collector', 'ms', 'time since a running collection made progress', false),
  'collector.startLate': metric('collector', 'ms', 'time by which a due run has not begun', false),
  'collector.missedSlots': metric('collector', 'count', 'runs missed in the last hour'),
  'collector.staleBy': metric('collector', 'ms', 'age of the data beyond what is promised'),
  'collector.rowsVersusUsual': metric('collector', 'ratio', 'rows of the last run compared with the usual'),
  'collector.durationVersusUsual': metric('collector', 'ratio', 'duration of the last run compared with the usual'),
  'collector.errorRate': metric('collector', 'share', 'share of the latest runs that failed'),
  'collector.rejectedShare': metric('collector', 'share', 'share of rows that were rejected in the last run'),
  'collector.availability': metric('collector', 'share', 'share of expected runs that succeeded in 24 hours'),
  'collector.budgetBurn': metric('collector', 'ratio', 'speed at which its error budget burns, in shares of the limit'),
  'collector.duration': metric('collector', 'ms', 'duration of the last run'),
  'collector.rows': metric('collector', 'count', 'valid rows of the last run'),

  'database.lockedFor': metric('database', 'ms', 'time for which another program has held the write lock'),
  'database.unavailableFor': metric('database', 'ms', 'time for which it has taken no rows'),
  'database.budgetBurn': metric('database', 'ratio', 'speed at which its error budget burns, in shares of the limit'),
  'database.failed': metric('database', 'flag', 'cannot be used'),
  'database.readOnly': metric('database', 'flag', 'can only be read'),
  'database.lockWaitP95': metric('database', 'ms', 'wait for the write lock, 95th percentile'),
  'database.commitP95': metric('database', 'ms', 'duration of a commit, 95th percentile'),
  'database.readP95': metric('database', 'ms', 'duration of a read, 95th percentile'),
  'database.writesFailing': metric('database', 'count', 'rows rejected since the last reading'),
  'database.commitsPerSecond': metric('database', 'per_second', 'commits'),
  'database.rowsPerSecond': metric('database', 'per_second', 'rows written'),
  'database.queuedBatches': metric('database', 'count', 'batches that wait'),
  'database.walBytes': metric('database', 'bytes', 'size of the write-ahead log'),
  'database.walPinnedFor': metric('database', 'ms', 'time for which a reader has kept the log from being emptied'),
  'database.checkpointFailures': metric('database', 'count', 'failed checkpoints in a row', false),
  'database.sizeBytes': metric('database', 'bytes', 'size of the file'),
  'database.diskFree': metric('database', 'bytes', 'free space on the volume'),
  'database.diskDaysLeft': metric('database', 'days', 'days until the volume is full', false),
  'database.backupAge': metric('database', 'ms', 'age of the newest verified backup', false),
  'database.checkFailed': metric('database', 'flag', 'last integrity check found damage', false),
  'database.spoolAge': metric('database', 'ms', 'age of the oldest batch in the spool'),
  'database.lostBatches': metric('database', 'count', 'acknowledged batches that are in neither place', false),

  'app.eventLoopDelay': metric('app', 'ms', 'longest stall of the main thread'),
  'app.evaluatorLate': metric('app', 'ms', 'time by which alerts were judged too late'),
  'app.rssBytes': metric('app', 'bytes', 'memory in use'),
  'app.cpuShare': metric('app', 'share', 'share of one core in use'),
  'app.clockStep': metric('app', 'ms', 'jump of the wall clock', false),

  'channel.failures': metric('channel', 'count', 'failed deliveries in a row', false),
} as const satisfies Readonly<Record<string, MetricInfo>>;
export type MetricName = keyof typeof METRICS;

/** What is kept as a series. */
export const SAMPLED_METRICS: readonly MetricName[] = (Object.keys(METRICS) as MetricName[]).filter(
  (name) => METRICS[name].sampled,
);

export interface Reading {
  readonly metric: MetricName;
  readonly target: Target;
  readonly value: number | null;
  /** Wall time at which it was true. */
  readonly atMs: number;
  /** What a notice should say about it: the error of the run, the program that holds the lock. One plain sentence, or null. */
  readonly detail: string | null;
}

/** `kind/id`: the key of a target wherever one is needed. */
export function targetKey({ kind, id }: Target): string {
  return `${kind}/${id}`;
}
