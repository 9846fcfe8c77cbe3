// What the slots of a collector say about its availability: how many worked, and for how long it worked.
import type { SlotTally } from '../../../shared/domain/availability';
import type { SlotOutcome } from '../../../shared/domain/collector';

export interface SlotFact {
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  /** Slots that it speaks for, up to `untilMs`. */
  readonly slots: number;
  readonly untilMs: number | null;
  /** False for a run beside the schedule, which changes the state but was not expected. */
  readonly expected: boolean;
}

interface Meaning {
  readonly counts: 'good' | 'bad' | 'excused';
  /** From now on; `same` as before, `unknown` while nobody ran it. */
  readonly state: 'up' | 'down' | 'same' | 'unknown';
}

const MEANINGS: Readonly<Record<SlotOutcome, Meaning>> = {
  ok: { counts: 'good', state: 'up' },
  partial: { counts: 'good', state: 'up' },
  late: { counts: 'bad', state: 'up' },
  backfilled: { counts: 'good', state: 'unknown' },
  failed: { counts: 'bad', state: 'down' },
  throttled: { counts: 'bad', state: 'down' },
  missed: { counts: 'bad', state: 'unknown' },
  cancelled: { counts: 'excused', state: 'same' },
  skipped_overlap: { counts: 'bad', state: 'same' },
  skipped_paused: { counts: 'excused', state: 'unknown' },
  skipped_asleep: { counts: 'excused', state: 'unknown' },
  skipped_throttled: { counts: 'bad', state: 'down' },
  skipped_cooldown: { counts: 'bad', state: 'down' },
  skipped_spooling: { counts: 'bad', state: 'down' },
};

/** A state holds until the next slot, but no longer than so many usual distances: then nobody was there. */
const MOST_DISTANCES = 3;

/** @param slots in order, with the last one before `fromMs` */
export function tallySlots(slots: readonly SlotFact[], fromMs: number, toMs: number): SlotTally {
  const tally = { good: 0, bad: 0, excused: 0, upMs: 0, downMs: 0 };
  const holdsMs = MOST_DISTANCES * usualDistanceMs(slots.filter(({ expected }) => expected));
  let state: 'up' | 'down' | 'unknown' = 'unknown';
  for (const [index, slot] of slots.entries()) {
    const meaning = MEANINGS[slot.outcome];
    if (meaning.state !== 'same') state = meaning.state;
    if (slot.expected && slot.slotAtMs >= fromMs && slot.slotAtMs < toMs) tally[meaning.counts] += slot.slots;
    if (state === 'unknown') continue;
    const next = slots[index + 1];
    const untilMs = Math.min(next?.slotAtMs ?? toMs, (slot.untilMs ?? slot.slotAtMs) + holdsMs, toMs);
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
