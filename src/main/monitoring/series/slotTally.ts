// What the slots of a collector say about its availability: how many worked, and for how long it worked.
import type { SlotTally } from '../../../shared/domain/availability';
import { SLOT_COUNTS, type SlotOutcome } from '../../../shared/domain/collector';

export interface SlotFact {
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  /** Slots that it speaks for, up to `untilMs`. */
  readonly slots: number;
  readonly untilMs: number | null;
  /** False for a run beside the schedule, which changes the state but was not expected. */
  readonly expected: boolean;
}

/** From now on; `same` as before, `unknown` while nobody ran it. */
const STATES: Readonly<Record<SlotOutcome, 'up' | 'down' | 'same' | 'unknown'>> = {
  ok: 'up',
  partial: 'up',
  late: 'up',
  backfilled: 'unknown',
  failed: 'down',
  throttled: 'down',
  missed: 'unknown',
  cancelled: 'same',
  skipped_overlap: 'same',
  skipped_paused: 'unknown',
  skipped_asleep: 'unknown',
  skipped_throttled: 'down',
  skipped_cooldown: 'down',
  skipped_spooling: 'down',
};

/** A state holds until the next slot, but no longer than so many usual distances: then nobody was there. */
const MOST_DISTANCES = 3;

/** @param slots in order, with the last one before `fromMs` */
export function tallySlots(slots: readonly SlotFact[], fromMs: number, toMs: number): SlotTally {
  const tally = { good: 0, bad: 0, excused: 0, upMs: 0, downMs: 0 };
  const holdsMs = MOST_DISTANCES * usualDistanceMs(slots.filter(({ expected }) => expected));
  let state: 'up' | 'down' | 'unknown' = 'unknown';
  for (const [index, slot] of slots.entries()) {
    const next = STATES[slot.outcome];
    if (next !== 'same') state = next;
    if (slot.expected && slot.slotAtMs >= fromMs && slot.slotAtMs < toMs)
      tally[SLOT_COUNTS[slot.outcome]] += slot.slots;
    if (state === 'unknown') continue;
    const untilMs = Math.min(slots[index + 1]?.slotAtMs ?? toMs, (slot.untilMs ?? slot.slotAtMs) + holdsMs, toMs);
    tally[state === 'up' ? 'upMs' : 'downMs'] += Math.max(0, untilMs - Math.max(slot.slotAtMs, fromMs));
  }
  return tally;
}

/** @param slots of the schedule only: retries lie closer together */
function usualDistanceMs(slots: readonly SlotFact[]): number {
  const distances = slots
    .slice(1)
    .map(({ slotAtMs }, index) => slotAtMs - (slots[index]?.untilMs ?? slots[index]?.slotAtMs ?? 0))
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b);
  return distances[distances.length >> 1] ?? 0;
}
