// Decides when each collector runs, and nothing else: due times on the monotonic clock, no overlap, pauses, cool-downs, and one
// slot on record for every run that was expected. One collector that throws, hangs or floods cannot delay another.
import { randomUUID } from 'node:crypto';
import type { CollectorSlice } from '../../shared/contract/snapshot';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { CollectorId, RunReport, SlotOutcome } from '../../shared/domain/collector';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Collector } from '../collectors/collector';
import type { RunRequest } from './collectorRun';
import { afterRun, cooldownAfter, retryAfter } from './recovery';
import { NO_HISTORY, ScheduledCollector, type CollectorHistory, type Pause } from './scheduledCollector';
import { firstDelay, planDue } from './slotPlan';

/** Longest sleep of the loop: how soon a jump of the wall clock, a sleep of the machine or an ended pause is noticed. */
const LOOP_MS = 1_000;
/** A wall clock that gains more than this on the monotonic one means that the machine slept (or its clock was set). */
const SLEEP_DRIFT_MS = 10_000;
/** First runs and runs after waking are spread by this much, so that they do not start in one breath. */
const STAGGER_MS = 500;
/** After waking the network needs a moment. */
const WAKE_SETTLE_MS = 2_000;

export interface SlotEvent {
  readonly collectorId: CollectorId;
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  readonly run: RunReport | null;
}

export interface SchedulerPlan {
  readonly collector: Collector;
  readonly intervalMs: number;
  readonly startsAfter: CollectorId | null;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly plans: readonly SchedulerPlan[];
  readonly history: ReadonlyMap<CollectorId, CollectorHistory>;
  readonly pauses: ReadonlyMap<CollectorId, Pause>;
  /** Runs one collector to its end; never rejects. */
  readonly run: (request: RunRequest) => Promise<RunReport>;
  readonly onSlot: (slot: SlotEvent) => void;
  /** Throws when the pause could not be kept; it then does not take effect. */
  readonly savePauses: (pauses: ReadonlyMap<CollectorId, Pause>) => void;
  /** Something worth showing changed. */
  readonly onChange: () => void;
  /** In [0, 1); spreads retries. */
  readonly random: () => number;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #clock: Clock;
  readonly #entries: ReadonlyMap<CollectorId, ScheduledCollector>;
  #timer: TimerHandle | null = null;
  #stopped = true;
  #driftMs = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#entries = new Map(
      options.plans.map(({ collector, intervalMs, startsAfter }) => [
        collector.id,
        new ScheduledCollector(
          collector,
          intervalMs,
          startsAfter,
          options.history.get(collector.id) ?? NO_HISTORY,
          options.pauses.get(collector.id) ?? null,
        ),
      ]),
    );
  }

  start(): void {
    this.#stopped = false;
    this.#driftMs = this.#clock.wallMs() - this.#clock.monotonicMs();
    let index = 0;
    for (const entry of this.#entries.values()) {
      if (this.#waitsFor(entry)) continue;
      const delayMs = firstDelay(entry.lastSlotAtMs, entry.intervalMs, this.#clock.wallMs());
      entry.dueMs = this.#clock.monotonicMs() + delayMs + STAGGER_MS * index++;
    }
    this.#loop();
  }

  slices(): readonly CollectorSlice[] {
    return [...this.#entries.values()].map((entry) =>
      entry.slice(this.#clock, this.#waitsFor(entry)?.collector.title ?? null),
    );
  }

  /** The run in progress goes on; the next slot is skipped. */
  pause(id: CollectorId, untilMs: number | null): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return fail('not_found', `There is no collector “${id}”.`);
    if (untilMs !== null && untilMs <= this.#clock.wallMs())
      return fail('bad_request', 'The end of the pause lies in the past.');
    return this.#setPause(entry, { sinceMs: entry.pause?.sinceMs ?? this.#clock.wallMs(), untilMs });
  }

  /** A slot that fell into the pause is caught up at once. */
  resume(id: CollectorId): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return fail('not_found', `There is no collector “${id}”.`);
    if (!entry.pause) return fail('conflict', `${entry.collector.title} is not paused.`);
    const resumed = this.#setPause(entry, null);
    if (resumed.ok && entry.lastOutcome === 'skipped_paused' && entry.dueMs !== null) {
      entry.dueMs = this.#clock.monotonicMs();
      this.#loop();
    }
    return resumed;
  }

  /** Starts a run at once, also while paused or cooling down; the regular slots stay where they are. */
  runNow(id: CollectorId): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return fail('not_found', `There is no collector “${id}”.`);
    if (this.#stopped) return fail('unavailable', 'Collection is stopping.');
    if (entry.active) return fail('conflict', `${entry.collector.title} is running already.`);
    this.#startRun(entry, this.#clock.wallMs(), 'manual');
    return ok(null);
  }

  /** Starts nothing more, gives running collectors `graceMs` to finish, stops the rest, and resolves when each has reported. */
  async stop(reason: string, graceMs = 0): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    const active = [...this.#entries.values()].flatMap((entry) => (entry.active ? [entry.active.done] : []));
    if (graceMs > 0) await this.#withinGrace(Promise.all(active), graceMs);
    const running = [...this.#entries.values()].flatMap((entry) => (entry.active ? [entry.active] : []));
    for (const { abort } of running) abort.abort(new Error(reason));
    await Promise.all(running.map(({ done }) => done));
  }

  #withinGrace(finished: Promise<unknown>, graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(graceMs, resolve);
      void finished.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  #loop(): void {
    if (this.#stopped) return;
    this.#noticeSleep();
    for (const entry of this.#entries.values()) this.#visit(entry);
    const nowMs = this.#clock.monotonicMs();
    const dues = [...this.#entries.values()].flatMap((entry) => (entry.dueMs === null ? [] : [entry.dueMs - nowMs]));
    this.#timer?.cancel();
    this.#timer = this.#clock.after(Math.max(0, Math.min(LOOP_MS, ...dues)), () => this.#loop());
  }

  #visit(entry: ScheduledCollector): void {
    const { pause } = entry;
    if (pause && pause.untilMs !== null && pause.untilMs <= this.#clock.wallMs()) this.#setPause(entry, null);
    const nowMs = this.#clock.monotonicMs();
    if (entry.dueMs === null || entry.dueMs > nowMs) return;
    const { dueTrigger } = entry;
    const wasExtra = dueTrigger === 'recovery';
    const plan = wasExtra
      ? { slotAgoMs: nowMs - entry.dueMs, missedAgoMs: [], nextDueMs: Math.max(entry.gridMs, nowMs + LOOP_MS) }
      : planDue(entry.dueMs, entry.intervalMs, nowMs);
    const wallMs = this.#clock.wallMs();
    for (const agoMs of plan.missedAgoMs)
      this.#skip(entry, Math.round(wallMs - agoMs), entry.pause ? 'skipped_paused' : 'missed');
    entry.dueMs = plan.nextDueMs;
    entry.dueTrigger = 'schedule';
    entry.gridMs = plan.nextDueMs;
    const slotAtMs = Math.round(wallMs - plan.slotAgoMs);
    if (entry.pause) this.#skip(entry, slotAtMs, 'skipped_paused');
    else if (entry.active) this.#skip(entry, slotAtMs, 'skipped_overlap');
    else if (!wasExtra && this.#isCoolingDown(entry)) this.#skip(entry, slotAtMs, 'skipped_cooldown');
    else this.#startRun(entry, slotAtMs, dueTrigger);
  }

  #isCoolingDown(entry: ScheduledCollector): boolean {
    return entry.cooldownUntilMs !== null && entry.cooldownUntilMs > this.#clock.monotonicMs();
  }

  #skip(entry: ScheduledCollector, slotAtMs: number, outcome: SlotOutcome): void {
    entry.addTick({ slotAtMs, outcome, durationMs: null, rows: null });
    this.#options.onSlot({ collectorId: entry.collector.id, slotAtMs, outcome, run: null });
    this.#options.onChange();
  }

  #startRun(entry: ScheduledCollector, slotAtMs: number, trigger: RunReport['trigger']): void {
    const runId = randomUUID();
    const abort = new AbortController();
    const request: RunRequest = {
      runId,
      collector: entry.collector,
      slotAtMs,
      trigger,
      signal: abort.signal,
      onStep: (step) => {
        if (entry.active?.runId === runId) entry.active.step = step;
        this.#options.onChange();
      },
    };
    entry.cooldownUntilMs = null;
    const done = this.#options.run(request).then((report) => this.#finishRun(entry, report));
    entry.active = { runId, sinceMs: this.#clock.wallMs(), step: null, abort, done };
    this.#options.onChange();
  }

  #finishRun(entry: ScheduledCollector, report: RunReport): void {
    entry.active = null;
    entry.lastRun = report;
    entry.recovery = afterRun(entry.recovery, report.outcome);
    if (report.outcome === 'ok' || report.outcome === 'partial') entry.lastSuccessAtMs = report.endedAtMs;
    entry.addTick({
      slotAtMs: report.slotAtMs,
      outcome: report.outcome,
      durationMs: report.durationMs,
      rows: report.inserted + report.changed,
    });
    this.#options.onSlot({
      collectorId: entry.collector.id,
      slotAtMs: report.slotAtMs,
      outcome: report.outcome,
      run: report,
    });
    this.#planRetry(entry, report);
    this.#releaseWaiting(entry);
    this.#options.onChange();
    this.#loop();
  }

  #planRetry(entry: ScheduledCollector, report: RunReport): void {
    const nowMs = this.#clock.monotonicMs();
    const cooldownMs = cooldownAfter(entry.recovery, report.outcome);
    entry.cooldownUntilMs = cooldownMs === null ? null : nowMs + cooldownMs;
    if (report.outcome !== 'failed' || entry.dueMs === null) return;
    const delayMs = retryAfter(entry.recovery, entry.intervalMs, this.#options.random());
    if (delayMs === null) return;
    const retryMs = nowMs + delayMs;
    // During a cool-down regular slots are skipped on record, so the extra attempt stands beside the grid.
    if (retryMs < entry.dueMs) {
      entry.gridMs = entry.dueMs;
      entry.dueMs = retryMs;
      entry.dueTrigger = 'recovery';
    }
  }

  #waitsFor(entry: ScheduledCollector): ScheduledCollector | null {
    if (entry.startsAfter === null || entry.lastRun !== null) return null;
    const other = this.#entries.get(entry.startsAfter);
    return other && other.lastSuccessAtMs === null ? other : null;
  }

  #releaseWaiting(finished: ScheduledCollector): void {
    if (finished.lastSuccessAtMs === null) return;
    for (const entry of this.#entries.values()) {
      if (entry.startsAfter === finished.collector.id && entry.dueMs === null) entry.dueMs = this.#clock.monotonicMs();
    }
  }

  #setPause(entry: ScheduledCollector, pause: Pause | null): Result<null> {
    const pauses = new Map(
      [...this.#entries].flatMap(([id, other]) => (other.pause ? [[id, other.pause] as const] : [])),
    );
    if (pause) pauses.set(entry.collector.id, pause);
    else pauses.delete(entry.collector.id);
    try {
      this.#options.savePauses(pauses);
    } catch (error) {
      return fail(
        'unavailable',
        `The pause could not be saved: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    entry.pause = pause;
    this.#options.onChange();
    return ok(null);
  }

  #noticeSleep(): void {
    const driftMs = this.#clock.wallMs() - this.#clock.monotonicMs();
    const sleptMs = driftMs - this.#driftMs;
    this.#driftMs = driftMs;
    if (sleptMs < SLEEP_DRIFT_MS) return;
    const nowMs = this.#clock.monotonicMs();
    let index = 0;
    for (const entry of this.#entries.values()) {
      if (entry.dueMs === null) continue;
      const overslept = Math.floor((sleptMs - (entry.dueMs - nowMs)) / entry.intervalMs);
      if (entry.dueMs - nowMs > sleptMs) {
        entry.dueMs -= sleptMs;
        entry.gridMs = entry.dueMs;
        continue;
      }
      if (overslept >= 1)
        this.#skip(entry, Math.round(this.#clock.wallMs() - sleptMs + (entry.dueMs - nowMs)), 'skipped_asleep');
      entry.dueMs = nowMs + WAKE_SETTLE_MS + STAGGER_MS * index++;
      entry.gridMs = entry.dueMs;
    }
  }
}
