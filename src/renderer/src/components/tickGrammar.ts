// What a tick looks like and says: one per slot, newest right. Height, fill and colour all differ between outcomes.
import { TICKS_PER_COLLECTOR, type Tick } from '../../../shared/contract/snapshot';
import type { SlotOutcome } from '../../../shared/domain/collector';
import { formatCount, formatDateTime, formatDuration, formatQuantity } from '../../../shared/util/format';
import type { Palette } from '../theme/palette';

export interface TickLook {
  /** Share of the bar's height, from the bottom. */
  readonly height: number;
  readonly fill: 'solid' | 'hollow' | 'hatched';
  readonly colour: keyof Palette;
  readonly word: string;
}

export const TICK_LOOKS: Readonly<Record<SlotOutcome, TickLook>> = {
  ok: { height: 0.55, fill: 'solid', colour: 'okTick', word: 'OK' },
  partial: { height: 0.75, fill: 'solid', colour: 'degraded', word: 'Partial' },
  failed: { height: 1, fill: 'solid', colour: 'down', word: 'Failed' },
  throttled: { height: 0.88, fill: 'hatched', colour: 'degraded', word: 'Throttled' },
  cancelled: { height: 0.4, fill: 'solid', colour: 'paused', word: 'Cancelled' },
  late: { height: 0.75, fill: 'solid', colour: 'late', word: 'Late: OK, but long after it was due' },
  missed: { height: 1, fill: 'hollow', colour: 'late', word: 'Missed: nobody was there to start it' },
  backfilled: { height: 0.55, fill: 'hollow', colour: 'okTick', word: 'Backfilled: a later run fetched its data' },
  skipped_overlap: { height: 0.4, fill: 'hollow', colour: 'running', word: 'Skipped: the run before was still going' },
  skipped_paused: { height: 0.16, fill: 'solid', colour: 'paused', word: 'Paused' },
  skipped_asleep: { height: 0.55, fill: 'hatched', colour: 'paused', word: 'Asleep: the machine was not awake' },
  skipped_throttled: { height: 0.4, fill: 'hollow', colour: 'degraded', word: 'Held back: the source asked to wait' },
  skipped_cooldown: { height: 0.4, fill: 'hatched', colour: 'degraded', word: 'Waiting after failures' },
  skipped_spooling: { height: 0.4, fill: 'hatched', colour: 'down', word: 'Held back: the database takes no rows' },
};

/** Where a slot has no record: faint and hollow. */
export const NO_TICK_LOOK: TickLook = { height: 0.55, fill: 'hollow', colour: 'lineStrong', word: 'No data' };

/** The ticks in their places: as many as fit, newest last, null where there is none yet. */
export function placeTicks(ticks: readonly Tick[], places = TICKS_PER_COLLECTOR): readonly (Tick | null)[] {
  const shown = ticks.slice(-places);
  return [...Array.from({ length: places - shown.length }, () => null), ...shown];
}

/** One tick in words, for its tooltip and for screen readers. */
export function describeTick(tick: Tick | null): string {
  if (tick === null) return 'No slot recorded yet';
  const parts = [formatDateTime(tick.slotAtMs), TICK_LOOKS[tick.outcome].word];
  if (tick.slots > 1) parts.push(formatQuantity(tick.slots, 'slot'));
  if (tick.rows !== null) parts.push(formatQuantity(tick.rows, 'row'));
  if (tick.durationMs !== null) parts.push(formatDuration(tick.durationMs));
  return parts.join(' · ');
}

/** The whole bar in words: "40 slots: 38 OK, 2 failed". */
export function summariseTicks(ticks: readonly Tick[]): string {
  if (ticks.length === 0) return 'No slots recorded yet';
  const counts = new Map<SlotOutcome, number>();
  for (const { outcome, slots } of ticks) counts.set(outcome, (counts.get(outcome) ?? 0) + slots);
  const total = ticks.reduce((sum, { slots }) => sum + slots, 0);
  const parts = [...counts].map(([outcome, count]) => countedOutcome(outcome, count));
  return `Last ${formatQuantity(total, 'slot')}: ${parts.join(', ')}`;
}

/** "2 failed", "1,180 OK". */
export function countedOutcome(outcome: SlotOutcome, count: number): string {
  const word = shortWord(TICK_LOOKS[outcome]);
  return `${formatCount(count)} ${word === 'OK' ? word : word.toLowerCase()}`;
}

/** Without the explanation. */
export function shortWord({ word }: Pick<TickLook, 'word'>): string {
  return word.split(':')[0] ?? word;
}
