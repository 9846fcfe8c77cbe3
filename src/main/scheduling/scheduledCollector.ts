// Everything the scheduler remembers about one collector, and the slice of the snapshot made from it. Decides nothing.
import { TICKS_PER_COLLECTOR, type CollectorSlice, type Tick } from '../../shared/contract/snapshot';
import type { CollectorId, RunReport, SlotOutcome } from '../../shared/domain/collector';
import type { CollectorSettings } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { Collector } from '../collectors/collector';
import { cadenceBounds, showCadence, steady, type CadenceBounds, type CadenceState } from './cadence';
import { collectorHealth } from './collectorHealth';
import { HEALTHY, type RecoveryPolicy, type RecoveryState } from './recovery';
import type { CatchUp } from './slotPlan';

export interface SchedulerPlan extends CollectorSettings {
  readonly collector: Collector;
  /** Its first run ever waits for the first success of this collector. */
  readonly startsAfter: CollectorId | null;
  /** How far back one run fetches, milliseconds. */
  readonly reachesBackMs?: number;
}

export interface Pause {
  readonly sinceMs: number;
  readonly untilMs: number | null;
}

export interface ActiveRun {
  readonly runId: string;
  readonly sinceMs: number;
  /** Monotonic. */
  readonly startedMs: number;
  step: string | null;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** A slot's place in the record: the wall clock alone can name two. */
export interface SlotPlace {
  readonly slotAtMs: number;
  readonly turn: number;
  /** More than one when the place is a whole stretch, up to `untilMs`. */
  readonly slots: number;
  readonly untilMs: number | null;
}

/** A stretch without data that a later run may still make good. */
export interface OpenGap extends SlotPlace {
  readonly outcome: SlotOutcome;
}

/** What earlier sessions left behind. */
export interface CollectorHistory {
  readonly ticks: readonly Tick[];
  readonly lastRun: RunReport | null;
  readonly lastSuccessAtMs: number | null;
  readonly recovery: RecoveryState;
  /** The newest slot on record, scheduled or not, and how often the clock had been set back by then. */
  readonly lastPlace: { readonly untilMs: number; readonly turn: number } | null;
  /** The newest slot of the schedule, from which the grid goes on; wall time. */
  readonly lastExpectedMs: number | null;
}

export const NO_HISTORY: CollectorHistory = {
  ticks: [],
  lastRun: null,
  lastSuccessAtMs: null,
  recovery: HEALTHY,
  lastPlace: null,
  lastExpectedMs: null,
};

export class ScheduledCollector {
  readonly plan: SchedulerPlan;
  readonly collector: Collector;
  readonly catchUp: CatchUp;
  readonly bounds: CadenceBounds;
  /** The next point of the grid, monotonic; null while it waits for another collector. */
  dueMs: number | null = null;
  /** An extra attempt beside the grid, monotonic. */
  extraMs: number | null = null;
  cooldownUntilMs: number | null = null;
  pause: Pause | null;
  active: ActiveRun | null = null;
  cadence: CadenceState;
  /** When the source throttled its runs, monotonic. */
  throttledAtMs: readonly number[] = [];
  recovery: RecoveryState;
  lastRun: RunReport | null;
  lastSuccessAtMs: number | null;
  readonly lastExpectedMs: number | null;
  gaps: readonly OpenGap[] = [];
  #ticks: readonly Tick[];
  #turn: number;
  #placedUntilMs: number;

  constructor(plan: SchedulerPlan, history: CollectorHistory, pause: Pause | null) {
    this.plan = plan;
    this.collector = plan.collector;
    this.catchUp = plan.catchUp ?? 'one';
    this.bounds = cadenceBounds(plan);
    this.cadence = steady(this.bounds);
    this.pause = pause;
    this.recovery = history.recovery;
    this.lastRun = history.lastRun;
    this.lastSuccessAtMs = history.lastSuccessAtMs;
    this.lastExpectedMs = history.lastExpectedMs;
    this.#ticks = history.ticks.slice(-TICKS_PER_COLLECTOR);
    this.#turn = history.lastPlace?.turn ?? 0;
    this.#placedUntilMs = history.lastPlace?.untilMs ?? Number.NEGATIVE_INFINITY;
  }

  get id(): CollectorId {
    return this.collector.id;
  }

  get intervalMs(): number {
    return this.cadence.intervalMs;
  }

  get lastOutcome(): SlotOutcome | null {
    return this.#ticks.at(-1)?.outcome ?? null;
  }

  /** Gives a slot its place in the record when its time has come; must be asked in the order of time. */
  place(fromMs: number, untilMs = fromMs, slots = 1): SlotPlace {
    const slotAtMs = Math.round(fromMs);
    // A time that was there before: the wall clock has been set back since.
    if (slotAtMs <= this.#placedUntilMs) this.#turn += 1;
    this.#placedUntilMs = Math.round(untilMs);
    return { slotAtMs, turn: this.#turn, slots, untilMs: slots > 1 ? this.#placedUntilMs : null };
  }

  addTick(tick: Tick): void {
    this.#ticks = [...this.#ticks, tick].slice(-TICKS_PER_COLLECTOR);
  }

  /** `waitsFor` is the title of the collector it waits for, or null. */
  slice(clock: Clock, waitsFor: string | null, policy: RecoveryPolicy): CollectorSlice {
    const nowMs = clock.monotonicMs();
    const toWall = (monotonicMs: number): number => Math.round(clock.wallMs() + monotonicMs - nowMs);
    const nextMs = this.extraMs === null ? this.dueMs : Math.min(this.extraMs, this.dueMs ?? Infinity);
    const { health, cause } = collectorHealth({
      paused: this.pause !== null,
      running: this.active !== null,
      failures: this.recovery.failures,
      failureThreshold: policy.failureThreshold,
      lastRun: this.lastRun,
      waitsFor,
      overdueMs: this.dueMs === null ? 0 : Math.max(0, nowMs - this.dueMs),
    });
    const error = this.lastRun?.error;
    return {
      id: this.id,
      title: this.collector.title,
      description: this.collector.description,
      health,
      cause,
      intervalMs: this.intervalMs,
      cadence: showCadence(this.bounds, this.cadence),
      pause: this.pause,
      running: this.active && { runId: this.active.runId, sinceMs: this.active.sinceMs, step: this.active.step },
      nextDueAtMs: nextMs === null || this.pause ? null : toWall(nextMs),
      lastRun: this.lastRun,
      lastSuccessAtMs: this.lastSuccessAtMs,
      lastError: error && this.lastRun ? { ...error, atMs: this.lastRun.endedAtMs } : null,
      streak: this.recovery,
      cooldownUntilMs: this.cooldownUntilMs === null ? null : toWall(this.cooldownUntilMs),
      ticks: this.#ticks,
    };
  }
}
