// Starts runs and draws the conclusions when they end: streak, cool-down, extra attempt, pace. When a run is due is not its business.
import { randomUUID } from 'node:crypto';
import type { CallPriority, RunReport } from '../../shared/domain/collector';
import type { CollectorEvent, CollectorEventKind } from '../../shared/domain/collectorEvent';
import type { Clock } from '../../shared/util/clock';
import { formatDuration } from '../../shared/util/format';
import { nextCadence, THROTTLE_MEMORY_MS, type CadenceFacts } from './cadence';
import { LATE_AFTER_MS } from './collectorHealth';
import type { RunRequest } from './collectorRun';
import { afterRun, coolsDown, retryDelay, type RecoveryPolicy } from './recovery';
import type { ScheduledCollector, SlotPlace } from './scheduledCollector';
import type { SlotBook } from './slotBook';

/** After waking the network needs a moment: what fails for its sake in this time is not held against a collector. */
const WAKE_GRACE_MS = 30_000;

/** How the surroundings are doing, for the pace of the collectors. */
export type Surroundings = Pick<CadenceFacts, 'storage' | 'quotaShare'>;

export interface RunDeskOptions {
  readonly clock: Clock;
  readonly policy: RecoveryPolicy;
  readonly book: SlotBook;
  /** Runs one collector to its end; never rejects. */
  readonly run: (request: RunRequest) => Promise<RunReport>;
  readonly surroundings: () => Surroundings;
  readonly onEvent: (event: CollectorEvent) => void;
  readonly onChange: () => void;
  /** After everything about a finished run is settled. `before`: the run before it, null for the first. */
  readonly onFinished: (entry: ScheduledCollector, before: ScheduledCollector['lastRun']) => void;
  readonly random: () => number;
}

export class RunDesk {
  readonly #options: RunDeskOptions;
  readonly #clock: Clock;
  /** Monotonic; null until the machine has slept once. */
  #wokeAtMs: number | null = null;

  constructor(options: RunDeskOptions) {
    this.#options = options;
    this.#clock = options.clock;
  }

  woke(): void {
    this.#wokeAtMs = this.#clock.monotonicMs();
  }

  start(entry: ScheduledCollector, place: SlotPlace, trigger: RunReport['trigger']): void {
    const runId = randomUUID();
    const abort = new AbortController();
    const startedMs = this.#clock.monotonicMs();
    const sinceMs = this.#clock.wallMs();
    entry.cooldownUntilMs = null;
    entry.extraMs = null;
    let step: string | null = null;
    const request: RunRequest = {
      runId,
      collector: entry.collector,
      slotAtMs: place.slotAtMs,
      trigger,
      priority: priorityOf(entry, trigger),
      deadlineMs: startedMs + entry.intervalMs,
      signal: abort.signal,
      onStep: (begun) => {
        // The first can come before the run is known to be active.
        step = begun;
        if (entry.active?.runId === runId) entry.active.step = begun;
        this.#options.onChange();
      },
    };
    const late = trigger === 'schedule' && sinceMs - place.slotAtMs > LATE_AFTER_MS;
    const done = this.#options.run(request).then((report) => this.#finish(entry, place, report, late));
    entry.active = { runId, sinceMs, startedMs, step, abort, done };
    this.#options.onChange();
  }

  #finish(entry: ScheduledCollector, place: SlotPlace, report: RunReport, late: boolean): void {
    const startedMs = entry.active?.startedMs ?? this.#clock.monotonicMs();
    const before = entry.recovery;
    const lastRun = entry.lastRun;
    const excused = this.#isExcused(report, startedMs);
    entry.active = null;
    entry.lastRun = report;
    if (!excused) entry.recovery = afterRun(before, report.outcome);
    if (report.outcome === 'ok' || report.outcome === 'partial') entry.lastSuccessAtMs = report.endedAtMs;
    this.#options.book.ran(entry, place, report, late);
    if (before.failures >= this.#options.policy.failureThreshold && entry.recovery.failures === 0)
      this.#tell(entry, 'recovered', `Works again after ${before.failures} failures in a row.`);
    if (report.outcome === 'failed') this.#planRetry(entry, report, excused);
    this.#adaptPace(entry, report);
    this.#options.onChange();
    this.#options.onFinished(entry, lastRun);
  }

  /** A dead host is not the collector's fault, and neither is a network that has just been slept through. */
  #isExcused({ outcome, error }: RunReport, startedMs: number): boolean {
    if (outcome !== 'failed' || error === null) return false;
    if (error.class === 'host_down') return true;
    const isNetwork = error.class === 'network' || error.class === 'timeout';
    return isNetwork && this.#wokeAtMs !== null && startedMs < this.#wokeAtMs + WAKE_GRACE_MS;
  }

  #planRetry(entry: ScheduledCollector, { error }: RunReport, excused: boolean): void {
    // The end of that is an event of its own, and brings everybody back.
    if (error?.class === 'host_down') return;
    const { policy, random } = this.#options;
    const nowMs = this.#clock.monotonicMs();
    const retryMs = nowMs + retryDelay(entry.recovery, policy, random());
    if (!excused && coolsDown(entry.recovery, policy)) {
      entry.cooldownUntilMs = retryMs;
      const { failures } = entry.recovery;
      const pause = formatDuration(policy.cooldownMs);
      this.#tell(
        entry,
        'cooldown',
        `Failed ${failures} times in a row; one probe run follows in ${pause}. ${error?.message ?? ''}`.trim(),
      );
    } else if (entry.dueMs !== null && retryMs >= entry.dueMs) return;
    entry.extraMs = entry.pause ? null : retryMs;
  }

  #adaptPace(entry: ScheduledCollector, report: RunReport): void {
    const nowMs = this.#clock.monotonicMs();
    const throttled = report.throttles > 0 || report.outcome === 'throttled';
    if (throttled) entry.throttledAtMs = [...entry.throttledAtMs, nowMs];
    entry.throttledAtMs = entry.throttledAtMs.filter((atMs) => nowMs - atMs < THROTTLE_MEMORY_MS);
    if (report.trigger !== 'schedule' || report.outcome === 'cancelled') return;
    const before = entry.cadence;
    const stored = report.inserted + report.changed + report.unchanged;
    entry.cadence = nextCadence(entry.bounds, before, {
      ...this.#options.surroundings(),
      nowMs,
      throttledAtMs: entry.throttledAtMs,
      // A wait for a source that throttles is told as throttling.
      busyShare: throttled ? 0 : report.durationMs / before.intervalMs,
      movedShare: report.outcome === 'failed' || stored === 0 ? null : (report.inserted + report.changed) / stored,
    });
    const changeMs = entry.cadence.intervalMs - before.intervalMs;
    if (changeMs === 0) return;
    if (entry.dueMs !== null) entry.dueMs = Math.max(nowMs, entry.dueMs + changeMs);
    const because = entry.cadence.because === null ? 'as it was set to' : `because ${entry.cadence.because}`;
    const pace = formatDuration(entry.cadence.intervalMs);
    this.#tell(entry, changeMs > 0 ? 'slowed' : 'sped_up', `Every ${pace} ${because}.`);
  }

  #tell(entry: ScheduledCollector, kind: CollectorEventKind, cause: string): void {
    this.#options.onEvent({ atMs: this.#clock.wallMs(), kind, collectorId: entry.id, host: null, cause });
  }
}

/** Somebody waits for a run ordered by hand. */
function priorityOf({ collector }: ScheduledCollector, trigger: RunReport['trigger']): CallPriority {
  return trigger === 'manual' ? 'high' : (collector.priority ?? 'normal');
}
