// Everything the scheduler remembers about one collector, and the slice of the snapshot made from it. Decides nothing.
import { TICKS_PER_COLLECTOR, type CollectorSlice, type Tick } from '../../shared/contract/snapshot';
import type { CollectorId, RunReport, SlotOutcome } from '../../shared/domain/collector';
import type { Clock } from '../../shared/util/clock';
import type { Collector } from '../collectors/collector';
import { collectorHealth } from './collectorHealth';
import { HEALTHY, type RecoveryState } from './recovery';

export interface Pause {
  readonly sinceMs: number;
  readonly untilMs: number | null;
}

export interface ActiveRun {
  readonly runId: string;
  readonly sinceMs: number;
  step: string | null;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** What earlier sessions left behind. */
export interface CollectorHistory {
  readonly ticks: readonly Tick[];
  readonly lastRun: RunReport | null;
  readonly lastSuccessAtMs: number | null;
  readonly recovery: RecoveryState;
}

export const NO_HISTORY: CollectorHistory = { ticks: [], lastRun: null, lastSuccessAtMs: null, recovery: HEALTHY };

export class ScheduledCollector {
  readonly collector: Collector;
  readonly intervalMs: number;
  /** Its first run ever waits for the first success of this collector. */
  readonly startsAfter: CollectorId | null;
  /** Monotonic; null while it waits for another collector. */
  dueMs: number | null = null;
  dueTrigger: 'schedule' | 'recovery' = 'schedule';
  /** Monotonic; the regular slot that an extra attempt must not displace. */
  gridMs = 0;
  cooldownUntilMs: number | null = null;
  pause: Pause | null;
  active: ActiveRun | null = null;
  recovery: RecoveryState;
  lastRun: RunReport | null;
  lastSuccessAtMs: number | null;
  #ticks: Tick[];

  constructor(
    collector: Collector,
    intervalMs: number,
    startsAfter: CollectorId | null,
    history: CollectorHistory,
    pause: Pause | null,
  ) {
    this.collector = collector;
    this.intervalMs = intervalMs;
    this.startsAfter = startsAfter;
    this.pause = pause;
    this.recovery = history.recovery;
    this.lastRun = history.lastRun;
    this.lastSuccessAtMs = history.lastSuccessAtMs;
    this.#ticks = history.ticks.slice(-TICKS_PER_COLLECTOR);
  }

  addTick(tick: Tick): void {
    this.#ticks = [...this.#ticks, tick].slice(-TICKS_PER_COLLECTOR);
  }

  get lastSlotAtMs(): number | null {
    return this.#ticks.at(-1)?.slotAtMs ?? null;
  }

  get lastOutcome(): SlotOutcome | null {
    return this.#ticks.at(-1)?.outcome ?? null;
  }

  /** `waitsFor` is the title of the collector it waits for, or null. */
  slice(clock: Clock, waitsFor: string | null): CollectorSlice {
    const nowMs = clock.monotonicMs();
    const toWall = (monotonicMs: number): number => Math.round(clock.wallMs() + monotonicMs - nowMs);
    const { health, cause } = collectorHealth({
      paused: this.pause !== null,
      running: this.active !== null,
      failures: this.recovery.failures,
      lastRun: this.lastRun,
      waitsFor,
      overdueMs: this.dueMs === null ? 0 : Math.max(0, nowMs - this.dueMs),
    });
    const error = this.lastRun?.error;
    return {
      id: this.collector.id,
      title: this.collector.title,
      description: this.collector.description,
      health,
      cause,
      intervalMs: this.intervalMs,
      pause: this.pause,
      running: this.active && { runId: this.active.runId, sinceMs: this.active.sinceMs, step: this.active.step },
      nextDueAtMs: this.dueMs === null || this.pause ? null : toWall(this.dueMs),
      lastRun: this.lastRun,
      lastSuccessAtMs: this.lastSuccessAtMs,
      lastError: error && this.lastRun ? { ...error, atMs: this.lastRun.endedAtMs } : null,
      streak: this.recovery,
      cooldownUntilMs: this.cooldownUntilMs === null ? null : toWall(this.cooldownUntilMs),
      ticks: this.#ticks,
    };
  }
}
