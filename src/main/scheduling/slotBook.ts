// Writes down what became of every slot, once: to the record, and as a tick for the window. It decides nothing.
import type { CollectorId, RunReport, SlotOutcome } from '../../shared/domain/collector';
import { toStreak } from './recovery';
import type { OpenGap, ScheduledCollector, SlotPlace } from './scheduledCollector';

/** Stretches without data that are remembered per collector until a run makes them good. */
const OPEN_GAPS_MAX = 20;

export interface SlotEvent extends SlotPlace {
  readonly collectorId: CollectorId;
  readonly outcome: SlotOutcome;
  readonly run: RunReport | null;
  /** Runs in a row after this slot's run: successes positive, failures negative; null without a run. */
  readonly streak: number | null;
  /** Why, when the outcome alone does not say it. */
  readonly detail: string | null;
}

export class SlotBook {
  readonly #onSlot: (slot: SlotEvent) => void;

  constructor(onSlot: (slot: SlotEvent) => void) {
    this.#onSlot = onSlot;
  }

  skipped(entry: ScheduledCollector, place: SlotPlace, outcome: SlotOutcome, detail: string | null): void {
    entry.addTick({ slotAtMs: place.slotAtMs, outcome, durationMs: null, rows: null, slots: place.slots });
    if ((entry.plan.reachesBackMs ?? 0) > 0) entry.gaps = [...entry.gaps, { ...place, outcome }].slice(-OPEN_GAPS_MAX);
    this.#onSlot({ ...place, collectorId: entry.id, outcome, run: null, streak: null, detail });
  }

  /** `late`: the run began long after it was due. */
  ran(entry: ScheduledCollector, place: SlotPlace, run: RunReport, late: boolean): void {
    const outcome = late && run.outcome === 'ok' ? 'late' : run.outcome;
    const { durationMs } = run;
    entry.addTick({ slotAtMs: place.slotAtMs, outcome, durationMs, rows: run.inserted + run.changed, slots: 1 });
    const detail = run.error?.message ?? null;
    this.#onSlot({ ...place, collectorId: entry.id, outcome, run, streak: toStreak(entry.recovery), detail });
    if (run.outcome === 'ok') this.#makeGood(entry, run);
  }

  /** Slots whose data a run that reaches back has fetched are no longer without data. */
  #makeGood(entry: ScheduledCollector, run: RunReport): void {
    const reachedMs = run.startedAtMs - (entry.plan.reachesBackMs ?? 0);
    for (const gap of entry.gaps) {
      if (gap.slotAtMs < reachedMs || gap.slotAtMs > run.startedAtMs) continue;
      this.#onSlot({
        ...placeOf(gap),
        collectorId: entry.id,
        outcome: 'backfilled',
        run: null,
        streak: null,
        detail: toldOf(gap),
      });
    }
    entry.gaps = [];
  }
}

function placeOf({ slotAtMs, turn, slots, untilMs }: OpenGap): SlotPlace {
  return { slotAtMs, turn, slots, untilMs };
}

function toldOf({ outcome }: OpenGap): string {
  return `Was ${outcome.replace('_', ': ')}; a later run has fetched its data.`;
}
