// Reads one collector: how its runs end, whether one hangs or does not begin, and how old its data is. Pure. A paused collector has
// no values at all: nobody expects anything of it.
import type { CollectorSlice } from '../../../shared/contract/snapshot';
import { NO_LONGER_KNOWN, NOT_SERVED, PROMISED_INTERVALS, type RunErrorClass } from '../../../shared/domain/collector';
import type { Reading } from '../../../shared/domain/metrics';
import { formatDuration, formatQuantity } from '../../../shared/util/format';
import { COLLECTOR_OBJECTIVE, type Count, fastestBurn } from '../series/availability';
import type { CollectorRecord } from './collectorRecord';
import { OUTCOMES_KEPT_MS } from './outcomeWindow';
import { readingsOf, told, type Found, type Moment, type Told } from './reading';
import { usual } from './usual';

/** A shorter run than this is never long, whatever is usual. */
const LEAST_DURATION_MS = 1_000;
/** Fewer usual rows than this say nothing when they become less. */
const LEAST_ROWS = 10;
const ENOUGH_RUNS = 5;
const ENOUGH_SLOTS = 20;
const ENOUGH_ROWS = 10;
/** Reasons for which something is turned away that are no flaw of what was sent. */
const HOW_THE_SOURCE_IS: ReadonlySet<string> = new Set([NO_LONGER_KNOWN, NOT_SERVED]);

/** Failures that another attempt may not meet. A database that stays broken is told of as such; one that is mended is nobody's fault. */
const MAY_PASS: ReadonlySet<RunErrorClass> = new Set([
  'server',
  'network',
  'host_down',
  'timeout',
  'throttled',
  'storage',
]);

/** How a running collection gets on. */
export interface RunProgress {
  /** Monotonic time of the last sign of life. */
  readonly lastMs: number;
  /** It waits for its turn, or because the source asked for a pause: that silence is no hang. */
  readonly isWaiting: boolean;
}

/** Below these, a hang, a late start or old data is no news yet. */
const QUIET_SILENCE_MS = 3_000;
const QUIET_LATENESS_MS = 1_000;
const QUIET_FRESHNESS_MS = 2_000;

/** Whether time alone may soon make something of it: then it is looked at every second. */
export function isRestless(
  slice: CollectorSlice,
  record: CollectorRecord,
  progress: RunProgress | null,
  moment: Moment,
): boolean {
  if (slice.pause) return false;
  return (
    (silence(slice, progress, moment).value ?? 0) > QUIET_SILENCE_MS ||
    lateness(slice, moment) > QUIET_LATENESS_MS ||
    moment.monotonicMs - record.freshMs - promise(slice, record) > -QUIET_FRESHNESS_MS
  );
}

const NOTHING = {
  'collector.failureStreak': null,
  'collector.lastRunFault': null,
  'collector.silentFor': null,
  'collector.startLate': null,
  'collector.missedSlots': null,
  'collector.staleBy': null,
  'collector.rowsVersusUsual': null,
  'collector.durationVersusUsual': null,
  'collector.errorRate': null,
  'collector.rejectedShare': null,
  'collector.availability': null,
  'collector.budgetBurn': null,
  'collector.duration': null,
  'collector.rows': null,
} as const satisfies Found;

/** `progress` is that of the present run; null when there is none. */
export function collectorReadings(
  slice: CollectorSlice,
  record: CollectorRecord,
  progress: RunProgress | null,
  moment: Moment,
): readonly Reading[] {
  const target = { kind: 'collector', id: slice.id } as const;
  if (slice.pause) return readingsOf(target, moment, NOTHING);
  const failures = Math.max(0, slice.streak.failures - record.excused);
  const failed = record.latest.filter((isFailure) => isFailure).length;
  const isRate = record.latest.length >= ENOUGH_RUNS;
  return readingsOf(target, moment, {
    'collector.failureStreak': told(failures, failures > 0 ? (slice.lastError?.message ?? null) : null),
    'collector.lastRunFault': fault(slice, failures),
    'collector.silentFor': silence(slice, progress, moment),
    'collector.startLate': lateness(slice, moment),
    'collector.missedSlots': record.missedInLastHour(moment),
    'collector.staleBy': staleness(slice, record, moment),
    'collector.errorRate': told(isRate ? failed / record.latest.length : null, slice.lastError?.message ?? null),
    'collector.availability': record.outcomes.share(moment.wallMs, ENOUGH_SLOTS),
    'collector.budgetBurn': budgetBurn(slice, record, moment),
    ...lastRun(slice, record),
  });
}

/** Whether another attempt would fail, too. What was cut off says nothing. */
function fault({ lastRun: run }: CollectorSlice, failures: number): Told {
  if (run === null || run.outcome === 'cancelled') return told(null, null);
  // A source may send a web page for a moment; its next answer is data again.
  const mayPass = (errorClass: RunErrorClass): boolean =>
    MAY_PASS.has(errorClass) || (errorClass === 'malformed' && failures < 2);
  const isForGood = run.outcome === 'failed' && run.error !== null && !mayPass(run.error.class);
  return told(Number(isForGood), isForGood ? run.error.message : null);
}

function silence({ running }: CollectorSlice, progress: RunProgress | null, { monotonicMs }: Moment): Told {
  if (running === null || progress === null) return told(0, null);
  if (progress.isWaiting) return told(0, 'It waits for its turn at the API.');
  const silentMs = Math.max(0, monotonicMs - progress.lastMs);
  return told(silentMs, running.step === null ? 'Its first step does not end.' : `Its last step was: ${running.step}.`);
}

function lateness({ running, nextDueAtMs }: CollectorSlice, { wallMs }: Moment): number {
  return running !== null || nextDueAtMs === null ? 0 : Math.max(0, wallMs - nextDueAtMs);
}

/** In time that somebody watched: neither a pause nor a sleep makes data stale. */
function staleness(slice: CollectorSlice, record: CollectorRecord, { monotonicMs }: Moment): Told {
  // It waits for another collector, whose fault that is.
  if (slice.lastSuccessAtMs === null && slice.nextDueAtMs === null && slice.running === null) return told(null, null);
  const promisedMs = promise(slice, record);
  const beyondMs = monotonicMs - record.freshMs - promisedMs;
  // What was old before a restart or a pause is not fresh again for that.
  const isKnown = record.isFresh || beyondMs > 0;
  return told(isKnown ? beyondMs : null, `Promised is an age of at most ${formatDuration(promisedMs)}.`);
}

/** Slots that nobody saw count as good ones: a program that has just been started, or has woken up, does not begin with an alarm. */
function budgetBurn({ cadence }: CollectorSlice, { ownOutcomes }: CollectorRecord, { wallMs }: Moment): Told {
  // A window in which it is hardly due once would be bad or good in turns.
  const spanMs = (windowMs: number): number => Math.max(windowMs, 2 * cadence.nowMs);
  const countOf = (windowMs: number): Count => {
    const { good, bad } = ownOutcomes.count(wallMs, spanMs(windowMs));
    return { good: Math.max(good, Math.round(spanMs(windowMs) / cadence.nowMs) - bad), bad };
  };
  // Of what runs less often than twice a day, too little is remembered.
  const burn = 2 * cadence.nowMs > OUTCOMES_KEPT_MS ? null : fastestBurn(COLLECTOR_OBJECTIVE, countOf);
  if (burn === null) return told(null, null);
  const { share, windowMs, count } = burn;
  const due = formatQuantity(count.good + count.bad, 'run');
  const detail = `${count.bad} of ${due} that were due in ${formatDuration(spanMs(windowMs))} did not work.`;
  return told(share, share === 0 ? null : detail);
}

function promise({ cadence }: CollectorSlice, { usualRunMs }: CollectorRecord): number {
  return PROMISED_INTERVALS * Math.max(cadence.baseMs, cadence.nowMs) + usualRunMs;
}

function lastRun({ lastRun: run }: CollectorSlice, { earlier }: CollectorRecord): Found {
  if (run === null || (run.outcome !== 'ok' && run.outcome !== 'partial'))
    return {
      'collector.rowsVersusUsual': null,
      'collector.durationVersusUsual': null,
      'collector.rejectedShare': null,
      'collector.duration': null,
      'collector.rows': null,
    };
  const usualRows = usual(earlier.map(({ valid }) => valid));
  // Where fewer things were due than usual, fewer were asked for.
  const rows = usualRows === null ? null : Math.min(usualRows, run.asked ?? Infinity);
  // Where nothing was due, nothing was asked for.
  const hasRows = rows !== null && rows >= LEAST_ROWS && run.calls > 0;
  const durationMs = usual(earlier.map((one) => one.durationMs));
  // A wait for a source that throttles is told as throttling.
  const hasDuration = durationMs !== null && run.throttles === 0;
  const flawed = run.rejected.filter(({ reason }) => !HOW_THE_SOURCE_IS.has(reason));
  const rejected = flawed.reduce((sum, { count }) => sum + count, 0);
  const [worst] = flawed.toSorted((a, b) => b.count - a.count);
  return {
    'collector.rowsVersusUsual': told(
      hasRows ? run.valid / rows : null,
      hasRows ? `${run.valid} rows instead of the usual ${Math.round(rows)}.` : null,
    ),
    'collector.durationVersusUsual': told(
      hasDuration ? run.durationMs / Math.max(LEAST_DURATION_MS, durationMs) : null,
      hasDuration ? `It took ${formatDuration(run.durationMs)} instead of ${formatDuration(durationMs)}.` : null,
    ),
    'collector.rejectedShare': told(
      run.fetched >= ENOUGH_ROWS ? Math.min(1, rejected / run.fetched) : null,
      worst ? `${rejected} of ${run.fetched} rows, most often: ${worst.reason}.` : null,
    ),
    'collector.duration': run.durationMs,
    'collector.rows': run.valid,
  };
}
