// Decides when each collector runs, and nothing else: due times on the monotonic clock, no overlap, pauses, cool-downs, sleep, and
// one outcome on record for every slot that was expected. One collector that throws, hangs or floods cannot delay another.
import { fail, ok, type Result } from '../../shared/contract/envelope';
import type { CollectorSlice } from '../../shared/contract/snapshot';
import type { CollectorId, SlotOutcome, RunErrorClass } from '../../shared/domain/collector';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import { formatDuration } from '../../shared/util/format';
import { PauseBook, type PauseBookOptions } from './pauseBook';
import { RunDesk, type RunDeskOptions } from './runDesk';
import {
  NO_HISTORY,
  ScheduledCollector,
  type CollectorHistory,
  type Pause,
  type SchedulerPlan,
} from './scheduledCollector';
import { type PowerEvent, SleepWatch, type Sleep } from '../../shared/util/sleepWatch';
import { SlotBook, type SlotEvent } from './slotBook';
import { planDue, planRestart, stretch, type SlotStretch } from './slotPlan';

export type { SchedulerPlan } from './scheduledCollector';
export type { Surroundings } from './runDesk';
export type { SlotEvent } from './slotBook';

/** Longest sleep of the loop: how soon a jump of the wall clock, a sleep of the machine or an ended pause is noticed. */
const LOOP_MS = 1_000;
/** Collectors that start or come back together are spread by this much, but never over more than their interval. */
const STAGGER_MS = 500;
/** After waking the network needs a moment. */
const WAKE_SETTLE_MS = 2_000;
/** How long stopping waits for runs that were told to end. */
const STOP_DEADLINE_MS = 10_000;

export type HoldUp = Extract<SlotOutcome, 'skipped_throttled' | 'skipped_spooling'>;

export interface SchedulerOptions extends Pick<
  RunDeskOptions,
  'run' | 'surroundings' | 'onEvent' | 'onChange' | 'random' | 'policy'
> {
  readonly clock: Clock;
  readonly plans: readonly SchedulerPlan[];
  readonly history: ReadonlyMap<CollectorId, CollectorHistory>;
  readonly pauses: ReadonlyMap<CollectorId, Pause>;
  readonly onSlot: (slot: SlotEvent) => void;
  /** Throws when the pause could not be kept; it then does not take effect. */
  readonly savePauses: PauseBookOptions['save'];
  /** Why a run would only wait for the next `forMs` milliseconds, or null. */
  readonly heldUp: (forMs: number) => HoldUp | null;
}

const FAULTS_OF_A_HOST: ReadonlySet<RunErrorClass> = new Set(['host_down', 'network', 'timeout', 'server']);
const GARBAGE: ReadonlySet<RunErrorClass> = new Set(['malformed']);

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #clock: Clock;
  readonly #entries: ReadonlyMap<CollectorId, ScheduledCollector>;
  readonly #book: SlotBook;
  readonly #pauses: PauseBook;
  readonly #desk: RunDesk;
  #sleepWatch: SleepWatch;
  #timer: TimerHandle | null = null;
  #stopped = true;
  #onRequest = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#clock = options.clock;
    const { clock, history, onEvent, savePauses } = options;
    this.#entries = new Map(
      options.plans.map((plan) => {
        const { id } = plan.collector;
        return [id, new ScheduledCollector(plan, history.get(id) ?? NO_HISTORY, options.pauses.get(id) ?? null)];
      }),
    );
    this.#book = new SlotBook(options.onSlot);
    this.#pauses = new PauseBook({ clock, entries: this.#entries, save: savePauses, onEvent });
    this.#desk = new RunDesk({
      ...options,
      book: this.#book,
      onFinished: (entry, before) => this.#runEnded(entry, before),
    });
    this.#sleepWatch = new SleepWatch(clock);
  }

  /** `on_request`: nothing is due; only `runNow` starts a run. */
  start(runStart: 'by_schedule' | 'on_request' = 'by_schedule', firstRunsAfterMs = 0): void {
    this.#stopped = false;
    this.#onRequest = runStart === 'on_request';
    if (this.#onRequest) return;
    this.#sleepWatch = new SleepWatch(this.#clock);
    this.#staggered((entry, phaseMs) => {
      if (!this.#waitsFor(entry)) this.#goOn(entry, firstRunsAfterMs + phaseMs);
    });
    this.#loop();
  }

  /** Nothing is started any more, or nothing yet. */
  get isStopped(): boolean {
    return this.#stopped;
  }

  slices(): readonly CollectorSlice[] {
    return [...this.#entries.values()].map((entry) => this.#sliceOf(entry));
  }

  /** Of one of them; null when there is no such collector. */
  slice(id: string): CollectorSlice | null {
    const entries: ReadonlyMap<string, ScheduledCollector> = this.#entries;
    const entry = entries.get(id);
    return entry ? this.#sliceOf(entry) : null;
  }

  /** The run in progress goes on; the next slot is skipped. */
  pause(id: CollectorId, untilMs: number | null): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return unknown(id);
    const paused = this.#pauses.pause(entry, untilMs);
    this.#options.onChange();
    return paused;
  }

  /** A slot that fell into the pause is caught up at once. */
  resume(id: CollectorId): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return unknown(id);
    const resumed = this.#pauses.resume(entry);
    if (resumed.ok && entry.lastOutcome === 'skipped_paused' && entry.catchUp === 'one') {
      this.#bringForward(entry, 0);
      this.#loop();
    }
    this.#options.onChange();
    return resumed;
  }

  /** Starts a run at once, also while paused or cooling down; the regular slots stay where they are. */
  runNow(id: CollectorId): Result<null> {
    const entry = this.#entries.get(id);
    if (!entry) return unknown(id);
    if (this.#stopped) return fail('unavailable', 'Collection is stopping.');
    if (entry.active) return fail('conflict', `${entry.collector.title} is running already.`);
    this.#desk.start(entry, entry.place(this.#clock.wallMs()), 'manual');
    return ok(null);
  }

  /** What the system tells of its sleep: nothing is begun on the way into it. */
  power(event: PowerEvent): void {
    this.#sleepWatch.tell(event);
    this.#loop();
  }

  /** An API host answers again: whoever failed for its sake runs now instead of at the next slot. */
  hostRecovered(): void {
    this.#bringBack(FAULTS_OF_A_HOST);
  }

  /** Whoever failed last for one of these reasons is not kept waiting by it any longer. */
  #bringBack(reasons: ReadonlySet<RunErrorClass>): void {
    this.#staggered((entry, phaseMs) => {
      const reason = entry.lastRun?.error?.class;
      if (reason === undefined || !reasons.has(reason)) return;
      entry.cooldownUntilMs = null;
      entry.extraMs = null;
      this.#bringForward(entry, phaseMs);
    });
    this.#loop();
  }

  /**
   * Starts nothing more, gives running collectors `graceMs` to finish, stops the rest, and resolves when each has reported; one
   * that does not even stop is left behind after ten seconds.
   */
  async stop(reason: string, graceMs = 0): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    const active = (): readonly Promise<void>[] =>
      [...this.#entries.values()].flatMap(({ active: run }) => (run ? [run.done] : []));
    if (graceMs > 0) await this.#within(Promise.all(active()), graceMs);
    for (const { active: run } of this.#entries.values()) run?.abort.abort(new Error(reason));
    await this.#within(Promise.all(active()), STOP_DEADLINE_MS);
  }

  #within(finished: Promise<unknown>, limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(limitMs, resolve);
      void finished.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  /** Continues the grid of earlier sessions; what passed meanwhile goes on record. */
  #goOn(entry: ScheduledCollector, phaseMs: number): void {
    const wallMs = this.#clock.wallMs();
    const { missed, delayMs } = planRestart(entry.lastExpectedMs, entry.intervalMs, wallMs, entry.catchUp);
    if (missed)
      this.#skipStretch(entry, missed, entry.pause ? 'skipped_paused' : 'missed', 'Poolwatch was not running.');
    entry.dueMs = this.#clock.monotonicMs() + (delayMs === 0 ? phaseMs : delayMs);
  }

  #loop(): void {
    if (this.#stopped || this.#onRequest) return;
    const sleep = this.#sleepWatch.look();
    if (sleep) this.#wakeUp(sleep);
    const nowMs = this.#clock.monotonicMs();
    let nextMs = nowMs + LOOP_MS;
    if (!this.#sleepWatch.isAsleep) {
      for (const entry of this.#entries.values()) this.#visit(entry);
      for (const { dueMs, extraMs } of this.#entries.values())
        nextMs = Math.min(nextMs, dueMs ?? nextMs, extraMs ?? nextMs);
    }
    this.#timer?.cancel();
    this.#timer = this.#clock.after(Math.max(0, nextMs - nowMs), () => this.#loop());
  }

  #visit(entry: ScheduledCollector): void {
    this.#pauses.expire(entry);
    const nowMs = this.#clock.monotonicMs();
    if (entry.dueMs !== null && entry.dueMs <= nowMs) this.#slotCame(entry, entry.dueMs, nowMs);
    if (entry.extraMs === null || entry.extraMs > nowMs) return;
    entry.extraMs = null;
    if (!entry.active && !entry.pause) this.#desk.start(entry, entry.place(this.#clock.wallMs()), 'recovery');
  }

  #slotCame(entry: ScheduledCollector, dueMs: number, nowMs: number): void {
    const { missed, slotMs, nextDueMs } = planDue(dueMs, entry.intervalMs, nowMs);
    if (missed) {
      const outcome = entry.pause ? 'skipped_paused' : 'missed';
      this.#skipStretch(entry, this.#toWall(missed), outcome, 'Poolwatch was too busy to start it.');
    }
    entry.dueMs = nextDueMs;
    const place = entry.place(this.#wallOf(slotMs));
    const reason = this.#whyNot(entry);
    if (reason === null) this.#desk.start(entry, place, 'schedule');
    else this.#skip(() => this.#book.skipped(entry, place, reason, null));
  }

  #whyNot(entry: ScheduledCollector): SlotOutcome | null {
    if (entry.pause) return 'skipped_paused';
    const { heldUp } = this.#options;
    if (entry.active) return heldUp(0) === 'skipped_throttled' ? 'skipped_throttled' : 'skipped_overlap';
    if (entry.cooldownUntilMs !== null && entry.cooldownUntilMs > this.#clock.monotonicMs()) return 'skipped_cooldown';
    return heldUp(entry.intervalMs);
  }

  #skipStretch(
    entry: ScheduledCollector,
    { fromMs, untilMs, slots }: SlotStretch,
    outcome: SlotOutcome,
    detail: string,
  ): void {
    const place = entry.place(fromMs, untilMs, slots);
    this.#skip(() => this.#book.skipped(entry, place, outcome, detail));
  }

  #skip(record: () => void): void {
    record();
    this.#options.onChange();
  }

  #runEnded(entry: ScheduledCollector, before: ScheduledCollector['lastRun']): void {
    // The source had sent garbage, and has come to itself.
    if (before?.error?.class === 'malformed' && entry.lastRun?.error === null) this.#bringBack(GARBAGE);
    if (entry.lastSuccessAtMs !== null) {
      for (const other of this.#entries.values()) {
        if (other.plan.startsAfter === entry.id && other.dueMs === null) other.dueMs = this.#clock.monotonicMs();
      }
    }
    this.#loop();
  }

  /** Monotonic due times stand still while wall time passes, or pass unseen; either way the grid goes on from now. */
  #wakeUp({ sleptMs, uncountedMs }: Sleep): void {
    const slept = formatDuration(sleptMs);
    this.#tell('asleep', `Nobody was there for ${slept}: the machine slept, or the program was held up.`, -sleptMs);
    this.#tell('woke', `Back after ${slept}.`, 0);
    this.#desk.woke();
    const nowMs = this.#clock.monotonicMs();
    this.#staggered((entry, phaseMs) => {
      if (entry.cooldownUntilMs !== null) entry.cooldownUntilMs -= uncountedMs;
      if (entry.extraMs !== null) entry.extraMs = Math.max(entry.extraMs - uncountedMs, nowMs + WAKE_SETTLE_MS);
      if (entry.dueMs === null) return;
      entry.dueMs -= uncountedMs;
      const overslept = stretch(entry.dueMs, entry.intervalMs, nowMs);
      if (overslept === null) return;
      const outcome = entry.pause ? 'skipped_paused' : 'skipped_asleep';
      this.#skipStretch(entry, this.#toWall(overslept), outcome, `Nobody was there for ${slept}.`);
      entry.dueMs = entry.catchUp === 'one' ? nowMs + WAKE_SETTLE_MS + phaseMs : overslept.untilMs + entry.intervalMs;
    });
  }

  #tell(kind: 'asleep' | 'woke', cause: string, offsetMs: number): void {
    const atMs = Math.round(this.#clock.wallMs() + offsetMs);
    this.#options.onEvent({ atMs, kind, collectorId: null, host: null, cause });
  }

  #bringForward(entry: ScheduledCollector, delayMs: number): void {
    if (entry.dueMs !== null) entry.dueMs = Math.min(entry.dueMs, this.#clock.monotonicMs() + delayMs);
  }

  /** Visits all, each with a delay of its own that stays the same from start to start. */
  #staggered(visit: (entry: ScheduledCollector, phaseMs: number) => void): void {
    let index = 0;
    for (const entry of this.#entries.values()) {
      const stepMs = Math.min(STAGGER_MS, entry.intervalMs / this.#entries.size);
      visit(entry, stepMs * index++);
    }
  }

  #wallOf(monotonicMs: number): number {
    return this.#clock.wallMs() + monotonicMs - this.#clock.monotonicMs();
  }

  #toWall({ fromMs, untilMs, slots }: SlotStretch): SlotStretch {
    return { fromMs: this.#wallOf(fromMs), untilMs: this.#wallOf(untilMs), slots };
  }

  #sliceOf(entry: ScheduledCollector): CollectorSlice {
    return entry.slice(this.#clock, this.#waitsFor(entry)?.collector.title ?? null, this.#options.policy);
  }

  #waitsFor(entry: ScheduledCollector): ScheduledCollector | null {
    const { startsAfter } = entry.plan;
    if (startsAfter === null || entry.lastRun !== null) return null;
    const other = this.#entries.get(startsAfter);
    return other && other.lastSuccessAtMs === null ? other : null;
  }
}

function unknown(id: CollectorId): Result<null> {
  return fail('not_found', `There is no collector “${id}”.`);
}
