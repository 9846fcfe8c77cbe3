// What is remembered of one collector to judge it by: its latest runs, and since when somebody has been there to watch it. Decides
// nothing; the sensor reads it.
import type { CollectorSlice, Tick } from '../../../shared/contract/snapshot';
import type { RunErrorClass, RunReport, SlotOutcome } from '../../../shared/domain/collector';
import { Attention } from '../attention';
import { OutcomeWindow } from './outcomeWindow';
import type { Moment } from './reading';
import { median, USUAL_OF } from './usual';

const HOUR_MS = 60 * 60_000;
const LOOK_EVERY_MS = 10_000;
/** Runs of which the share that failed is told. */
const LATEST_RUNS = 10;

/** What became of a slot, as the scheduler tells it. */
export interface SlotFacts {
  readonly slotAtMs: number;
  readonly slots: number;
  readonly outcome: SlotOutcome;
  readonly run: RunReport | null;
}

/** A run that brought data. */
type GoodRun = Pick<RunReport, 'id' | 'valid' | 'durationMs'>;

const HOST_FAULTS: ReadonlySet<RunErrorClass> = new Set(['host_down', 'network', 'timeout', 'server']);

export class CollectorRecord {
  readonly attention = new Attention(LOOK_EVERY_MS);
  /** Of all slots of the schedule; what is tried again, or ordered by hand, is no slot of its own. */
  readonly outcomes = new OutcomeWindow();
  /** Without those that the host answers for. */
  readonly ownOutcomes = new OutcomeWindow();
  /** Of the runs before the last. */
  usualRunMs = 0;
  /** Oldest first: true for a run that failed by itself. */
  latest: readonly boolean[] = [];
  /** Failures of the present streak that the host answers for. */
  excused = 0;
  /** Monotonic: the last success, or since when a success could be expected, whichever is later. */
  freshMs: number;
  /** Whether it is that of a success. */
  isFresh = false;
  readonly #startedAtMs: number;
  #last: GoodRun | null = null;
  #earlier: readonly GoodRun[] = [];
  #missed: readonly { readonly atMs: number; readonly slots: number }[] = [];

  /** `slice` is what earlier sessions left behind. */
  constructor(slice: CollectorSlice, moment: Moment) {
    this.#startedAtMs = moment.wallMs;
    this.freshMs = moment.monotonicMs;
    for (const { slotAtMs, outcome, slots } of ofSchedule(slice)) {
      this.outcomes.add(slotAtMs, outcome, slots);
      this.ownOutcomes.add(slotAtMs, outcome, slots);
    }
    this.#last = slice.lastRun && isGood(slice.lastRun) ? slice.lastRun : null;
  }

  /** Good runs before the last, oldest first. */
  get earlier(): readonly GoodRun[] {
    return this.#earlier;
  }

  /** Runs of earlier sessions, newest first, as they come out of the record some time after the start. */
  seed(newestFirst: readonly RunReport[]): void {
    const known = new Set([...this.#earlier.map(({ id }) => id), this.#last?.id]);
    const older = newestFirst.filter((run) => isGood(run) && !known.has(run.id)).toReversed();
    this.#remember([...older, ...this.#earlier]);
    if (!this.isFresh) this.excused += hostFaults(newestFirst.filter(({ endedAtMs }) => endedAtMs < this.#startedAtMs));
  }

  /** Nobody expects anything of it now: paused, or the machine slept. */
  unwatched({ monotonicMs }: Moment): void {
    this.freshMs = monotonicMs;
    this.isFresh = false;
    this.attention.wake();
  }

  /** `isHostDown`: at the end of the run the host was known to be down, or the network was. */
  slotEnded({ slotAtMs, slots, outcome, run }: SlotFacts, isHostDown: boolean, moment: Moment): void {
    // What passed before this session is nobody's fault.
    const isOurs = outcome !== 'missed' || slotAtMs >= this.#startedAtMs;
    const isExpected = run === null || run.trigger === 'schedule';
    if (isOurs && isExpected) {
      this.outcomes.add(slotAtMs, outcome, slots);
      if (!isHostsFault(outcome, run, isHostDown)) this.ownOutcomes.add(slotAtMs, outcome, slots);
    }
    if (outcome === 'missed' && isOurs) this.#missed = [...this.#missed, { atMs: moment.monotonicMs, slots }];
    if (run) this.#runEnded(run, isHostDown, moment);
  }

  missedInLastHour({ monotonicMs }: Moment): number {
    this.#missed = this.#missed.filter(({ atMs }) => atMs > monotonicMs - HOUR_MS);
    return this.#missed.reduce((sum, { slots }) => sum + slots, 0);
  }

  #runEnded(run: RunReport, isHostDown: boolean, { monotonicMs }: Moment): void {
    if (isGood(run)) {
      if (this.#last) this.#remember([...this.#earlier, this.#last]);
      this.#last = run;
      this.excused = 0;
      this.freshMs = monotonicMs;
      this.isFresh = true;
      this.#latest(false);
    } else if (run.outcome === 'failed') {
      const isExcused = isHostsFault(run.outcome, run, isHostDown);
      // The scheduler does not count these itself.
      if (isExcused && run.error?.class !== 'host_down') this.excused += 1;
      if (!isExcused) this.#latest(true);
    }
  }

  #remember(runs: readonly GoodRun[]): void {
    this.#earlier = runs.slice(-USUAL_OF);
    this.usualRunMs = median(this.#earlier.map(({ durationMs }) => durationMs));
  }

  #latest(failed: boolean): void {
    this.latest = [...this.latest, failed].slice(-LATEST_RUNS);
  }
}

/**
 * Failures of the streak that the host answers for, of what is on record: whether it was down at the end of a run is not, but a run that
 * was not even tried says that there was an outage.
 */
function hostFaults(newestFirst: readonly RunReport[]): number {
  const lastGood = newestFirst.findIndex(isGood);
  const streak = (lastGood < 0 ? newestFirst : newestFirst.slice(0, lastGood)).map(({ error }) => error?.class);
  if (!streak.includes('host_down')) return 0;
  return streak.filter((fault) => fault !== undefined && fault !== 'host_down' && HOST_FAULTS.has(fault)).length;
}

/** `isHostDown`: it was known to be down at the end of the slot. */
function isHostsFault(outcome: SlotOutcome, run: RunReport | null, isHostDown: boolean): boolean {
  if (!isHostDown) return false;
  return run === null ? outcome === 'skipped_cooldown' : run.error !== null && HOST_FAULTS.has(run.error.class);
}

/** Ticks of earlier sessions that were due by the schedule: what failed and came sooner after another one was only tried again. */
function ofSchedule({ ticks, cadence }: CollectorSlice): readonly Tick[] {
  return ticks.filter(({ outcome, slotAtMs }, index) => {
    if (outcome === 'missed') return false;
    const sinceMs = slotAtMs - (ticks[index - 1]?.slotAtMs ?? Number.NEGATIVE_INFINITY);
    return outcome !== 'failed' || sinceMs >= cadence.baseMs / 2;
  });
}

function isGood({ outcome }: RunReport): boolean {
  return outcome === 'ok' || outcome === 'partial';
}
