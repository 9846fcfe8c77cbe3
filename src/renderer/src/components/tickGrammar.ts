// What a tick looks like and says: one per slot, newest right. Height, fill and colour all differ between outcomes.
import { TICKS_PER_COLLECTOR, type Tick } from '../../../shared/contract/snapshot';
import type { SlotOutcome } from '../../../shared/domain/collector';
import { formatCount, formatDateTime, formatDuration } from '../../../shared/util/format';
import type { Palette } from '../theme/palette';
import { t } from '../texts/texts';
import type { PlainTextKey } from '../texts/textKeys';

export interface TickLook {
  /** Share of the bar's height, from the bottom. */
  readonly height: number;
  readonly fill: 'solid' | 'hollow' | 'hatched';
  readonly colour: keyof Palette;
  readonly wordKey: PlainTextKey;
}

export const TICK_LOOKS: Readonly<Record<SlotOutcome, TickLook>> = {
  ok: { height: 0.55, fill: 'solid', colour: 'okTick', wordKey: 'slots.outcome.ok' },
  partial: { height: 0.75, fill: 'solid', colour: 'degraded', wordKey: 'slots.outcome.partial' },
  failed: { height: 1, fill: 'solid', colour: 'down', wordKey: 'slots.outcome.failed' },
  throttled: { height: 0.88, fill: 'hatched', colour: 'degraded', wordKey: 'slots.outcome.throttled' },
  cancelled: { height: 0.4, fill: 'solid', colour: 'paused', wordKey: 'slots.outcome.cancelled' },
  late: { height: 0.75, fill: 'solid', colour: 'late', wordKey: 'slots.outcome.late' },
  missed: { height: 1, fill: 'hollow', colour: 'late', wordKey: 'slots.outcome.missed' },
  backfilled: { height: 0.55, fill: 'hollow', colour: 'okTick', wordKey: 'slots.outcome.backfilled' },
  skipped_overlap: { height: 0.4, fill: 'hollow', colour: 'running', wordKey: 'slots.outcome.skipped_overlap' },
  skipped_paused: { height: 0.16, fill: 'solid', colour: 'paused', wordKey: 'slots.outcome.skipped_paused' },
  skipped_asleep: { height: 0.55, fill: 'hatched', colour: 'paused', wordKey: 'slots.outcome.skipped_asleep' },
  skipped_throttled: { height: 0.4, fill: 'hollow', colour: 'degraded', wordKey: 'slots.outcome.skipped_throttled' },
  skipped_cooldown: { height: 0.4, fill: 'hatched', colour: 'degraded', wordKey: 'slots.outcome.skipped_cooldown' },
  skipped_spooling: { height: 0.4, fill: 'hatched', colour: 'down', wordKey: 'slots.outcome.skipped_spooling' },
};

/** Where a slot has no record: faint and hollow. */
export const NO_TICK_LOOK: TickLook = {
  height: 0.55,
  fill: 'hollow',
  colour: 'lineStrong',
  wordKey: 'slots.outcome.none',
};

/** The ticks in their places: as many as fit, newest last, null where there is none yet. */
export function placeTicks(ticks: readonly Tick[], places = TICKS_PER_COLLECTOR): readonly (Tick | null)[] {
  const shown = ticks.slice(-places);
  return [...Array.from({ length: places - shown.length }, () => null), ...shown];
}

/** One tick in words, for its tooltip and for screen readers. */
export function describeTick(tick: Tick | null): string {
  if (tick === null) return t('slots.noSlotYet');
  const parts = [formatDateTime(tick.slotAtMs), t(TICK_LOOKS[tick.outcome].wordKey)];
  if (tick.slots > 1) parts.push(t('common.slots', { count: tick.slots }));
  if (tick.rows !== null) parts.push(t('common.rows', { count: tick.rows }));
  if (tick.durationMs !== null) parts.push(formatDuration(tick.durationMs));
  return parts.join(' · ');
}

/** The whole bar in words: "40 slots: 38 OK, 2 failed". */
export function summariseTicks(ticks: readonly Tick[]): string {
  if (ticks.length === 0) return t('slots.noSlotsYet');
  const counts = new Map<SlotOutcome, number>();
  for (const { outcome, slots } of ticks) counts.set(outcome, (counts.get(outcome) ?? 0) + slots);
  const total = ticks.reduce((sum, { slots }) => sum + slots, 0);
  const parts = [...counts].map(([outcome, count]) => countedOutcome(outcome, count));
  return t('slots.lastSlots', { slots: t('common.slots', { count: total }), parts: parts.join(', ') });
}

/** "2 failed", "1,180 OK". */
export function countedOutcome(outcome: SlotOutcome, count: number): string {
  return `${formatCount(count)} ${t(`slots.counted.${outcome}`)}`;
}

/** Without the explanation. */
export function shortWord({ wordKey }: Pick<TickLook, 'wordKey'>): string {
  const word = t(wordKey);
  return word.split(':')[0] ?? word;
}
